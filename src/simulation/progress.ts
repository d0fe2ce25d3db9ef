import type { Group, Run } from "./model";

/** Writes down how far the run has got. Forward, nothing ever falls; back, it returns to nothing. */
export function recordProgress(group: Group, run: Run): void {
  const { progress, rollback } = run.refresh;
  // An outdated instance that is gone counts once the capacity that it left behind is ready again.
  const missing = Math.max(0, Math.min(run.gone, group.desiredCapacity - group.engine.units.ready));
  const updated = run.gone - missing;
  if (!rollback) {
    progress.total = run.total;
    progress.updated = Math.min(run.total, Math.max(progress.updated, updated));
    progress.percentage = Math.max(progress.percentage, wholePercents(progress.updated, run.total));
    progress.instancesToUpdate = Math.ceil(run.totalInstances * (1 - share(progress.updated, run.total)));
    return;
  }
  const left = 1 - share(updated, run.total);
  progress.percentage = Math.min(progress.percentage, Math.ceil(rollback.percentageOnRollback * left));
  progress.updated = Math.min(progress.updated, Math.ceil(rollback.updatedOnRollback * left));
}

/** Rounded down: 100 is not said before it is so. */
function wholePercents(updated: number, total: number): number {
  return total === 0 ? 100 : Math.floor((updated * 100) / total);
}

function share(updated: number, total: number): number {
  return total === 0 ? 1 : updated / total;
}
