/** Advice in a few lines, in the words of the command. */
import { durationText } from "../core/durations";
import type { Preferences } from "../simulation/model";
import type { Advice, Proposal } from "./advise";
import { unmetText } from "./adviseUnmet";
import { forecastText } from "./forecastText";

export function adviceText(group: string, { proposals, unmet }: Advice): string[] {
  if (unmet.length > 0) return [`No advice for group ${group}:`, ...unmet.map((each) => `  ${unmetText(each)}`)];
  if (proposals.length === 0) return [`No instance of group ${group} needs to be replaced.`];
  return proposals.flatMap((proposal, index) => [
    `${index + 1}. ${preferencesText(proposal.preferences)}`,
    ...[...forecastText(proposal.forecast), limitText(proposal)].map((line) => `   ${line}`),
  ]);
}

function preferencesText(preferences: Preferences): string {
  const { minHealthyPercentage: min, maxHealthyPercentage: max, checkpoints, checkpointPauseSeconds } = preferences;
  const pauses = checkpoints
    ? `, checkpoints at ${checkpoints.join(", ")} %, pauses of ${durationText(checkpointPauseSeconds ?? 0)}`
    : "";
  return `minimum ${min} %, ${max === undefined ? "no maximum" : `maximum ${max} %`}${pauses}`;
}

function limitText({ limit: { by, relaxed } }: Proposal): string {
  if (!relaxed) return "Limited by the launches themselves: wider bounds would not make it faster.";
  const option = by === "neverBelow" ? "--never-below" : "--never-above";
  return `Limited by ${option}: with ${relaxed.percentage} % it would take about ${durationText(relaxed.seconds)}.`;
}
