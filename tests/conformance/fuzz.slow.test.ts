import { leaksOf } from "./fuzz";

test("100,000 fuzzed answers with planted identifiers: none survives", () => {
  expect(leaksOf(7, 100_000)).toEqual([]);
});
