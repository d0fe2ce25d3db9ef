import { painted } from "../../src/cli/colour";

const terminal = { isTTY: true, hasColors: () => true };
const file = { isTTY: false };

test.each([
  ["a terminal has colour", terminal, {}, "\u001b[32m✓\u001b[39m"],
  ["a file has none", file, {}, "✓"],
  ["NO_COLOR turns it off", terminal, { NO_COLOR: "1" }, "✓"],
  ["FORCE_COLOR turns it on", file, { FORCE_COLOR: "1" }, "\u001b[32m✓\u001b[39m"],
  ["FORCE_COLOR=0 turns it off", terminal, { FORCE_COLOR: "0" }, "✓"],
])("%s", (_, stream, environment, expected) => {
  expect(painted("green", "✓", stream, environment as NodeJS.ProcessEnv)).toBe(expected);
});
