import type { Group, Run } from "./model";

/** Writes down how far the run has got. Forward, nothing ever falls; back, it returns to nothing. */
export function recordProgress(group: Group, run: Run): void {
  const { progress, rollback } = run.refresh;
  // An outdated instance that is gone counts once its replacement is ready, or the capacity that it left behind is.
  const short = group.desiredCapacity - group.engine.units.ready;
  const missing = Math.max(0, Math.min(run.gone - run.readyUnits, short));
  const updated = run.gone - missing;
  if (!rollback) {
    progress.total = run.total;
    progress.updated = Math.min(run.total, Math.max(progress.updated, updated));
    progress.percentage = Math.max(progress.percentage, wholePercents(progress.updated, run.total));
    progress.instancesToUpdate = notBegun(run) + (progress.warmPool?.instancesToUpdate ?? 0);
    return;
  }
  const left = 1 - share(updated, run.total);
  progress.percentage = Math.min(progress.percentage, Math.ceil(rollback.percentageOnRollback * left));
  progress.updated = Math.min(progress.updated, Math.ceil(rollback.updatedOnRollback * left));
}

/** A replacement begins with its launch or with the end of its predecessor, whatever comes first. */
function notBegun(run: Run): number {
  return Math.max(0, run.totalInstances - Math.max(run.goneInstances, run.launched));
}

/** Rounded down: 100 is not said before it is so. */
function wholePercents(updated: number, total: number): number {
  return total === 0 ? 100 : Math.floor((updated * 100) / total);
}

function share(updated: number, total: number): number {
  return total === 0 ? 1 : updated / total;
}
