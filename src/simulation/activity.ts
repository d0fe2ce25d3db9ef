import type { Group, RefreshStatus, Run } from "./model";
import { setTimer, stopTimer } from "./timers";

/** The run replaces from now on. */
export function activate(group: Group, run: Run): void {
  run.activeSince = group.now;
  run.refresh.begunTime ??= group.now;
  run.refresh.status = run.direction === "Forward" ? "InProgress" : "RollbackInProgress";
  run.refresh.reason = run.refresh.rollback?.reason ?? "";
  if (!group.rules.timeLimitCountsPauses) {
    setTimer(group, run, "TimeIsUp", group.rules.timeLimitSeconds - run.activeBefore / 1000);
  }
}

/** The run replaces nothing from now on; what has begun goes on. */
export function deactivate(group: Group, run: Run, status: RefreshStatus, reason: string): void {
  for (const kind of ["Begins", "PauseEnds", "BakeEnds"] as const) stopTimer(run, kind);
  unblock(run);
  run.refresh.status = status;
  run.refresh.reason = reason;
  if (run.activeSince === undefined) return;
  run.activeBefore += group.now - run.activeSince;
  run.activeSince = undefined;
  if (!group.rules.timeLimitCountsPauses) stopTimer(run, "TimeIsUp");
}

/** Nothing can be replaced: the time is counted from the first such answer. */
export function block(group: Group, run: Run, by: NonNullable<Run["blockedBy"]>): void {
  if (run.blockedBy) return;
  run.blockedBy = by;
  setTimer(group, run, "Blocked", group.rules.blockedSeconds);
}

export function unblock(run: Run): void {
  if (!run.blockedBy) return;
  run.blockedBy = undefined;
  stopTimer(run, "Blocked");
}
