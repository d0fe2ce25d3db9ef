/** What a preview says of a refresh that exists: what an update will do, and what an import will take over. */
import { type Group, isActive, type Refresh } from "../cloud";
import type { MemberDifference } from "../definition/equivalence";
import { replaceCommand } from "./commands";
import { differentArguments } from "./createErrors";
import { progressLine } from "./messages";
import type { Run } from "./run";
import type { Properties } from "./state";

/** Preferences were changed that do not start a refresh. */
export function appliesLater(names: readonly string[]): string {
  const list = names.map((name) => `\`${name}\``).join(", ");
  return `The changed ${list} will apply to the next refresh; none was started, because \`startOn\` is \`configurationChange\``;
}

/** The recorded refresh has not ended as it should: what `up` will do about it. */
export function willAttach(id: string, stage: Refresh["stage"], { status }: Properties, urn: string): string {
  return isActive(stage)
    ? `${id} was ${status} when it was last seen: it will be followed to its end`
    : `This will fail again, because ${id} ended ${status || "with a status that is not known"}. To start another refresh, change the configuration or \`triggers\`, or run \`${replaceCommand(urn)}\`; to accept the outcome, set \`waitForCompletion: false\``;
}

/** The group does not launch from what this refresh gave it: a later refresh, or another tool, has changed it. */
export function changedSince(refresh: Refresh, group: Group, urn: string): string {
  return `Group ${refresh.group} has been changed since ${refresh.id} ended: it launches from ${group.launchesFrom} now, not from what this refresh was asked for. No refresh is started because of that. To start one with the recorded configuration, run \`${replaceCommand(urn)}\``;
}

/**
 * An import as it will be: of which refresh, and what the program says otherwise.
 * @param isRefused whether that stands in its way
 */
export function importLines(run: Run, refresh: Refresh, different: readonly MemberDifference[], isRefused: boolean) {
  const note = `${refresh.id} (${progressLine(refresh)}) of group ${refresh.group} will be taken over; no refresh is started`;
  const others = different.length > 0 ? differentArguments(run, refresh, different) : "";
  if (isRefused)
    return { warnings: [`As things are, the import would be refused. ${others}`.trim()], notes: [], startTime: [] };
  return { warnings: others ? [others] : [], notes: [note], startTime: [] };
}
