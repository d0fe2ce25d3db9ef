/** The pictures of the README and the docs, each from a seed: the same code draws the same pictures. */
import { forecastRefresh } from "../src/forecast/forecast";
import { type CapacityCurve, curveOfSamples } from "../src/pictures/capacityCurve";
import { advance, nextEventTime } from "../src/simulation/advance";
import { createGroup } from "../src/simulation/createGroup";
import type { Configuration, Preferences, Sample } from "../src/simulation/model";
import { rollbackRefresh, startRefresh } from "../src/simulation/refresh";
import { essRules } from "../src/simulation/rules";

const INSTANCES = 20;
const MINUTE = 60_000;
const LAUNCH_SECONDS = [60, 110] as const;

const preferences: Preferences = {
  minHealthyPercentage: 90,
  maxHealthyPercentage: 120,
  skipMatching: false,
  checkpoints: [20, 60, 100],
  checkpointPauseSeconds: 600,
};
const bounds = { floor: 18, ceiling: 24 };

/** By the name of the file, without its extension. */
export const pictures: Readonly<Record<string, () => CapacityCurve>> = {
  forecast: () => {
    const instance = { matches: false, weight: 1, protected: false, standby: false, manual: false };
    const group = {
      rules: essRules,
      name: "asg-web",
      minSize: 0,
      maxSize: 40,
      desiredCapacity: INSTANCES,
      instances: Array.from({ length: INSTANCES }, () => instance),
      newWeights: [1],
      warmupSeconds: 45,
      recentLaunches: [65, 80, 90, 105].map((seconds) => ({ least: seconds - 0.5, most: seconds + 0.5 })),
    };
    const title = "Forecast for asg-web: 90 to 120 percent, pauses at 20, 60 and 100 percent";
    return curveOfSamples(forecastRefresh(group, { preferences }).curve, { title, ...bounds });
  },
  rollout: () =>
    curveOfSamples(
      play(() => {}),
      { title: "A rollout, as it went", ...bounds },
    ),
  rollback: () =>
    curveOfSamples(
      play((group) => {
        advance(group, 21 * MINUTE);
        rollbackRefresh(group);
      }),
      { title: "A rollout that is rolled back after 21 minutes", ...bounds },
    ),
};

function play(meanwhile: (group: ReturnType<typeof createGroup>) => void): Sample[] {
  const configuration = (key: string): Configuration => ({
    key,
    healthy: true,
    launchSeconds: LAUNCH_SECONDS,
    instanceTypes: [{ name: "ecs.g7.large", weight: 1 }],
  });
  const group = createGroup({
    id: "asg-web",
    rules: essRules,
    now: 0,
    seed: "pictures",
    minSize: 0,
    maxSize: 2 * INSTANCES,
    desiredCapacity: INSTANCES,
    configuration: configuration("m-1"),
    running: true,
    warmupSeconds: 45,
  });
  const samples: Sample[] = [];
  group.observe = (sample) => samples.push(sample);
  const refresh = startRefresh(group, { id: "ir-1", preferences, desired: configuration("m-2") });
  meanwhile(group);
  while (refresh.endTime === undefined) advance(group, nextEventTime(group));
  return samples;
}
