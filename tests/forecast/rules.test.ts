/** What holds for every forecast. */
import fc from "fast-check";
import { forecastRefresh } from "../../src/forecast/forecast";
import { launchTimes } from "../../src/forecast/launchTimes";
import { aGroup, aLaunch, anInstance } from "./groups";

const groups = fc
  .record({
    service: fc.constantFrom("ess" as const, "autoscaling" as const),
    instances: fc.array(
      fc.record({ matches: fc.constantFrom(true, false, undefined), protected: fc.boolean(), manual: fc.boolean() }),
      { minLength: 1, maxLength: 30 },
    ),
    recentLaunches: fc.array(fc.integer({ min: 10, max: 600 }).map(aLaunch), { maxLength: 8 }),
  })
  .map(({ service, instances, recentLaunches }) => aGroup(service, instances.map(anInstance), { recentLaunches }));

const preferences = fc.record({
  minHealthyPercentage: fc.integer({ min: 0, max: 100 }),
  maxHealthyPercentage: fc.option(fc.integer({ min: 100, max: 200 }), { nil: undefined }),
  skipMatching: fc.boolean(),
  protectedInstances: fc.constantFrom("Refresh" as const, "Ignore" as const),
});

test("every instance is replaced in one batch, or left alone for one reason", () => {
  fc.assert(
    fc.property(groups, preferences, (group, preferences) => {
      const { batches, toReplace, leftAlone, instances } = forecastRefresh(group, { preferences }).forecast;
      const { matching, protected: shielded, standby, manual } = leftAlone;
      expect(batches.reduce((sum, batch) => sum + batch.instances, 0)).toBe(toReplace);
      expect(toReplace + matching + shielded + standby + manual).toBe(instances);
    }),
    { numRuns: 60 },
  );
});

test("capacity stays between the bounds, or a warning says that it cannot", () => {
  fc.assert(
    fc.property(groups, preferences, (group, preferences) => {
      const { lowestReady, desiredCapacity, warnings } = forecastRefresh(group, { preferences }).forecast;
      const floor = Math.ceil((desiredCapacity * preferences.minHealthyPercentage) / 100);
      expect(lowestReady >= floor || warnings.length > 0).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("the same group and options give the same forecast", () => {
  const group = aGroup("autoscaling", 12, { recentLaunches: [30, 45, 90].map(aLaunch) });
  expect(forecastRefresh(group, { preferences: {} })).toEqual(forecastRefresh(group, { preferences: {} }));
});

test("launch times enclose what was seen, and leave out an accident", () => {
  const { seconds, launches } = launchTimes([60, 62, 64, 66, 900].map(aLaunch));
  expect(launches).toBe(4);
  expect(seconds[0]).toBeGreaterThan(54);
  expect(seconds[0]).toBeLessThanOrEqual(60);
  expect(seconds[1]).toBeGreaterThanOrEqual(66);
  expect(seconds[1]).toBeLessThan(72);
});

test("launches that all took the same are expected to take that, and a single one says little", () => {
  const [least, most] = launchTimes([100, 100, 100].map(aLaunch)).seconds;
  expect([100 - least, most - 100]).toEqual([1, 1]);
  const single = launchTimes([aLaunch(100)]);
  expect(single.seconds[0]).toBeLessThan(100);
  expect(single.seconds[1]).toBeGreaterThan(100);
});

test("launches that are known to the minute narrow each other down", () => {
  // Of launches that take 70 s: the minute after the beginning is told from 0, 20 and 45 seconds past it.
  const seen = [60, 40, 15].map((least) => ({ least, most: least + 60 }));
  const { seconds, uncertainty } = launchTimes(seen);
  const mean = (seconds[0] + seconds[1]) / 2;
  expect(mean).toBeGreaterThan(60);
  expect(mean).toBeLessThan(80);
  expect(uncertainty).toBeLessThan(launchTimes(seen.slice(0, 1)).uncertainty);
});
