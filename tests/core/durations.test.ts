import { secondsOf } from "../../src/core/durations";

test.each([
  ["90s", 90],
  ["1h30m", 5_400],
  ["1.5h", 5_400],
  ["250ms", 0.25],
])("%s are %d seconds", (duration, seconds) => expect(secondsOf(duration)).toBe(seconds));

test.each(["", "soon", "90", "1d", "1h later", "-1s"])("%j is refused, with what would be right", (duration) =>
  expect(() => secondsOf(duration)).toThrow('it must be one such as "90s" or "1h30m"'),
);
