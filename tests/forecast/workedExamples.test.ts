/** Every example with numbers that the vendors' pages give, forecast. */

import type { GroupSnapshot, PlannedRefresh } from "../../src/core/snapshot";
import { type Forecast, forecastRefresh } from "../../src/forecast/forecast";
import { aGroup, aLaunch, anInstance } from "./groups";

const sizes = ({ batches }: Forecast) => batches.map(({ instances }) => instances);
const forecast = (group: GroupSnapshot, preferences: PlannedRefresh["preferences"]) =>
  forecastRefresh(group, { preferences }).forecast;

describe("EC2 Auto Scaling", () => {
  test("10 instances, 80 to 100 percent, checkpoints 20, 50, 100: two at a time, and fewer where a checkpoint says so", () => {
    const checkpoints = [20, 50, 100];
    const found = forecast(aGroup("autoscaling", 10), {
      minHealthyPercentage: 80,
      maxHealthyPercentage: 100,
      checkpoints,
    });
    expect(sizes(found)).toEqual([2, 2, 1, 2, 2, 1]);
    expect(found.pauses.map(({ percentage, seconds }) => [percentage, seconds])).toEqual([
      [20, 3600],
      [50, 3600],
    ]);
    expect(found.lowestReady).toBe(8);
    expect(found.highestTotal).toBe(10);
  });

  test("90 to 100 percent replaces 10 percent at a time, and leaves 90 percent alone meanwhile", () => {
    const found = forecast(aGroup("autoscaling", 20), { minHealthyPercentage: 90, maxHealthyPercentage: 100 });
    expect(sizes(found)).toEqual(Array(10).fill(2));
    expect(found.lowestReady).toBe(18);
  });

  test("both 100: one at a time, launched first, so that capacity never falls", () => {
    const found = forecast(aGroup("autoscaling", 4), { minHealthyPercentage: 100, maxHealthyPercentage: 100 });
    expect(sizes(found)).toEqual([1, 1, 1, 1]);
    expect(found.lowestReady).toBe(4);
    expect(found.highestTotal).toBe(5);
  });

  test("a minimum of 100 with no maximum: one at a time", () => {
    expect(sizes(forecast(aGroup("autoscaling", 4), { minHealthyPercentage: 100 }))).toEqual([1, 1, 1, 1]);
  });

  test("a minimum of 0: all at once", () => {
    const found = forecast(aGroup("autoscaling", 7), { minHealthyPercentage: 0 });
    expect(sizes(found)).toEqual([7]);
    expect(found.lowestReady).toBe(0);
  });

  test("the default of 90 percent is rounded up to whole instances", () => {
    expect(forecast(aGroup("autoscaling", 15), {}).lowestReady).toBe(14);
  });

  test("the request of the API's page: 50 percent, 400 seconds of warm-up", () => {
    const group = aGroup("autoscaling", 10, { recentLaunches: [100, 100, 100].map(aLaunch) });
    const found = forecast(group, { minHealthyPercentage: 50, warmupSeconds: 400 });
    expect(sizes(found)).toEqual([5, 5]);
    // Launches are known to half a second.
    expect(Math.abs(found.duration.expected - (5 + 2 * (100 + 400)))).toBeLessThanOrEqual(1);
  });

  test("a weight as large as the desired capacity: everything may go at once", () => {
    const instances = [anInstance({ weight: 4 }), anInstance({ weight: 4 })];
    const group = aGroup("autoscaling", instances, { newWeights: [8], desiredCapacity: 8 });
    const found = forecast(group, { minHealthyPercentage: 90 });
    expect(sizes(found)).toEqual([2]);
    expect(found.warnings.map(({ name }) => name)).toEqual(["weights replace everything at once"]);
  });

  test("instances that are protected or in standby hold it up for an hour, and then it fails", () => {
    const instances = [anInstance(), anInstance(), anInstance({ protected: true }), anInstance({ standby: true })];
    const found = forecast(aGroup("autoscaling", instances), { minHealthyPercentage: 50 });
    expect(found.outcome).toBe("Failed");
    expect(found.leftAlone.waitedFor).toBe(2);
    expect(found.duration.expected).toBeGreaterThanOrEqual(3600);
  });

  test("skip matching leaves alone what is up to date, and ends at once when that is everything", () => {
    const instances = [anInstance({ matches: true }), anInstance({ matches: true }), anInstance(), anInstance()];
    const some = forecast(aGroup("autoscaling", instances), { skipMatching: true });
    expect([some.toReplace, some.leftAlone.matching]).toEqual([2, 2]);
    const none = forecast(aGroup("autoscaling", instances.slice(0, 2)), { skipMatching: true });
    expect([none.outcome, none.toReplace, none.duration.expected]).toEqual(["Successful", 0, 0]);
  });
});

describe("Alibaba Cloud ESS", () => {
  test("both 100: one instance at a time", () => {
    const found = forecast(aGroup("ess", 3), { minHealthyPercentage: 100, maxHealthyPercentage: 100 });
    expect(sizes(found)).toEqual([1, 1, 1]);
    expect(found.lowestReady).toBe(3);
  });

  test("the defaults: 80 percent stay, 120 are not exceeded", () => {
    const found = forecast(aGroup("ess", 10), {});
    expect([found.lowestReady, found.highestTotal]).toEqual([8, 12]);
  });

  test("the request of the API's page: 80 to 100 percent", () => {
    const found = forecast(aGroup("ess", 10), { minHealthyPercentage: 80, maxHealthyPercentage: 100 });
    expect(sizes(found)).toEqual([2, 2, 2, 2, 2]);
    expect(found.highestTotal).toBe(10);
  });

  test("Terraform's example: one instance, 90 to 150 percent, one hour's pause at 100 percent", () => {
    const preferences = { minHealthyPercentage: 90, maxHealthyPercentage: 150, skipMatching: false };
    const found = forecast(aGroup("ess", 1), { ...preferences, checkpoints: [100], checkpointPauseSeconds: 3600 });
    expect(found.lowestReady).toBe(1);
    expect(found.pauses).toEqual([{ status: "CheckpointPause", at: 125, seconds: 3600, percentage: 100 }]);
  });

  test.each([[[50, 70, 100]], [[50, 60, 100]]])(
    "the provider's acceptance tests: 90 to 150 percent, checkpoints %j, a minute's pause at each",
    (checkpoints) => {
      const preferences = { minHealthyPercentage: 90, maxHealthyPercentage: 150, skipMatching: false };
      const found = forecast(aGroup("ess", 10), { ...preferences, checkpoints, checkpointPauseSeconds: 60 });
      expect(found.pauses.map(({ percentage, seconds }) => [percentage, seconds])).toEqual(
        checkpoints.map((each) => [each, 60]),
      );
      expect(found.lowestReady).toBe(9);
      expect(found.highestTotal).toBeLessThanOrEqual(15);
    },
  );

  test("instances that are protected, in standby or added by hand are ignored", () => {
    const instances = [
      anInstance(),
      anInstance({ protected: true }),
      anInstance({ standby: true }),
      anInstance({ manual: true }),
    ];
    const found = forecast(aGroup("ess", instances), {});
    expect(found.outcome).toBe("Successful");
    expect(found.toReplace).toBe(1);
    expect(found.leftAlone).toMatchObject({ protected: 1, standby: 1, manual: 1 });
  });

  test("nothing is started when no instance needs it", () => {
    expect(forecast(aGroup("ess", [anInstance({ matches: true })]), {}).outcome).toBe("NothingToReplace");
  });
});
