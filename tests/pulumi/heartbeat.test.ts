import { heartbeat } from "../../src/pulumi/heartbeat";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function shown(environment: NodeJS.ProcessEnv) {
  const lines: string[] = [];
  return { lines, beat: heartbeat((line) => lines.push(line), environment) };
}

test("a person sees within 15 seconds that a wait is alive, and for how long nothing has changed", () => {
  const { lines, beat } = shown({});
  beat.progress("InProgress, 40 %");
  jest.advanceTimersByTime(30_000);
  beat.progress("InProgress, 50 %");
  jest.advanceTimersByTime(15_000);
  beat.stop();
  jest.advanceTimersByTime(60_000);
  expect(lines).toEqual([
    "InProgress, 40 %",
    "InProgress, 40 % (for 15 s)",
    "InProgress, 40 % (for 30 s)",
    "InProgress, 50 %",
    "InProgress, 50 % (for 15 s)",
  ]);
});

test("the log of a pipeline gets a sign of life every five minutes", () => {
  const { lines, beat } = shown({ CI: "true" });
  beat.progress("InProgress, 40 %");
  jest.advanceTimersByTime(300_000);
  beat.stop();
  expect(lines).toEqual(["InProgress, 40 %", "InProgress, 40 % (for 5 min)"]);
});
