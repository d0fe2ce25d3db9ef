/** What an analysis stops, and what it lets go on: a part of `benchmarks/analysis.ts`, on another seed. */
import { analysed, sumOf } from "../../../benchmarks/analysis";

test("of simulated rollouts the bad ones are stopped in time, and the good ones are not", async () => {
  const rows = await analysed(240, "tests");
  const [bad, good] = [rows.filter(({ isBad }) => isBad), rows.filter(({ isBad }) => !isBad)];
  expect([sumOf(bad, "rollouts"), sumOf(good, "rollouts")]).toEqual([240, 240]);
  expect(sumOf(bad, "inTime") / 240).toBeGreaterThanOrEqual(0.98);
  expect(sumOf(good, "stopped") / 240).toBeLessThanOrEqual(0.02);
  const delays = bad.flatMap((row) => row.delays).toSorted((one, other) => one - other);
  expect(delays[delays.length >> 1]).toBeLessThanOrEqual(90_000);
});
