/**
 * What a group and the arguments together mean for a refresh that is still to be started. One assessment serves the
 * preview of both hosts, the start itself, and the command line: what `up` refuses, the preview says.
 */
import { type Group, isActive, type Refresh } from "../cloud";
import { policiesOf } from "../definition/policies";
import { isSameRequest } from "./compare";
import { nameOf, progressLine } from "./messages";
import { startLines } from "./previewStart";
import { type Run, withRetry } from "./run";
import { startTimeOf } from "./startTime";

interface Assessment {
  /** The refresh would be refused, or would fail. */
  readonly obstacles: readonly string[];
  /** A refresh of somebody else runs, and what `onConflict` will do to it. */
  readonly conflicts: readonly string[];
  /** Legal, and rarely meant. */
  readonly warnings: readonly string[];
  /** What happens instead of a start. */
  readonly notes: readonly string[];
}

/** Lines for a person, before a refresh is started. */
export interface PreviewLines {
  warnings: string[];
  /** What happens instead of a start. */
  notes: string[];
  /** Whether it may start now, by its windows and freezes. */
  startTime: string[];
}

/** Why the refresh would be refused, or would fail, as a group and the arguments stand. */
export function obstaclesOf(group: Group): string[] {
  return group.obstacles.map(({ reason }) => reason);
}

/** @param refreshes of the group, the newest first */
async function assess(
  run: Run,
  group: Group,
  refreshes: readonly Refresh[],
  predecessor: string | undefined,
): Promise<Assessment> {
  const obstacles = obstaclesOf(group);
  const warnings = [...group.warnings, ...group.unchecked];
  warnings.push(...analysisWarnings(run));
  const active = runsOn(refreshes);
  if (!active) {
    const [newest] = refreshes;
    const isDone = hasDone(run, group, newest, predecessor) && (await withRetry(run, () => group.runsDesired()));
    return { obstacles, conflicts: [], warnings, notes: isDone ? [doneText(run, newest)] : [] };
  }
  const running = `${active.id} (${progressLine(active)}) runs on group ${run.group}`;
  if (await couldBeOurs(run, group, active, predecessor)) {
    const note = `${running}, and is what is asked for: it will be followed, none will be started.`;
    return { obstacles, conflicts: [], warnings, notes: [note] };
  }
  const { onConflict } = policiesOf(run.cloud, run.args);
  const conflict = `${running}; as \`onConflict\` is \`${onConflict}\`, ${CONFLICTS[onConflict]}.`;
  return { obstacles, conflicts: [conflict], warnings, notes: [] };
}

function doneText({ group }: Run, refresh: Refresh): string {
  return `${refresh.id} (${progressLine(refresh)}) of group ${group} has done what is asked for: it will be recorded, none will be started.`;
}

/** What of an analysis would have no effect. */
function analysisWarnings(run: Run): string[] {
  const { analysis } = policiesOf(run.cloud, run.args);
  if (!analysis) return [];
  if (run.args.waitForCompletion === false)
    return ["`analysis` measures nothing, because `waitForCompletion` is `false`."];
  return analysis.promote && !run.api.resume
    ? [`\`analysis.promote\` has no effect: ${run.cloud.name} cannot cut a pause short.`]
    : [];
}

const CONFLICTS = {
  wait: "its end will be waited for first",
  fail: "none will be started while it does",
  cancel: "it will be cancelled first",
  rollback: "it will be rolled back first",
} as const;

/** The refresh that runs on the group; one whose status is not known may run. */
export function runsOn(refreshes: readonly Refresh[]): Refresh | undefined {
  return (
    refreshes.find(({ stage }) => isActive(stage)) ?? (refreshes[0]?.stage === "unknown" ? refreshes[0] : undefined)
  );
}

/**
 * True when an active refresh asks for the same, and this request could have started it: it is not the one that is being
 * replaced, and where a version is left to the service, it began after the version that this resolves to now was made.
 */
export async function couldBeOurs(
  run: Run,
  group: Group,
  active: Refresh,
  predecessor: string | undefined,
): Promise<boolean> {
  if (active.id === predecessor || !isSameRequest(run.cloud, run.args, active, group.fills)) return false;
  if (run.cloud.isExplicit(run.args)) return true;
  const madeAt = await withRetry(run, async () => run.api.floatingVersionMadeAt?.(run.args));
  if (madeAt === undefined) return true;
  return active.startTime === undefined || Date.parse(active.startTime) >= madeAt;
}

/** True when the newest refresh did just what is asked, as far as its record tells: the group must run that still. */
export function hasDone(
  run: Run,
  group: Group,
  newest: Refresh | undefined,
  predecessor: string | undefined,
): newest is Refresh {
  if (newest?.stage !== "successful" || newest.id === predecessor || run.args.triggers !== undefined) return false;
  return run.cloud.isExplicit(run.args) && isSameRequest(run.cloud, run.args, newest, group.fills);
}

/** The group and its refreshes, asked for at once. When neither can be described, the group's error is the one. */
async function describe({ api, args, group: name }: Run): Promise<[Group | undefined, Refresh[]]> {
  const refreshes = api.refreshes(name);
  refreshes.catch(() => undefined);
  return [await api.group(args), await refreshes];
}

/**
 * What a person should know before a refresh is started. None of it is an error: what is wrong with the group now may be put
 * right by the same deployment, before the refresh is started.
 * @param complete true when every argument is known: only then it is known whether two refreshes are equal
 */
export async function previewCreate(
  run: Run,
  predecessor: string | undefined,
  complete: boolean,
): Promise<PreviewLines> {
  const [group, refreshes] = await withRetry(run, () => describe(run));
  if (!group)
    return {
      warnings: [`There is no group ${run.group} in region ${run.api.region} (${run.cloud.name}) yet.`],
      notes: [],
      startTime: [],
    };
  const { obstacles, conflicts, warnings, notes } = await assess(run, group, refreshes, predecessor);
  const refused = obstacles.map(
    (reason) => `As things are, the ${nameOf(run.cloud, run.group)} would be refused: ${reason}.`,
  );
  const { status } = run.args;
  if (status !== undefined && complete && notes.length === 0) {
    const nothing = `\`status\` is ${JSON.stringify(status)}, but no such refresh runs: remove it to start one.`;
    return { warnings: [...refused, ...warnings, nothing], notes: [], startTime: [] };
  }
  const said = { warnings: [...refused, ...conflicts, ...warnings], notes: complete ? [...notes] : [] };
  const starts = status === undefined && said.notes.length === 0;
  return { ...said, startTime: starts ? startLines(run, await startTimeOf(run, !complete)) : [] };
}
