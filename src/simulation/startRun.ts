import { treatment, wait } from "./candidates";
import { count } from "./instances";
import type { Configuration, Group, Instance, Refresh, Run } from "./model";
import { recordProgress } from "./progress";
import { setTimer } from "./timers";
import { warmQueue } from "./warmPool";

/** Long enough for a status to be seen. */
// fact: aws-settling
export const settlingSeconds = 5;

/** Sets a run up. It begins to replace when its timer says so. */
export function startRun(
  group: Group,
  refresh: Refresh,
  direction: Run["direction"],
  target: Configuration,
  isOutdated: (instance: Instance) => boolean,
): Run {
  const run: Run = {
    refresh,
    direction,
    target,
    queue: [],
    next: 0,
    waiting: new Map(),
    waitingUnits: 0,
    warmQueue: [],
    warmTotal: 0,
    warmNext: 0,
    unready: new Set(),
    readyUnits: 0,
    launched: 0,
    total: 0,
    totalInstances: 0,
    gone: 0,
    goneInstances: 0,
    checkpointsPassed: 0,
    blockedBy: undefined,
    launchFailure: "",
    activeSince: undefined,
    activeBefore: 0,
    cancel: undefined,
    timers: {},
    timerEnds: {},
  };
  const unready: Instance[] = [];
  const ready: Instance[] = [];
  for (const instance of group.instances.values()) {
    const isLaunching = direction === "Forward" && instance.state === "Pending";
    const found =
      isLaunching && !group.rules.replacesLaunchingInstances
        ? "Ignore"
        : treatment(group, refresh.preferences, instance);
    count(group, instance, -1);
    instance.outdated = instance.state !== "Terminating" && found !== "Ignore" && isOutdated(instance);
    count(group, instance, 1);
    if (!instance.outdated) continue;
    run.total += instance.type.weight;
    run.totalInstances++;
    if (found === "Wait") wait(run, instance);
    else (instance.ready ? ready : unready).push(instance);
  }
  // What carries no load goes first: it costs nothing. Of the rest the oldest.
  for (const instance of unready) run.queue.push(instance);
  for (const instance of ready) run.queue.push(instance);
  run.warmQueue.push(...warmQueue(group, isOutdated));
  run.warmTotal = run.warmQueue.length;
  if (group.warmPool) {
    refresh.progress.warmPool = { percentage: run.warmTotal === 0 ? 100 : 0, instancesToUpdate: run.warmTotal };
  }
  group.engine.run = run;
  recordProgress(group, run);
  setTimer(group, run, "Begins", settlingSeconds);
  if (group.rules.timeLimitCountsPauses) setTimer(group, run, "TimeIsUp", group.rules.timeLimitSeconds);
  return run;
}
