/** Instances that a group keeps ready to be launched. They carry no load, and are no part of its capacity. */
import { bounds, portion } from "./bounds";
import { canLaunch, drawSeconds, newInstance } from "./instances";
import type { Configuration, Group, Instance, Run } from "./model";

// fact: aws-warm-pool-termination
const terminationSeconds = 20;

/** How many instances the pool is to hold. */
function warmPoolSize(group: Group): number {
  const { warmPool } = group;
  if (!warmPool || warmPool.deleting) return 0;
  const prepared = warmPool.maxPreparedCapacity ?? group.maxSize;
  return Math.max(warmPool.minSize, prepared - group.desiredCapacity, 0);
}

/** Launches what the pool lacks, terminates what it has too much of, and takes a deleted pool away once it is empty. */
export function keepWarmPool(group: Group): void {
  const { warmPool, engine } = group;
  if (!warmPool) return;
  if (warmPool.deleting && warmPool.instances.size === 0) {
    group.warmPool = undefined;
    return;
  }
  const configuration = engine.run && !engine.run.cancel ? engine.run.target : group.configuration;
  const kept = [...warmPool.instances.values()].filter(({ state }) => state !== "WarmedTerminating");
  const size = warmPoolSize(group);
  for (let missing = size - kept.length; configuration && missing > 0 && canLaunch(group); missing--) {
    launchWarm(group, configuration, engine.run);
  }
  for (const instance of kept.slice(0, Math.max(0, kept.length - size))) terminateWarm(group, instance);
}

/** Replaces instances of the pool within the bounds of the refresh. True: nothing is left to do. */
export function replaceWarmPool(group: Group, run: Run): boolean {
  const { warmPool } = group;
  if (!warmPool || run.warmTotal === 0) return true;
  const all = [...warmPool.instances.values()];
  const ready = all.filter(({ state }) => state === "Warmed").length;
  const { least } = bounds(group, run.refresh.preferences, run.target);
  const size = warmPoolSize(group);
  const leastWarm = group.desiredCapacity === 0 ? 0 : Math.ceil(portion(size, (least * 100) / group.desiredCapacity));
  let mayGo = Math.max(ready - leastWarm, ready === size ? 1 : 0);
  for (; mayGo > 0; mayGo--) {
    const instance = nextWarm(run);
    if (!instance) break;
    run.warmNext++;
    terminateWarm(group, instance);
  }
  keepWarmPool(group);
  const now = [...warmPool.instances.values()];
  recordWarmProgress(run, now.filter(({ state, outdated }) => state === "Warmed" && !outdated).length);
  return nextWarm(run) === undefined && now.every(({ state }) => state === "Warmed");
}

/** What of the pool a refresh replaces. */
export function warmQueue(group: Group, isOutdated: (instance: Instance) => boolean): Instance[] {
  return [...(group.warmPool?.instances.values() ?? [])].filter((instance) => {
    instance.outdated = instance.state !== "WarmedTerminating" && isOutdated(instance);
    return instance.outdated;
  });
}

export function warmInstanceLaunched(instance: Instance): void {
  instance.state = "Warmed";
}

function recordWarmProgress(run: Run, renewed: number): void {
  const { progress } = run.refresh;
  if (!progress.warmPool) return;
  const updated = Math.min(renewed, run.warmNext);
  const percentage = Math.floor((updated * 100) / run.warmTotal);
  progress.warmPool.percentage = Math.max(progress.warmPool.percentage, percentage);
  progress.warmPool.instancesToUpdate = run.warmTotal - run.warmNext;
}

function nextWarm(run: Run): Instance | undefined {
  for (; run.warmNext < run.warmQueue.length; run.warmNext++) {
    const instance = run.warmQueue[run.warmNext] as Instance;
    if (instance.outdated && (instance.state === "Warmed" || instance.state === "WarmedPending")) return instance;
  }
  return undefined;
}

function launchWarm(group: Group, configuration: Configuration, run: Run | undefined): void {
  const instance = newInstance(group, configuration, "WarmedPending");
  instance.launchedBy = run;
  group.warmPool?.instances.set(instance.id, instance);
  addEvent(group, instance, "Launched", drawSeconds(group, configuration.launchSeconds));
}

function terminateWarm(group: Group, instance: Instance): void {
  instance.state = "WarmedTerminating";
  instance.epoch++;
  addEvent(group, instance, "Terminated", terminationSeconds);
}

function addEvent(group: Group, instance: Instance, kind: "Launched" | "Terminated", seconds: number): void {
  group.engine.events.add(group.now + seconds * 1000, { kind, instance, epoch: instance.epoch });
}
