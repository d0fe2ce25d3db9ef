/** What a preview says of the time at which a refresh may start. */
import type { StartRules } from "../windows/startRules";
import type { Run } from "./run";
import { clockLine, type StartTime } from "./startTime";

/** What a deployment does while the refresh may not start. */
const INSTEAD: Readonly<Record<StartRules["outside"], string>> = {
  hold: "It will be recorded as held, and the next `pulumi up` tries again",
  wait: "The deployment will wait for it",
  fail: "The deployment will fail",
};

export function startLines(run: Run, { refusal, timeLeft }: StartTime): string[] {
  const clock = clockLine(run);
  const lines = clock === undefined ? [] : [clock];
  if (!refusal) return timeLeft === undefined ? lines : [...lines, `${timeLeft}.`];
  const { outside, why, next } = refusal;
  const instead = `${INSTEAD[outside]}, as \`outsideWindows\` is \`${outside}\`.`;
  return [...lines, `No refresh of group ${run.group} would be started now: ${why}. ${next} ${instead}`];
}
