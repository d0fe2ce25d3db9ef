/**
 * From arguments to a refresh that exists: look at the group, resolve a conflict, start. Never two for one request while
 * one is active: whatever a call's answer was, what the group shows decides.
 */
import { createHash } from "node:crypto";
import { CloudError, type Group, isActive, type Refresh } from "../cloud";
import { echoes, isEqual, requestArguments } from "./compare";
import { RefreshError } from "./errors";
import { nameOf, oneLine, progressLine } from "./messages";
import { halted, pause, type Run, stopIfAsked, timedOut, withRetry } from "./run";
import { followToEnd, stop } from "./settle";

/** A refresh that now stands for the resource; without an id when no machine needed one. */
export type Created = { id: string; refresh?: Refresh; adopted: boolean } | { id: undefined };

/** How often a Start is sent again after answers that leave open whether it was accepted. */
const START_ATTEMPTS = 5;

/**
 * Brings a refresh about.
 * @param predecessor id of the refresh that this one replaces: never taken for its own successor
 */
export async function createOrAdopt(run: Run, predecessor: string | undefined): Promise<Created> {
  for (;;) {
    const seen = await snapshot(run);
    const active = seen.refreshes.find((refresh) => isActive(refresh.stage));
    const equal = active && active.id !== predecessor && isEqual(run.cloud, run.args, active) ? active : undefined;
    if (run.args.status !== undefined) {
      if (equal) return adopt(equal);
      throw nothingToStop(run);
    }
    if (active && !equal) {
      // Nobody's refresh is stopped for one that could not start.
      if (stopsOthers(run)) refuseObstacles(run, seen.group);
      await resolveConflict(run, active);
      continue;
    }
    if (equal && (!run.cloud.idempotentStart || seen.group.obstacles.length > 0)) return adopt(equal);
    const done = equal ? undefined : await alreadyDone(run, seen.refreshes[0], predecessor);
    if (done) return adopt(done);
    refuseObstacles(run, seen.group);
    const created = await start(run, seen.refreshes, predecessor);
    if (created) return created;
  }
}

function adopt(refresh: Refresh): Created {
  return { id: refresh.id, refresh, adopted: true };
}

async function snapshot(run: Run): Promise<{ group: Group; refreshes: Refresh[] }> {
  if (run.halt?.aborted) throw halted(run);
  if (run.tools.clock.now() >= run.deadline) throw timedOut(run, "another refresh of the group was waited for");
  const group = await withRetry(run, () => run.api.group(run.args));
  if (!group) throw noGroup(run);
  return { group, refreshes: await withRetry(run, () => run.api.refreshes(run.group)) };
}

/** The newest refresh, when it did just what is asked and the group still runs that: its record was lost, not its work. */
async function alreadyDone(run: Run, newest: Refresh | undefined, predecessor: string | undefined) {
  if (newest?.stage !== "successful" || newest.id === predecessor || run.args.triggers !== undefined) return undefined;
  if (!isEqual(run.cloud, run.args, newest)) return undefined;
  // The group was looked at before its refreshes: this one may have ended, and been saved on it, in between.
  const group = await withRetry(run, () => run.api.group(run.args));
  return group && (await withRetry(run, () => group.runsDesired())) ? newest : undefined;
}

function stopsOthers(run: Run): boolean {
  return run.args.onConflict === "cancel" || run.args.onConflict === "rollback";
}

/** Does with another's refresh what `onConflict` says, and waits for its end. */
async function resolveConflict(run: Run, other: Refresh): Promise<void> {
  const policy = run.args.onConflict ?? "wait";
  if (policy === "fail") throw conflictError(run, other);
  const wayOut = policy === "wait" ? " (a bad one? set `onConflict: rollback`)" : "";
  run.call.notice(
    `Before this refresh starts, ${other.id} (${other.status}) of group ${run.group} has to end: onConflict is ${policy}${wayOut}`,
  );
  if (policy !== "wait") await stop(run, other, policy as "cancel" | "rollback");
  // Its deadline is ours, but not our `onTimeout`: another's refresh is never touched for being slow.
  const patient = { ...run, args: { ...run.args, onTimeout: "leave" } };
  await followToEnd(
    { ...patient, call: { ...run.call, progress: (line) => run.call.progress(`Waiting for ${other.id}: ${line}`) } },
    other.id,
    () => {},
  ).catch((error: unknown) => {
    if (!(error instanceof RefreshError) || error.code !== "vanished") throw error;
  });
}

/**
 * Starts the refresh. An answer that leaves open whether it was accepted is resolved by what the group shows.
 * Undefined: another one got in between.
 */
async function start(
  run: Run,
  before: readonly Refresh[],
  predecessor: string | undefined,
): Promise<Created | undefined> {
  const known = new Map(before.map((refresh) => [refresh.id, refresh]));
  let token = tokenOf(run, predecessor);
  let ambiguous = 0;
  for (let attempt = 0; ; attempt++) {
    stopIfAsked(run);
    try {
      const id = await run.api.start(run.args, token);
      if (id === undefined) return { id };
      const old = known.get(id);
      // The cloud remembers the token of a refresh that has ended: this request is a new one.
      if (!old || isActive(old.stage)) return { id, adopted: old !== undefined, ...(old ? { refresh: old } : {}) };
      token = tokenOf(run, id);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (error.kind === "passing") ambiguous++;
      if (error.kind !== "throttled") {
        const now = await untilAnswered(run, ambiguous > 0, () => run.api.refreshes(run.group));
        const ours = now.find((refresh) => isOurs(run, refresh, known, ambiguous > 0, predecessor));
        if (ours) return adopt(ours);
        if (now.some((refresh) => isActive(refresh.stage))) return undefined;
        if (error.kind === "final" || ambiguous >= START_ATTEMPTS) throw notStarted(run, error);
      }
      await pause(run, attempt, error);
    }
  }
}

/** After our own ambiguous Start, one that was not there before and echoes all that we asked is ours, also to `$Latest`. */
function isOurs(
  run: Run,
  refresh: Refresh,
  known: ReadonlyMap<string, Refresh>,
  ambiguous: boolean,
  predecessor: string | undefined,
): boolean {
  if (ambiguous && !known.has(refresh.id)) return echoes(run.cloud, run.args, refresh);
  const equal = isActive(refresh.stage) && isEqual(run.cloud, run.args, refresh);
  return equal && refresh.id !== predecessor;
}

/** While a Start may have been accepted, giving up would forget a refresh: the look goes on as long as there is time. */
function untilAnswered<T>(run: Run, ambiguous: boolean, action: () => Promise<T>): Promise<T> {
  return withRetry(run, action, ambiguous ? Number.POSITIVE_INFINITY : undefined);
}

/**
 * The same request has the same token, in this process and in the next one. ASCII, 43 characters. The arguments are hashed
 * in the order of the definition: another order there would change the token of every request.
 */
function tokenOf(run: Run, after: string | undefined): string {
  const asked = [...requestArguments(run.cloud), "triggers"].map((name) => [name, run.args[name] ?? null]);
  return createHash("sha256")
    .update(JSON.stringify([run.call.urn, asked, after ?? null]))
    .digest("base64url");
}

function noGroup(run: Run): RefreshError {
  return new RefreshError({
    fault: "refused",
    group: run.group,
    what: `There is no group ${run.group} in region ${run.api.region} (${run.cloud.name}).`,
    next: `check \`${run.cloud.groupArgument}\`, and the region and the account (\`connection\`).`,
  });
}

/** Comes after whatever could be adopted: what runs, or is done, needs no group that is fit for another start. */
function refuseObstacles(run: Run, group: Group): void {
  if (group.obstacles.length === 0) return;
  const reasons = group.obstacles.map(({ reason }) => `\n  - ${reason}`).join("");
  throw new RefreshError({
    fault: "refused",
    group: run.group,
    what: `The ${nameOf(run.cloud, run.group)} would fail, and was not started:${reasons}`,
    next: "change the arguments or the group, and run `pulumi up` again.",
  });
}

function nothingToStop(run: Run): RefreshError {
  return new RefreshError({
    fault: "refused",
    group: run.group,
    what: `\`status\` is ${JSON.stringify(run.args.status)}, but no such refresh runs on group ${run.group} (${run.cloud.name}).`,
    next: "remove `status` to start a new refresh.",
  });
}

function conflictError(run: Run, other: Refresh): RefreshError {
  return new RefreshError({
    fault: "conflict",
    group: run.group,
    refreshId: other.id,
    what: `Another refresh, ${other.id}, runs on group ${run.group} (${progressLine(other)}), and \`onConflict\` is \`fail\`. None was started.`,
    next: "wait for its end, or set `onConflict` to `wait`, `cancel` or `rollback`.",
  });
}

function notStarted(run: Run, error: CloudError): RefreshError {
  const answer = error.kind === "final" ? "The cloud refused to start" : "It is not known whether the cloud started";
  return new RefreshError({
    fault: error.kind === "final" ? "refused" : "unreachable",
    group: run.group,
    what: `${answer} the ${nameOf(run.cloud, run.group)}: ${oneLine(error.message)}. The group shows none.`,
    next:
      error.kind === "final"
        ? (error.next ?? "correct what the cloud names, and run `pulumi up` again.")
        : "run `pulumi up` again: one that was started after all is found and followed.",
    cause: error,
  });
}
