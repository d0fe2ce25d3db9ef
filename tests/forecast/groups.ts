import type { GroupSnapshot, InstanceSnapshot, LaunchDuration } from "../../src/core/snapshot";
import { autoScalingRules, essRules } from "../../src/simulation/rules";

/** An instance that is to be replaced, with the given changes. */
export function anInstance(said: Partial<InstanceSnapshot> = {}): InstanceSnapshot {
  return { matches: false, weight: 1, protected: false, standby: false, manual: false, ...said };
}

/** A launch that took so many whole seconds. */
export function aLaunch(seconds: number): LaunchDuration {
  return { least: seconds - 0.5, most: seconds + 0.5 };
}

/** A group of equal instances whose launches take a minute, and a minute more to warm up. */
export function aGroup(
  service: "autoscaling" | "ess",
  instances: number | readonly InstanceSnapshot[],
  said: Partial<GroupSnapshot> = {},
): GroupSnapshot {
  const all = typeof instances === "number" ? Array.from({ length: instances }, () => anInstance()) : instances;
  return {
    rules: service === "ess" ? essRules : autoScalingRules,
    name: "web",
    minSize: 0,
    maxSize: 2 * all.length,
    desiredCapacity: all.reduce((sum, { weight, standby }) => sum + (standby ? 0 : weight), 0),
    instances: all,
    newWeights: [1],
    warmupSeconds: 60,
    recentLaunches: [60, 60, 60].map(aLaunch),
    ...said,
  };
}
