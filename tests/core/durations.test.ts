import fc from "fast-check";
import { DURATION_FORM, durationText, secondsOf } from "../../src/core/durations";

test.each([
  ["90s", 90],
  ["1h30m", 5_400],
  ["1.5h", 5_400],
  ["250ms", 0.25],
  ["0s", 0],
  ["1d", 86_400],
  ["1d12h", 129_600],
])("%s are %d seconds", (text, seconds) => expect(secondsOf(text)).toBe(seconds));

test.each(["", "soon", "90", "1w", "1h later", "-1s", "1e3s", ".5h", "1.h", "1 h"])(
  "%j is refused, and the message says what would be right",
  (text) =>
    expect(() => secondsOf(text)).toThrow(`${JSON.stringify(text)} is not a duration; it must be ${DURATION_FORM}`),
);

// Reading that backtracks takes a minute for these, and the test runs out of time.
test.each(["9".repeat(300_000), "1s".repeat(150_000)])("300,000 characters are refused in a short message", (text) => {
  expect(() => secondsOf(text)).toThrow(/^.{30,120}$/);
});

test.each([
  [0, "0 s"],
  [59.6, "1 min"],
  [61, "1 min 1 s"],
  [599, "9 min 59 s"],
  [757, "13 min"],
  [3599, "1 h"],
  [3601, "1 h"],
  [5400, "1 h 30 min"],
  [86_399, "1 d"],
  [90_000, "1 d 1 h"],
])("%d seconds are %s", (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

test("what is printed says the duration to within a twentieth, whatever it is", () => {
  fc.assert(
    fc.property(fc.double({ min: 10, max: 30 * 86_400, noNaN: true }), (seconds) => {
      const read = secondsOf(durationText(seconds).replaceAll("min", "m").replaceAll(" ", ""));
      expect(Math.abs(read - seconds) / seconds).toBeLessThanOrEqual(0.05);
    }),
  );
});
