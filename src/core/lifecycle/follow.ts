/** One refresh, described, followed to its end, and stopped. */

import { type CancelOptions, CloudError, type Refresh } from "../cloud";
import { policiesOf } from "../definition/policies";
import { RefreshError } from "./errors";
import { nameOf, oneLine, progressLine, rowLine } from "./messages";
import { halted, interrupted, pause, type Run, stopIfAsked, timedOut, withinDeadline, withRetry } from "./run";
import { type TrackedRefresh, timesOf, track } from "./trackedRefresh";

/** The call that `onTimeout` makes comes after the time to wait: it has this long. */
const LAST_CALL_MS = 60_000;

/** Called with every answer, so that whatever happens next, the last one is kept. */
export type OnUpdate = (refresh: Refresh) => void;

/** Describes one refresh; undefined when the cloud does not know it. */
export async function find(run: Run, id: string): Promise<Refresh | undefined> {
  const found = await withRetry(run, () => run.api.source.describe([id], run.call.signal));
  return found.get(id);
}

/** Waits for the end of the refresh, whichever it is; when the time runs out, `onTimeout` decides what happens to it. */
export async function followToEnd(run: Run, id: string, onUpdate: OnUpdate): Promise<Refresh> {
  const { signal } = run.call;
  let tracked: TrackedRefresh | undefined;
  const followed = await run.tools.scheduler.follow(run.api.source, id, {
    deadline: run.deadline,
    signal: run.halt ? AbortSignal.any([signal, run.halt]) : signal,
    onUpdate: (refresh) => {
      onUpdate(refresh);
      const before = tracked?.refresh;
      const { clock } = run.tools;
      const now = track(tracked, refresh, clock.now(), run.api.clock?.aheadMs);
      tracked = now;
      // Where there is no terminal, each line is one of a log: times alone make no new one.
      if (before && rowLine(before) === rowLine(refresh)) return;
      run.call.progress(() => rowLine(refresh, timesOf(now, clock.now())));
    },
  });
  if (followed.outcome === "ended") return followed.last;
  if (followed.outcome === "aborted") throw signal.aborted ? interrupted(run, id) : halted(run);
  if (followed.outcome === "vanished") throw await gone(run, id, followed.last);
  throw timedOut(run, await leave(run, followed.last), undefined, followed.last);
}

/** What is done to a refresh whose time is over, in words. */
async function leave(run: Run, refresh: Refresh | undefined): Promise<string> {
  const policy = policiesOf(run.cloud, run.args).onTimeout;
  if (!refresh) return "the cloud could not be reached";
  if (policy === "leave" || refresh.stage !== "running")
    return `it is still ${progressLine(refresh)}, and goes on in the cloud`;
  const verb = policy === "cancel" ? "cancelled" : "rolled back";
  try {
    const deadline = run.tools.clock.now() + LAST_CALL_MS;
    await withinDeadline({ ...run, deadline }, () =>
      policy === "cancel" ? run.api.cancel(refresh, cancelOptions(run)) : run.api.rollback(refresh),
    );
    return `it is being ${verb}, as \`onTimeout: "${policy}"\` says`;
  } catch (error) {
    return `it could not be ${verb} as \`onTimeout: "${policy}"\` says (${oneLine((error as Error).message)}), and goes on in the cloud`;
  }
}

/**
 * Asks the cloud to cancel the refresh or to roll it back, once it is known to be running. During a rollback nothing is
 * sent: a cancelled rollback leaves a mixed group behind. After an error it describes the refresh before it asks again.
 * @param mayStop false when the time to do so is over: nothing is sent from then on
 */
export async function stop(
  run: Run,
  refresh: Refresh,
  how: "cancel" | "rollback",
  mayStop: () => boolean = () => true,
): Promise<void> {
  for (let attempt = 0, current: Refresh | undefined = refresh; current?.stage === "running"; attempt++) {
    stopIfAsked(run, refresh.id);
    if (!mayStop()) return;
    try {
      await withinDeadline(run, async () =>
        how === "cancel"
          ? run.api.cancel(current as Refresh, cancelOptions(run))
          : run.api.rollback(current as Refresh),
      );
      return;
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (error.kind !== "final") await pause(run, attempt, error);
      current = await find(run, refresh.id);
      if (error.kind === "final" && current?.stage === "running") throw refused(run, current, how, error);
    }
  }
}

/** How this program cancels, where its cloud has a choice. */
function cancelOptions({ args }: Run): CancelOptions {
  const { waitForTransitioningInstances: waits } = args;
  return typeof waits === "boolean" ? { waitForTransitioningInstances: waits } : {};
}

export function refused(run: Run, refresh: Refresh, how: "cancel" | "rollback", error: CloudError): RefreshError {
  return new RefreshError({
    code: "refused",
    group: refresh.group,
    refreshId: refresh.id,
    what: `The cloud refused to ${how === "cancel" ? "cancel" : "roll back"} the ${nameOf(run.cloud, refresh.group, refresh.id)}: ${oneLine(error.message)}. It is ${refresh.status}.`,
    next: "see the cloud's reason; the refresh goes on, and `pulumi up` without `status` follows it to its end.",
    cause: error,
  });
}

/** An error for a refresh that is not to be found any more, or for its whole group. */
export async function gone(run: Run, id: string, last?: Refresh): Promise<RefreshError> {
  const hasGroup = await withinDeadline(run, () => run.api.group(run.args)).then(Boolean, () => true);
  return hasGroup || run.args[run.cloud.groupArgument] === undefined
    ? vanished(run, id, last)
    : groupVanished(run, id, last);
}

export function vanished(run: Run, id: string, last: Refresh | undefined): RefreshError {
  return new RefreshError({
    code: "vanished",
    group: run.group,
    refreshId: id,
    what: `The cloud no longer knows the ${nameOf(run.cloud, run.group, id)} in region ${run.api.region}, and did not say how it ended.${lastSeen(last)}`,
    next: "look at the group; when it is as it should be, set `waitForCompletion: false` to accept that, else change `triggers` to start a new refresh.",
  });
}

export function groupVanished(run: Run, id: string, last: Refresh | undefined): RefreshError {
  return new RefreshError({
    code: "vanished",
    group: run.group,
    refreshId: id,
    what: `Group ${run.group} is no longer there in region ${run.api.region}, and with it the ${nameOf(run.cloud, run.group, id)}.${lastSeen(last)}`,
    next: "run `pulumi refresh`: it takes the refresh of a deleted group out of the state; when the group was not to be deleted, make it again first.",
  });
}

function lastSeen(last: Refresh | undefined): string {
  return last ? ` It was last seen as ${progressLine(last)}.` : "";
}
