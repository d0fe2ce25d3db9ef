/** What a person sees in a terminal while a refresh is followed. */
import { join } from "node:path";
import { screenFor } from "../../src/cli/screen";
import { processClock } from "../../src/core/clock";
import type { Refresh } from "../../src/core/cloud";
import { track } from "../../src/core/lifecycle/trackedRefresh";
import { Terminal } from "./terminal";

// Jest cannot load a package of ES modules: it gets the same code in the other form.
jest.mock("log-update", () => {
  const { buildSync } = jest.requireActual<typeof import("esbuild")>("esbuild");
  const entry = join(__dirname, "../../node_modules/log-update/index.js");
  const options = { bundle: true, platform: "node", format: "cjs", write: false } as const;
  const loaded = { exports: {} };
  new Function("module", "require", buildSync({ entryPoints: [entry], ...options }).outputFiles[0]?.text ?? "")(
    loaded,
    require,
  );
  return loaded.exports;
});

const START = Date.UTC(2026, 0, 1);
const refresh = (change: Partial<Refresh>): Refresh => ({
  id: "ir-1",
  group: "asg-web",
  status: "InProgress",
  stage: "running",
  ended: false,
  fraction: 0.4,
  replaced: 4,
  total: 10,
  startTime: "2026-01-01T00:00:00Z",
  arguments: {},
  outputs: {},
  plannedPauses: { checkpoints: [], checkpointSeconds: 0, bakeSeconds: 0, goal: 1 },
  ...change,
});
const ended = refresh({
  status: "Successful",
  stage: "successful",
  ended: true,
  fraction: 1,
  replaced: 10,
  outputs: { endTime: "2026-01-01T00:10:00Z" },
});

beforeEach(() => jest.useFakeTimers({ now: START + 240_000 }));
afterEach(() => jest.useRealTimers());

/** What is on the screen after two minutes of a refresh, and when it has ended. */
async function seenIn(columns: number): Promise<{ meanwhile: string[]; end: string[] }> {
  const terminal = new Terminal(columns);
  const screen = await screenFor(terminal as unknown as NodeJS.WriteStream, processClock);
  const tracked = track(undefined, refresh({}), processClock.now());
  screen.show("ir-1", tracked);
  jest.advanceTimersByTime(120_000);
  const meanwhile = terminal.lines;
  screen.show("ir-1", track(tracked, ended, processClock.now()));
  jest.advanceTimersByTime(3_000);
  screen.close();
  return { meanwhile, end: terminal.lines };
}

test("two lines are drawn again every second, and the last block is there once", async () => {
  const { meanwhile, end } = await seenIn(100);
  expect(meanwhile).toHaveLength(2);
  expect(meanwhile[1]).toMatch(/ 40 % {2}InProgress, capacity 4 of 10, 6 min so far/);
  expect(end).toEqual(["✓ asg-web ir-1", expect.stringMatching(/100 % {2}Successful, .*in 10 min$/)]);
});

test.each([20, 30])("a terminal of %d columns has one fact in a line, and no line piles up", async (columns) => {
  const { meanwhile, end } = await seenIn(columns);
  expect(meanwhile.slice(2)).toEqual(["  InProgress", "  capacity 4 of 10", "  6 min so far", "  about 6 min left"]);
  expect(meanwhile[1]).toMatch(/^ {2}█+░+ {2}40 %$/);
  expect(end.filter((line) => line.includes("asg-web ir-1"))).toHaveLength(1);
  for (const line of [...meanwhile, ...end]) expect(line.length).toBeLessThanOrEqual(columns);
});

test("a wait for a refresh to begin shows for how long, and leaves no line behind", async () => {
  const terminal = new Terminal(80);
  const screen = await screenFor(terminal as unknown as NodeJS.WriteStream, processClock);
  const begun = screen.waiting("Group asg-web has none yet");
  jest.advanceTimersByTime(15_000);
  expect(terminal.lines).toEqual(["Group asg-web has none yet, 15 s so far"]);
  begun();
  screen.show("ir-1", track(undefined, ended, processClock.now()));
  screen.close();
  expect(terminal.lines[0]).toBe("✓ asg-web ir-1");
});

test("a problem with one of several is shown at once, and not left behind for the summary to repeat", async () => {
  const terminal = new Terminal(100);
  const screen = await screenFor(terminal as unknown as NodeJS.WriteStream, processClock);
  screen.problem("Group nope does not exist.");
  screen.show("ir-1", track(undefined, refresh({}), processClock.now()));
  expect(terminal.lines).toHaveLength(3);
  expect(terminal.lines[2]).toBe("Group nope does not exist.");
  screen.close();
  expect(terminal.lines.join("\n")).not.toContain("nope");
});
