/** Groups that are alike share the plays of their forecasts, and no others do. */
import type { GroupSnapshot, PlannedRefresh } from "../../src/core/snapshot";
import type { LaunchTimes } from "../../src/forecast/launchTimes";
import { playsOf } from "../../src/forecast/plays";
import { autoScalingRules } from "../../src/simulation/rules";
import { aGroup, aLaunch, anInstance } from "./groups";

const group = aGroup("ess", 3, { recentLaunches: [] });
const refresh: PlannedRefresh = { preferences: {} };
const times: LaunchTimes = { seconds: [45, 180], uncertainty: 35, launches: 0 };
const effort = { replacements: 15, leastRuns: 3 };
const plays = (of: GroupSnapshot, planned = refresh, launches = times) => playsOf(of, planned, launches, effort);

test("the name and what is known of earlier refreshes make no difference", () => {
  const recentRefreshes = [{ preferences: {}, replaced: 3, seconds: 300 }];
  expect(plays({ ...group, name: "api", recentRefreshes })).toBe(plays(group));
});

test.each<[string, Partial<GroupSnapshot>]>([
  ["its cloud", { rules: autoScalingRules }],
  ["its bounds", { maxSize: 3 }],
  ["its capacity", { desiredCapacity: 2 }],
  [
    "an instance that runs the desired configuration",
    { instances: [anInstance(), anInstance(), anInstance({ matches: true })] },
  ],
  ["the weight of new instances", { newWeights: [2] }],
  ["its warm-up", { warmupSeconds: 300 }],
  ["its health checks", { healthSeconds: [0, 300] }],
  ["a hook", { hooks: [{ name: "drain", transition: "Terminating", heartbeatSeconds: 600 }] }],
  ["connections that drain", { drainSeconds: 300 }],
  ["its launches", { recentLaunches: [aLaunch(2)] }],
])("a group that differs in %s is played by itself", (_, different) => {
  expect(plays({ ...group, ...different })).not.toBe(plays(group));
});

test("other preferences and other launch times are played by themselves", () => {
  expect(plays(group, { preferences: { minHealthyPercentage: 50 } })).not.toBe(plays(group));
  expect(plays(group, refresh, { ...times, seconds: [46, 180] })).not.toBe(plays(group));
});

test("a process does not remember more and more plays", () => {
  const first = plays(group);
  for (let warmupSeconds = 1; warmupSeconds <= 20; warmupSeconds++) plays({ ...group, warmupSeconds });
  expect(plays(group)).not.toBe(first);
  expect(plays(group)).toEqual(first);
});
