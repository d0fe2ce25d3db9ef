/** A part of `benchmarks/forecast.ts`, so that forecasts do not get worse unnoticed; the benchmark has the figures. */
import { outcomes, shareWithin } from "../../benchmarks/forecast";

const all = outcomes(100, "accuracy", "usual");

test("capacity never falls below what was promised, whatever goes wrong on the way", () => {
  expect(all.filter(({ overPromised }) => overPromised)).toEqual([]);
});

test("nine of ten durations are forecast within 15 percent where nothing goes wrong", () => {
  const undisturbed = all.filter(({ drawn }) => !drawn.unhealthy && drawn.scaling.length === 0);
  expect(undisturbed.length).toBeGreaterThan(40);
  expect(shareWithin(undisturbed, 0.15)).toBeGreaterThanOrEqual(0.9);
});
