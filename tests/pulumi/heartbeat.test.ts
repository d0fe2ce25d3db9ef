import { heartbeat } from "../../src/pulumi/heartbeat";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function shown(environment: NodeJS.ProcessEnv) {
  const lines: string[] = [];
  return { lines, beat: heartbeat((line) => lines.push(line), "Waiting for an answer", environment) };
}

test("a person sees within 10 seconds that a wait is alive, and for how long nothing has changed", () => {
  const { lines, beat } = shown({});
  beat.progress("InProgress, 40 %");
  jest.advanceTimersByTime(20_000);
  beat.progress("InProgress, 50 %");
  jest.advanceTimersByTime(10_000);
  beat.stop();
  jest.advanceTimersByTime(60_000);
  expect(lines).toEqual([
    "InProgress, 40 %",
    "InProgress, 40 % (for 10 s)",
    "InProgress, 40 % (for 20 s)",
    "InProgress, 50 %",
    "InProgress, 50 % (for 10 s, 30 s in all)",
  ]);
});

test("the log of a pipeline gets a sign of life every five minutes", () => {
  const { lines, beat } = shown({ CI: "true" });
  beat.progress("InProgress, 40 %");
  jest.advanceTimersByTime(300_000);
  beat.stop();
  expect(lines).toEqual(["InProgress, 40 %", "InProgress, 40 % (for 5 min)"]);
});

test("a wait for a cloud that has not answered yet is visible", () => {
  const { lines, beat } = shown({});
  jest.advanceTimersByTime(20_000);
  beat.stop();
  expect(lines).toEqual(["Waiting for an answer (for 10 s)", "Waiting for an answer (for 20 s)"]);
});

test("each line has the time that is left then", () => {
  const { lines, beat } = shown({});
  let left = 30;
  beat.progress(() => `${left} s left`);
  left = 20;
  jest.advanceTimersByTime(10_000);
  beat.stop();
  expect(lines).toEqual(["30 s left", "20 s left"]);
});
