/** Advice beside an exhaustive search: a part of `benchmarks/advise.ts`, on other seeds. */
import { compare } from "../../benchmarks/advise";

test("advice is as fast as the best of all percentages, and keeps its constraints", () => {
  const { advised, within5Percent, plays, kept, wronglyUnmet } = compare(8, "tests");
  expect(advised).toBeGreaterThan(4);
  expect(within5Percent / advised).toBeGreaterThanOrEqual(0.9);
  expect(kept / plays).toBeGreaterThanOrEqual(0.99);
  expect(wronglyUnmet).toBe(0);
});
