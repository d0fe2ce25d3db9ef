/** What a create would meet, seen before it: it only looks. */
import { isActive } from "../cloud";
import { isEqual } from "./compare";
import { nameOf, progressLine } from "./messages";
import { type Run, withRetry } from "./run";

/**
 * What is to be said before a refresh is started; empty when nothing is. None of it is an error: what is wrong with the
 * group now may be put right by the same deployment, before the refresh is started.
 * @param complete true when every argument is known: only then two refreshes can be told to be equal
 */
export async function previewCreate(run: Run, predecessor: string | undefined, complete: boolean): Promise<string[]> {
  const group = await withRetry(run, () => run.api.group(run.args));
  if (!group) return [`There is no group ${run.group} in region ${run.api.region} (${run.cloud.name}) yet.`];
  const misfits = group.obstacles.map(
    ({ reason }) => `As things are, the ${nameOf(run.cloud, run.group)} would be refused: ${reason}.`,
  );
  const refreshes = await withRetry(run, () => run.api.refreshes(run.group));
  const active = refreshes.find((refresh) => isActive(refresh.stage));
  const { status, onConflict = "wait" } = run.args;
  const running = active && `${active.id} (${progressLine(active)}) runs on group ${run.group}`;
  if (active && complete && active.id !== predecessor && isEqual(run.cloud, run.args, active))
    return [...misfits, `${running}, and is what is asked for: it will be followed, none started.`];
  if (status !== undefined && complete)
    return [...misfits, `\`status\` is ${JSON.stringify(status)}, but no such refresh runs: remove it to start one.`];
  if (!active) return misfits;
  return [...misfits, `${running}; as \`onConflict\` is \`${onConflict}\`, ${CONFLICTS[onConflict as string]}.`];
}

const CONFLICTS: Readonly<Record<string, string>> = {
  wait: "its end will be waited for first",
  fail: "none will be started while it does",
  cancel: "it will be cancelled first",
  rollback: "it will be rolled back first",
};
