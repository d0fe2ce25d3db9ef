import type { Group, RefreshStatus, Run, TimerKind } from "./model";
import { startRun } from "./startRun";
import { stopTimer } from "./timers";

/** Everything is replaced, and baked where that was asked for. */
export function succeed(group: Group, run: Run): void {
  const { refresh } = run;
  if (run.direction === "Back") {
    Object.assign(refresh.progress, { percentage: 0, updated: 0 });
    end(group, run, "RollbackSuccessful", refresh.rollback?.reason ?? "");
    return;
  }
  if (refresh.desired) group.configuration = refresh.desired;
  end(group, run, "Successful", "");
}

/** Fails the run, or rolls it back where that was asked for and is possible. Replaced instances stay as they are. */
export function fail(group: Group, run: Run, reason: string): void {
  const { preferences, irreversible } = run.refresh;
  if (run.direction === "Back") end(group, run, "RollbackFailed", reason);
  else if (preferences.autoRollback && !irreversible) rollBack(group, run, group.rules.texts.rolledBack(reason));
  else end(group, run, "Failed", reason);
}

/** Returns what the refresh has launched to what the group had before. */
export function rollBack(group: Group, run: Run, reason: string): void {
  const { refresh } = run;
  const { percentage, updated, instancesToUpdate } = refresh.progress;
  refresh.rollback = {
    reason,
    startTime: group.now,
    percentageOnRollback: percentage,
    updatedOnRollback: updated,
    instancesToUpdateOnRollback: instancesToUpdate,
  };
  refresh.status = "RollbackInProgress";
  refresh.reason = reason;
  stop(group, run);
  startRun(group, refresh, "Back", refresh.previous, (instance) => instance.launchedBy === run);
}

export function end(group: Group, run: Run, status: RefreshStatus, reason: string): void {
  stop(group, run);
  Object.assign(run.refresh, { status, reason, endTime: group.now });
}

function stop(group: Group, run: Run): void {
  for (const kind of Object.keys(run.timers) as TimerKind[]) stopTimer(run, kind);
  group.engine.run = undefined;
}
