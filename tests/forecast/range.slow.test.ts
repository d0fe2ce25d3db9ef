/** Ranges in worlds that share nothing with the model: a part of `benchmarks/forecastRange.ts`, on other seeds. */
import { coverageOf } from "../../benchmarks/forecastRange";
import { worlds } from "../../benchmarks/worlds";
import { forecastRefresh } from "../../src/forecast/forecast";
import { aGroup } from "./groups";

describe.each(worlds)("$name", (world) => {
  test("the range of a group with three earlier refreshes holds, and capacity is never over-promised", () => {
    const { inRange, overPromised } = coverageOf(world, 3, 12, "tests");
    expect(overPromised).toBe(0);
    // So few cases say little about the share: the benchmark has the figures.
    expect(inRange).toBeGreaterThanOrEqual(0.75);
  });

  test("the range of a group that was never refreshed holds too, and is wider", () => {
    const { inRange, overPromised } = coverageOf(world, 0, 12, "tests");
    expect(overPromised).toBe(0);
    expect(inRange).toBeGreaterThanOrEqual(0.65);
  });
});

const preferences = { minHealthyPercentage: 90, maxHealthyPercentage: 120, skipMatching: false };
const durationAfter = (...seconds: number[]) => {
  const recentRefreshes = seconds.map((each) => ({ preferences, replaced: 10, seconds: each }));
  return forecastRefresh(aGroup("autoscaling", 10, { recentRefreshes }), { preferences }).forecast.duration;
};

test("a group whose refreshes take three times as long as the model says is forecast to take so long again", () => {
  const { expected: model } = durationAfter();
  const { expected, least, most, refreshes } = durationAfter(3 * model, 3.1 * model, 2.9 * model);
  expect(refreshes).toBe(3);
  expect(expected / model).toBeGreaterThan(2.8);
  expect(expected / model).toBeLessThan(3.2);
  expect(least).toBeGreaterThan(2 * model);
  expect(most).toBeLessThan(4 * model);
});

test("refreshes that differ make the range wide, and none at all makes it widest", () => {
  const width = ({ least, most }: { least: number; most: number }) => most / least;
  const steady = width(durationAfter(600, 610, 590));
  const unsteady = width(durationAfter(400, 600, 900));
  expect(steady).toBeLessThan(unsteady);
  expect(unsteady).toBeLessThan(width(durationAfter()));
});
