/**
 * From arguments to a refresh that exists: describe the group, adopt what this request had started already, resolve a
 * conflict, start. Never two for one request while one is active: whatever a call's answer was, what the group shows decides.
 */
import { createHash } from "node:crypto";
import { CloudError, type Group, mayBeActive, type Refresh } from "../cloud";
import { policiesOf } from "../definition/policies";
import { hasStartRules } from "../windows/startRules";
import { couldBeOurs, hasDone, obstaclesOf, runsOn } from "./assessment";
import { isSameRequest, requestArguments } from "./compare";
import { conflictError, noGroup, nothingToStop, notStarted, refusedByGroup } from "./createErrors";
import { RefreshError } from "./errors";
import { followToEnd, stop } from "./follow";
import { progressLine } from "./messages";
import { halted, lineText, pause, type Run, stopIfAsked, timedOut, warn, withinDeadline, withRetry } from "./run";
import {
  behindHeldLine,
  clockLine,
  heldLine,
  outsideWindow,
  type Refusal,
  type StartTime,
  startTimeOf,
  waitForStart,
} from "./startTime";

/** A refresh that now stands for the resource; without an id when nothing was refreshed, or it is held, and why. */
export type Created =
  | { id: string; refresh?: Refresh; adopted: boolean }
  | { id: undefined; unfulfilled: string | undefined }
  | { id: undefined; held: string };

/** How often a Start is sent again after answers that leave open whether it was accepted. */
const START_ATTEMPTS = 5;
/** How often the list is read again when the cloud says that a refresh runs and does not list it. */
const LISTING_ATTEMPTS = 8;

interface Seen {
  readonly group: Group;
  readonly refreshes: readonly Refresh[];
}

/**
 * Starts a refresh, or adopts the one that this request had started before its record was lost.
 * @param predecessor id of the refresh that this one replaces: never adopted as its own successor
 */
export async function createOrAdopt(run: Run, predecessor: string | undefined): Promise<Created> {
  const said = new Set<string>();
  for (;;) {
    const seen = await describe(run);
    const lines = [...seen.group.unchecked, clockLine(run)].filter((line) => line !== undefined && !said.has(line));
    for (const line of lines as string[]) {
      said.add(line);
      warn(run, line);
    }
    const active = runsOn(seen.refreshes);
    const ours = active && (await couldBeOurs(run, seen.group, active, predecessor)) ? active : undefined;
    if (run.args.status !== undefined) {
      if (ours) return adopt(ours);
      throw nothingToStop(run);
    }
    const obstacles = obstaclesOf(seen.group);
    // The cloud itself can tell by our token whether the active one is ours; one that it could not start is not asked for.
    // Nor is one that may have no time to start: asking starts it when the active one has just ended.
    const asksByToken = run.cloud.idempotentStart && obstacles.length === 0;
    if (ours) run.member?.runs();
    if (ours && !(asksByToken && !hasStartRules(run.args))) return adopt(ours);
    const done = active ? undefined : await alreadyDone(run, seen, predecessor);
    if (done) return adopt(done);
    if (!ours && run.member?.isBehindHeld()) return { id: undefined, held: behindHeldLine(run) };
    const time = await startTimeOf(run);
    if (time.refusal) {
      const held = await outside(run, time.refusal, obstacles, active);
      if (held) return held;
      continue;
    }
    if (await placeInRollout(run)) continue;
    if (active && !ours && !asksByToken) {
      if (stopsOthers(run) && obstacles.length > 0) throw refusedByGroup(run, obstacles);
      await resolveConflict(run, active, time);
      continue;
    }
    if (obstacles.length > 0) throw refusedByGroup(run, obstacles);
    const created = await start(run, seen, predecessor, time);
    if (created === "closed") continue;
    // A deployment may run without a preview.
    if (created?.id !== undefined && !created.adopted) for (const line of seen.group.warnings) warn(run, line);
    if (created) return created;
    const conflicting = runsOn((await describe(run)).refreshes);
    if (conflicting) await resolveConflict(run, conflicting, time);
  }
}

/** Waits for a place among the refreshes of the rollout that run; true when it had to: things may have changed. */
async function placeInRollout(run: Run): Promise<boolean> {
  const { member, call, tools, deadline } = run;
  if (!member) return false;
  const [over, late] = [new AbortController(), new AbortController()];
  tools.clock.sleep(deadline - tools.clock.now(), over.signal).then(() => late.abort());
  try {
    const waited = await member.place(AbortSignal.any([call.signal, late.signal]), (most) =>
      call.progress(`Waiting for a refresh of its rollout to end: no more than ${most} run at once`),
    );
    if (member.halt.aborted) throw halted(run);
    return waited;
  } finally {
    over.abort();
  }
}

/** What is done while the refresh may not start; undefined when it has waited for that. */
async function outside(
  run: Run,
  refusal: Refusal,
  obstacles: readonly string[],
  active: Refresh | undefined,
): Promise<Created | undefined> {
  if (refusal.outside === "fail") throw outsideWindow(run, refusal);
  if (refusal.outside === "wait") {
    // There may be hours to wait: warn before them.
    if (obstacles.length > 0) throw refusedByGroup(run, obstacles);
    run.member?.waits();
    await waitForStart(run, refusal);
    return undefined;
  }
  for (const reason of obstacles) warn(run, `As things are, it would be refused: ${reason}`);
  const goesOn = active ? `. ${active.id} (${active.status}) goes on` : "";
  return { id: undefined, held: heldLine(run, refusal) + goesOn };
}

function adopt(refresh: Refresh): Created {
  return { id: refresh.id, refresh, adopted: true };
}

async function describe(run: Run): Promise<Seen> {
  if (run.halt?.aborted) throw halted(run);
  if (run.tools.clock.now() >= run.deadline) throw timedOut(run, "it was still to be started");
  const group = await withRetry(run, () => run.api.group(run.args));
  if (!group) throw noGroup(run);
  return { group, refreshes: await withRetry(run, () => run.api.refreshes(run.group)) };
}

/** The newest refresh, when it did just what is asked and the group still runs that: its record was lost, not its work. */
async function alreadyDone(run: Run, { group: before, refreshes: [newest] }: Seen, predecessor: string | undefined) {
  if (!hasDone(run, before, newest, predecessor)) return undefined;
  // The group was described before its refreshes: this one may have ended, and been saved on it, in between.
  const group = await withRetry(run, () => run.api.group(run.args));
  return group && (await withRetry(run, () => group.runsDesired())) ? newest : undefined;
}

function stopsOthers(run: Run): boolean {
  const { onConflict } = policiesOf(run.cloud, run.args);
  return onConflict === "cancel" || onConflict === "rollback";
}

/** Does with another's refresh what `onConflict` says, and waits for its end. Outside of a window it is not stopped. */
async function resolveConflict(run: Run, other: Refresh, time: StartTime): Promise<void> {
  const { onConflict } = policiesOf(run.cloud, run.args);
  if (onConflict === "fail" || other.stage === "unknown") throw conflictError(run, other);
  const advice = onConflict === "wait" ? " (to roll back a bad one, set `onConflict: rollback`)" : "";
  run.call.notice(
    `Before this refresh starts, ${other.id} (${progressLine(other)}) of group ${run.group} has to end: onConflict is ${onConflict}${advice}`,
  );
  if (onConflict !== "wait") {
    await stop(run, other, onConflict, time.isOpen);
    if (!time.isOpen()) return;
  }
  // Its deadline is ours, but not our `onTimeout`: another's refresh is never touched for being slow.
  const waiting: Run = {
    ...run,
    args: { ...run.args, onTimeout: "leave" },
    call: { ...run.call, progress: (line) => run.call.progress(() => `Waiting for ${other.id}: ${lineText(line)}`) },
  };
  await followToEnd(waiting, other.id, () => {}).catch((error: unknown) => {
    if (!(error instanceof RefreshError) || error.code !== "vanished") throw error;
  });
}

/**
 * Starts the refresh. An answer that leaves open whether it was accepted is resolved by what the group shows.
 * Undefined: another refresh runs. `closed`: the time at which it may start is over, and none was sent that could count.
 */
async function start(
  run: Run,
  seen: Seen,
  predecessor: string | undefined,
  time: StartTime,
): Promise<Created | "closed" | undefined> {
  const known = new Map(seen.refreshes.map((refresh) => [refresh.id, refresh]));
  let token = tokenOf(run, predecessor);
  let [ambiguous, unlisted] = [0, 0];
  let failure: CloudError | undefined;
  for (let attempt = 0; ; attempt++) {
    stopIfAsked(run);
    if (!time.isOpen()) {
      if (ambiguous > 0 && failure) throw notStarted(run, failure);
      return "closed";
    }
    try {
      const id = await withinDeadline(run, () => run.api.start(run.args, token));
      if (id === undefined) {
        const nothing = await nothingToRefresh(run, predecessor);
        if (nothing) return nothing;
        await pause(run, attempt);
        continue;
      }
      const old = known.get(id);
      // The cloud remembers the token of a refresh that has ended: this request is a new one.
      if (!old || mayBeActive(old.stage)) return { id, adopted: old !== undefined, ...(old ? { refresh: old } : {}) };
      token = tokenOf(run, id);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      failure = error;
      if (error.kind === "passing") ambiguous++;
      if (error.kind !== "throttled") {
        const now = await untilAnswered(run, ambiguous > 0, () => run.api.refreshes(run.group));
        const ours = await ourRefresh(run, seen.group, now, known, ambiguous > 0, predecessor);
        if (ours) return adopt(ours);
        // Another one runs, or ran when we asked by our token and has ended since.
        if (runsOn(now) || (error.kind === "final" && runsOn(seen.refreshes))) return undefined;
        // The list lags behind: the service knows of a refresh that it does not list yet.
        const lags = run.cloud.alreadyRunningCodes.includes(error.code) && ++unlisted < LISTING_ATTEMPTS;
        if (!lags && (error.kind === "final" || ambiguous >= START_ATTEMPTS)) throw notStarted(run, error);
      }
      await pause(run, attempt, error);
    }
  }
}

/** Ours after our own Start: one that is new and asks for the same in both directions; else one that is adopted anyway. */
async function ourRefresh(
  run: Run,
  group: Group,
  refreshes: readonly Refresh[],
  known: ReadonlyMap<string, Refresh>,
  ambiguous: boolean,
  predecessor: string | undefined,
): Promise<Refresh | undefined> {
  const active = runsOn(refreshes);
  for (const refresh of refreshes) {
    if (ambiguous && !known.has(refresh.id) && isSameRequest(run.cloud, run.args, refresh, group.fills)) return refresh;
    if (refresh === active && (await couldBeOurs(run, group, refresh, predecessor))) return refresh;
  }
  return undefined;
}

/**
 * The service found no instance to refresh. It also says so while instances are still on their way, and of an empty
 * group: undefined when it is to be asked again.
 */
async function nothingToRefresh(run: Run, predecessor: string | undefined): Promise<Created | undefined> {
  const group = await withRetry(run, () => run.api.group(run.args));
  if (!group) throw noGroup(run);
  const { desired, inService, pending } = group.capacity;
  if (pending > 0 || inService < desired) {
    run.call.progress(`Waiting for the instances of group ${run.group}: ${inService} of ${desired} in service`);
    return undefined;
  }
  const runsDesired = await withRetry(run, () => group.runsDesired());
  // A replacement with other triggers rolls out the same configuration again.
  const isAskedAgain = run.args.triggers !== undefined && predecessor !== undefined;
  if (runsDesired && !isAskedAgain) return { id: undefined, unfulfilled: undefined };
  const why = inService === 0 ? "it is empty" : "the service found every instance up to date";
  const next =
    inService === 0
      ? `The next instance of the group launches from ${group.launchesFrom}`
      : "When a configuration was edited in place under the same id, set `skipMatching: false`";
  return { id: undefined, unfulfilled: `Nothing was refreshed in group ${run.group}: ${why}. ${next}.` };
}

/** While a Start may have been accepted, giving up would forget a refresh: it is asked for as long as there is time. */
function untilAnswered<T>(run: Run, ambiguous: boolean, action: () => Promise<T>): Promise<T> {
  return withRetry(run, action, ambiguous ? Number.POSITIVE_INFINITY : undefined);
}

/**
 * The same request has the same token, in this process, in the next one, and in a later version: it hashes what is set, by
 * name, so that neither a new argument nor another order in the definition changes it. ASCII, 43 characters.
 */
function tokenOf(run: Run, after: string | undefined): string {
  const asked = [...requestArguments(run.cloud), "triggers"]
    .filter((name) => run.args[name] !== undefined && run.args[name] !== null)
    .sort()
    .map((name) => [name, run.args[name]]);
  return createHash("sha256")
    .update(JSON.stringify([run.call.urn, asked, after ?? null]))
    .digest("base64url");
}
