/** A part of `benchmarks/forecast.ts`, so that forecasts do not get worse unnoticed; the benchmark has the figures. */
import { isUndisturbed, type Outcome, outcomes, shareWithin } from "../../benchmarks/forecast";

let all: Outcome[];
beforeAll(async () => {
  all = await outcomes(60, "accuracy", "usual");
});

test("capacity never falls below what was promised, whatever goes wrong on the way", () => {
  expect(all.filter(({ overPromised }) => overPromised)).toEqual([]);
});

test("nine of ten durations are forecast within 15 percent where nothing goes wrong", () => {
  const undisturbed = all.filter(isUndisturbed);
  expect(undisturbed.length).toBeGreaterThan(25);
  expect(shareWithin(undisturbed, 0.15)).toBeGreaterThanOrEqual(0.9);
});
