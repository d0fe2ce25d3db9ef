import { leaksOf } from "./fuzz";
import { isWhole } from "./whole";

const answers = isWhole ? 100_000 : 4_000;

test(`${answers} fuzzed answers with planted identifiers: none survives`, () => {
  expect(leaksOf(7, answers)).toEqual([]);
});
