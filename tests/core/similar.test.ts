import { similarTo } from "../../src/core/similar";

const names = ["minHealthyPercentage", "maxHealthyPercentage", "checkpointDelay", "bakeTime"];

test.each([
  ["maxHealtyPercentage", "maxHealthyPercentage"],
  ["MinHealthyPercentage", "minHealthyPercentage"],
  ["baketime", "bakeTime"],
  ["checkpointDelays", "checkpointDelay"],
])("for the misspelt name %s, %s was meant", (given, meant) => {
  expect(similarTo(given, names)).toBe(meant);
});

test("for a name that is like no other, none was meant", () => {
  expect(similarTo("colour", names)).toBeUndefined();
});
