/** One refresh simulated in the model, from a group as it was seen to the end of the refresh. */

import type { GroupSnapshot, PlannedRefresh } from "../core/snapshot";
import { advance, nextEventTime } from "../simulation/advance";
import { type Bounds, bounds } from "../simulation/bounds";
import { createGroup } from "../simulation/createGroup";
import type {
  Activity,
  Configuration,
  Group,
  LifecycleHook,
  Refresh,
  RefreshStatus,
  Sample,
} from "../simulation/model";
import { startRefresh } from "../simulation/refresh";
import { Refused } from "../simulation/refused";

/** A heartbeat is the longest that a hook may wait: most are completed long before. */
const USUAL_PART_OF_HEARTBEAT = 0.25;

export interface SimulationOptions {
  readonly seed: string;
  /** Seconds that a launch takes: at least, at most. */
  readonly launchSeconds: readonly [number, number];
  /** Seconds until an instance's health is known. Default: those of the snapshot. */
  readonly healthSeconds?: readonly [number, number] | undefined;
  /** Called after everything that happens at one time. */
  observe?(sample: Sample): void;
  /** Whether activities are recorded. */
  readonly recordActivities: boolean;
}

export interface SimulatedRefresh {
  readonly status: RefreshStatus;
  readonly reason: string;
  readonly seconds: number;
  /** Of them, in pauses and baking; and of these, at the checkpoint of 100 percent. */
  readonly pauseSeconds: number;
  readonly finalPauseSeconds: number;
  /** Instances of the warm pool that were replaced. */
  readonly warmPool: number;
  /** Units that were to be replaced. */
  readonly total: number;
  readonly lowestReady: number;
  readonly highestTotal: number;
  /** Units that the refresh is to keep to. */
  readonly bounds: Bounds;
  /** Indices of the instances that the refresh does not want to replace. */
  readonly spared: readonly number[];
  /** Those that the group recorded, oldest first. Times are in milliseconds from the start. */
  readonly activities: readonly Activity[];
}

/** Simulates the refresh; undefined when the service would refuse it because nothing needs to be replaced. */
export function simulate(
  snapshot: GroupSnapshot,
  refresh: PlannedRefresh,
  options: SimulationOptions,
): SimulatedRefresh | undefined {
  const group = groupOf(snapshot, options);
  let lowestReady = Number.POSITIVE_INFINITY;
  let highestTotal = 0;
  let paused: Sample | undefined;
  let [pauseSeconds, finalPauseSeconds] = [0, 0];
  group.observe = (sample) => {
    const passed = paused ? (sample.time - paused.time) / 1000 : 0;
    pauseSeconds += passed;
    if (paused?.status === "CheckpointPause" && paused.percentage === 100) finalPauseSeconds += passed;
    paused = sample.status === "CheckpointPause" || sample.status === "Baking" ? sample : undefined;
    lowestReady = Math.min(lowestReady, sample.ready);
    highestTotal = Math.max(highestTotal, sample.total);
    options.observe?.(sample);
  };
  try {
    const { strategy, preferences } = refresh;
    const desired = desiredOf(snapshot, options);
    const simulated = startRefresh(group, { id: "forecast", strategy, preferences, desired });
    const spared = snapshot.instances.flatMap((_, index) => (isOutdated(group, index) ? [] : [index]));
    const warm = progressOfWarmPool(simulated);
    const limits = bounds(group, preferences, desired);
    while (simulated.endTime === undefined) advance(group, nextEventTime(group));
    const { status, reason, progress, endTime } = simulated;
    const { activities } = group;
    const seconds = endTime / 1000;
    return {
      status,
      reason,
      seconds,
      pauseSeconds,
      finalPauseSeconds,
      warmPool: warm - progressOfWarmPool(simulated),
      total: progress.total,
      lowestReady,
      highestTotal,
      bounds: limits,
      spared,
      activities,
    };
  } catch (error) {
    if (error instanceof Refused && error.refusal === "NothingToReplace") return undefined;
    throw error;
  }
}

function progressOfWarmPool({ progress }: Refresh): number {
  return progress.warmPool?.instancesToUpdate ?? 0;
}

function isOutdated(group: Group, index: number): boolean {
  return group.instances.get(instanceId(index))?.outdated === true;
}

/** Name of the instance with an index, in the model. */
export function instanceId(index: number): string {
  return `old-${index}`;
}

function groupOf(snapshot: GroupSnapshot, options: SimulationOptions): Group {
  const desired = desiredOf(snapshot, options);
  const former: Configuration = { ...desired, key: "former" };
  const { name, minSize, maxSize, desiredCapacity, warmupSeconds, drainSeconds, warmPool } = snapshot;
  return createGroup({
    id: name,
    rules: snapshot.rules,
    now: 0,
    seed: options.seed,
    minSize,
    maxSize,
    desiredCapacity,
    warmupSeconds,
    configuration: former,
    instances: snapshot.instances.map((instance, index) => ({
      ...instance,
      id: instanceId(index),
      // What is not known is counted as work to do: a forecast that is too long does less harm than one that is too short.
      configuration: instance.matches ? desired : former,
      type: { name: "seen", weight: instance.weight },
    })),
    drainSeconds,
    hooks: hooksOf(snapshot),
    warmPool: warmPool && {
      ...warmPool,
      instances: warmPool.instances.map(({ matches }) => (matches ? desired : former)),
    },
    recordActivities: options.recordActivities,
  });
}

/** Launches that were seen lasted as long as their hooks held them up. Where none was, somebody completes a hook early. */
function hooksOf({ hooks = [], recentLaunches }: GroupSnapshot): LifecycleHook[] {
  const counted = hooks.filter(({ transition }) => transition === "Terminating" || recentLaunches.length === 0);
  return counted.map(({ name, transition, heartbeatSeconds }) => {
    const completedAfter = [0, Math.floor(heartbeatSeconds * USUAL_PART_OF_HEARTBEAT)] as const;
    return { name, transition, heartbeatSeconds, defaultResult: "CONTINUE", completedAfter };
  });
}

function desiredOf(snapshot: GroupSnapshot, options: SimulationOptions): Configuration {
  const instanceTypes = snapshot.newWeights.map((weight) => ({ name: `of weight ${weight}`, weight }));
  const { launchSeconds, healthSeconds = snapshot.healthSeconds } = options;
  return { key: "desired", healthy: true, launchSeconds, healthSeconds, instanceTypes };
}
