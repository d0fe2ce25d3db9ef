import { advance } from "../../src/simulation/advance";
import { createGroup, type GroupOptions } from "../../src/simulation/createGroup";
import type { Configuration, Group, Preferences, Refresh, Sample } from "../../src/simulation/model";
import { type RefreshOptions, startRefresh } from "../../src/simulation/refresh";
import { autoScalingRules } from "../../src/simulation/rules";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Launches that all take half a minute, so that batches are seen apart. */
export function configuration(key: string, changes: Partial<Configuration> = {}): Configuration {
  return { key, healthy: true, launchSeconds: [30, 30], instanceTypes: [{ name: "t3.small", weight: 1 }], ...changes };
}

export const before = configuration("before");
export const after = configuration("after");
export const unhealthy = configuration("unhealthy", { healthy: false });

/** A group in service, at time 0. */
export function group(options: Partial<GroupOptions> = {}): Group {
  const desiredCapacity = options.desiredCapacity ?? 10;
  return createGroup({
    id: "web",
    rules: autoScalingRules,
    now: 0,
    seed: "seed",
    minSize: 0,
    maxSize: 2 * desiredCapacity,
    desiredCapacity,
    configuration: before,
    running: true,
    ...options,
  });
}

export interface Rollout {
  readonly group: Group;
  readonly refresh: Refresh;
  readonly samples: readonly Sample[];
}

/** Starts a refresh, and writes down every change of the group from then on. */
export function start(of: Group, preferences: Preferences = {}, options: Partial<RefreshOptions> = {}): Rollout {
  const samples: Sample[] = [];
  of.observe = (sample) => samples.push(sample);
  const refresh = startRefresh(of, { id: "refresh-1", desired: after, preferences, ...options });
  return { group: of, refresh, samples };
}

/** Starts a refresh and follows it until nothing more happens, for sixty days at most. */
export function rollOut(of: Group, preferences: Preferences = {}, options: Partial<RefreshOptions> = {}): Rollout {
  const rollout = start(of, preferences, options);
  advance(of, of.now + 60 * day);
  return rollout;
}

/** How many instances of each configuration there are. */
export function keys(of: Group): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const {
    configuration: { key },
  } of of.instances.values())
    counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

/** How many launches each moment saw: the batches of a rollout. */
export function batches({ group: { activities } }: Rollout): number[] {
  const counts = new Map<number, number>();
  for (const { kind, startTime } of activities) {
    if (kind === "Launch") counts.set(startTime, (counts.get(startTime) ?? 0) + 1);
  }
  return [...counts.values()];
}

export function first(of: Group, count = 1): string[] {
  return [...of.instances.keys()].slice(0, count);
}
