/** A refresh that a group has been through says how long its launches take. */

import type { RecentRefresh } from "../../src/core/snapshot";
import { calibrate } from "../../src/forecast/calibrate";
import { forecastRefresh } from "../../src/forecast/forecast";
import { launchTimes, meanOf } from "../../src/forecast/launchTimes";
import { simulate } from "../../src/forecast/simulate";
import { aGroup } from "./groups";

const group = aGroup("ess", 10, { recentLaunches: [], warmupSeconds: 0 });
const preferences = { minHealthyPercentage: 90, maxHealthyPercentage: 100, skipMatching: false };

function refreshOfLaunches(seconds: number): RecentRefresh {
  const played = simulate(
    group,
    { preferences },
    { seed: "then", launchSeconds: [seconds, seconds], recordActivities: false },
  );
  return { preferences, replaced: 10, seconds: played?.seconds ?? Number.NaN };
}

test.each([60, 90, 150])("launches of a group that was refreshed with ones of %d s take about that", (seconds) => {
  const times = calibrate(launchTimes([]), { ...group, recentRefreshes: [refreshOfLaunches(seconds)] });
  expect(times.refreshes).toBe(1);
  expect(Math.abs(meanOf(times) - seconds)).toBeLessThan(0.15 * seconds);
  expect(times.uncertainty).toBeLessThan(launchTimes([]).uncertainty);
});

test("the more refreshes say the same, the surer it is", () => {
  const [once, often] = [1, 3].map((count) =>
    calibrate(launchTimes([]), {
      ...group,
      recentRefreshes: Array.from({ length: count }, () => refreshOfLaunches(80)),
    }),
  );
  expect(often?.uncertainty).toBeLessThan(once?.uncertainty ?? 0);
});

test("a refresh that was held up for hours says nothing about launches", () => {
  const heldUp = { ...refreshOfLaunches(80), seconds: 6 * 3600 };
  expect(calibrate(launchTimes([]), { ...group, recentRefreshes: [heldUp] })).toEqual(launchTimes([]));
});

test("what a refresh of another size says counts for what that group was, unless some were skipped", () => {
  const grown = { ...group, desiredCapacity: 30, instances: aGroup("ess", 30).instances };
  const recentRefreshes = [refreshOfLaunches(60)];
  const times = calibrate(launchTimes([]), { ...grown, recentRefreshes });
  expect(Math.abs(meanOf(times) - 60)).toBeLessThan(9);
  const [skipping] = recentRefreshes.map((refresh) => ({
    ...refresh,
    preferences: { ...preferences, skipMatching: true },
  }));
  expect(calibrate(launchTimes([]), { ...grown, recentRefreshes: skipping ? [skipping] : [] })).toEqual(
    launchTimes([]),
  );
});

test("a refresh of thousands is not played again: a preview is not to be held up", () => {
  const refresh = { preferences, replaced: 10_000, seconds: 7_200 };
  expect(calibrate(launchTimes([]), { ...group, recentRefreshes: [refresh] })).toEqual(launchTimes([]));
});

test("a group that was refreshed before is forecast to take as long again", () => {
  const before = refreshOfLaunches(70);
  const { forecast } = forecastRefresh({ ...group, recentRefreshes: [before, before] }, { preferences });
  expect(Math.abs(forecast.duration.expected - before.seconds)).toBeLessThan(0.1 * before.seconds);
});
