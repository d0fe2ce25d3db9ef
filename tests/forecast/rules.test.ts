/** What holds for every forecast. */
import fc from "fast-check";
import { foresee } from "../../src/forecast/forecast";
import { launchTimes } from "../../src/forecast/launchTimes";
import { aGroup, anInstance } from "./groups";

const groups = fc
  .record({
    service: fc.constantFrom("ess" as const, "autoscaling" as const),
    instances: fc.array(
      fc.record({ matches: fc.constantFrom(true, false, undefined), protected: fc.boolean(), manual: fc.boolean() }),
      { minLength: 1, maxLength: 30 },
    ),
    recentLaunches: fc.array(fc.integer({ min: 10, max: 600 }), { maxLength: 8 }),
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
      const { batches, toReplace, leftAlone, instances } = foresee(group, { preferences }).forecast;
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
      const { lowestReady, desiredCapacity, warnings } = foresee(group, { preferences }).forecast;
      const floor = Math.ceil((desiredCapacity * preferences.minHealthyPercentage) / 100);
      expect(lowestReady >= floor || warnings.length > 0).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("the same group and options give the same forecast", () => {
  const group = aGroup("autoscaling", 12, { recentLaunches: [30, 45, 90] });
  expect(foresee(group, { preferences: {} })).toEqual(foresee(group, { preferences: {} }));
});

test("launch times enclose what was seen, and leave out an accident", () => {
  expect(launchTimes([60, 62, 64, 66, 900])).toMatchObject({ seconds: [58, 68], launches: 4 });
  expect(launchTimes([100])).toMatchObject({ seconds: [75, 125], launches: 1 });
});
