import { liveLines, logLine } from "../../../src/cli/progressText";
import { logScreen } from "../../../src/cli/screen";
import type { PlannedPauses, Refresh } from "../../../src/core/cloud";
import { pauseLeft, timeLeft, timesOf, track } from "../../../src/core/lifecycle/trackedRefresh";

const START = Date.UTC(2026, 0, 1);
const minutes = (number: number) => START + number * 60_000;

const none: PlannedPauses = { checkpoints: [], checkpointSeconds: 3_600, bakeSeconds: 0, goal: 1 };
const two: PlannedPauses = { checkpoints: [0.5, 1], checkpointSeconds: 600, bakeSeconds: 0, goal: 1 };

function seen(said: Partial<Refresh> = {}): Refresh {
  return {
    id: "ir-1",
    group: "asg-web",
    stage: "running",
    status: "InProgress",
    ended: false,
    startTime: new Date(START).toISOString(),
    arguments: {},
    outputs: {},
    plannedPauses: none,
    ...said,
  };
}
const inPause = { status: "CheckpointPause", pauseMilliseconds: 600_000, fraction: 0.5 };

describe("time left", () => {
  test("goes on as it went", () => {
    expect(timeLeft(track(undefined, seen({ fraction: 0.25 }), minutes(5)), minutes(5))).toBe(15 * 60);
  });

  test("adds the pauses that are still to come, and takes out those that were", () => {
    expect(timeLeft(track(undefined, seen({ fraction: 0.25, plannedPauses: two }), minutes(5)), minutes(5))).toBe(
      (15 + 20) * 60,
    );
    expect(timeLeft(track(undefined, seen({ fraction: 0.75, plannedPauses: two }), minutes(25)), minutes(25))).toBe(
      (5 + 10) * 60,
    );
  });

  test("runs down during a pause", () => {
    const paused = track(
      track(undefined, seen({ fraction: 0.4, plannedPauses: two }), minutes(8)),
      seen({ ...inPause, plannedPauses: two }),
      minutes(10),
    );
    expect(timeLeft(paused, minutes(14))).toBe((6 + 10 + 10) * 60);
  });

  test("never rises while a batch waits, and a batch that takes long leaves the others to do", () => {
    // Batches of a tenth, ten minutes each; the fourth takes forty.
    const first = track(undefined, seen({ fraction: 0.2 }), minutes(20));
    const third = track(first, seen({ fraction: 0.3 }), minutes(30));
    const left = Array.from({ length: 41 }, (_, minute) => {
      const now = minutes(30 + minute);
      return timeLeft(track(third, seen({ fraction: 0.3, reason: `waiting for ${minute} min` }), now), now) ?? 0;
    });
    expect(left[0]).toBe(70 * 60);
    expect(left[10]).toBe(60 * 60);
    expect(left[40]).toBe(60 * 60);
    for (const [index, each] of left.slice(1).entries()) expect(each).toBeLessThanOrEqual(left[index] ?? 0);
  });

  test("is told by the cloud's clock where that of this machine is wrong", () => {
    const behind = minutes(5) - 3_600_000;
    const tracked = track(undefined, seen({ fraction: 0.25 }), behind, 3_600_000);
    expect(timesOf(tracked, behind)).toEqual(["5 min so far", "about 15 min left"]);
    expect(timesOf(track(undefined, seen({ fraction: 0.25 }), behind), behind)).toEqual([]);
  });

  test("is not told when the last batch is overdue", () => {
    const before = track(undefined, seen({ fraction: 0.8 }), minutes(40));
    const last = track(before, seen({ fraction: 0.9 }), minutes(45));
    expect(timeLeft(last, minutes(47))).toBeCloseTo(3 * 60, 5);
    expect(timeLeft(last, minutes(60))).toBeUndefined();
  });

  test("goes on after a pause where it was before", () => {
    const once = { ...two, checkpoints: [0.5] };
    const before = track(undefined, seen({ fraction: 0.4, plannedPauses: once }), minutes(8));
    const paused = track(before, seen({ ...inPause, plannedPauses: once }), minutes(10));
    const after = track(paused, seen({ fraction: 0.5, plannedPauses: once }), minutes(20));
    expect(timeLeft(paused, minutes(20))).toBe(10 * 60);
    expect(timeLeft(after, minutes(21))).toBe(9 * 60);
  });

  test("is not guessed at the beginning, and not in a rollback", () => {
    expect(timeLeft(track(undefined, seen({ fraction: 0 }), START), START)).toBeUndefined();
    const back = seen({ stage: "rollingBack", status: "RollbackInProgress", fraction: 0.5 });
    expect(timeLeft(track(undefined, back, minutes(5)), minutes(5))).toBeUndefined();
  });

  test("is what is left of baking", () => {
    const pauses = { checkpoints: [0.5], checkpointSeconds: 3_600, bakeSeconds: 300, goal: 1 };
    const baking = track(
      undefined,
      seen({ status: "Baking", isBaking: true, pauseMilliseconds: 300_000, fraction: 1, plannedPauses: pauses }),
      minutes(60),
    );
    expect(timeLeft(baking, minutes(62))).toBe(180);
    expect(timesOf(baking, minutes(62))).toEqual(["1 h 2 min so far", "about 3 min left"]);
  });
});

describe("a countdown", () => {
  // The pause began at minute 9, after the answer that did not show it yet: at minute 19 it is over.
  const paused = (said: Partial<Refresh>) =>
    track(
      track(undefined, seen({ fraction: 0.4, plannedPauses: two }), minutes(8)),
      seen({ fraction: 0.5, plannedPauses: two, ...said }),
      minutes(10),
    );

  test.each([
    ["a cloud with a status for pauses", inPause],
    ["a cloud without one", {}],
  ])("of %s is a bound, as the pause began before it was first seen", (_, said) => {
    expect(timesOf(paused(said), minutes(19))).toContain("goes on within 1 min");
  });

  test.each([
    ["a cloud with a status for pauses", inPause],
    ["a cloud without one", {}],
  ])("of %s ends with the pause, also while no answer shows that", (_, said) => {
    expect(timesOf(paused(said), minutes(21)).join()).not.toContain("goes on");
  });
});

test("a terminal shows a bar, what was replaced, the countdown and the cloud's reason", () => {
  const before = track(undefined, seen({ fraction: 0.4, plannedPauses: two }), minutes(9));
  const refresh = seen({ ...inPause, plannedPauses: two, replaced: 5, total: 10, reason: "Paused at 50 percent.\n" });
  expect(liveLines(track(before, refresh, minutes(10)), minutes(14), 80)).toEqual([
    "asg-web ir-1",
    "  ████████████░░░░░░░░░░░░  50 %  CheckpointPause, capacity 5 of 10, 14 min so far, goes on within 6 min, about 26 min left",
    "  Paused at 50 percent",
  ]);
});

test("a terminal marks how a refresh ended, and says how long it took", () => {
  const end = { ended: true, fraction: 1, outputs: { endTime: new Date(minutes(9)).toISOString() } };
  const shown = (said: Partial<Refresh>) =>
    liveLines(track(undefined, seen({ ...end, ...said }), minutes(9)), minutes(30), 80);
  const [name, facts] = shown({ status: "Successful", stage: "successful" });
  expect(name).toBe("✓ asg-web ir-1");
  expect(facts).toMatch(/100 % {2}Successful, in 9 min$/);
  expect(shown({ status: "Failed", stage: "failed" })[0]).toBe("✗ asg-web ir-1");
});

test("a log has one line for each change", () => {
  const lines: string[] = [];
  const screen = logScreen((text) => lines.push(text), { now: () => START, sleep: async () => {} });
  for (const fraction of [0.1, 0.1, 0.2]) screen.show("ir-1", track(undefined, seen({ fraction }), START));
  screen.close();
  expect(lines).toEqual([
    "2026-01-01T00:00:00.000Z  asg-web ir-1  InProgress  10 %\n",
    "2026-01-01T00:00:00.000Z  asg-web ir-1  InProgress  20 %\n",
  ]);
});

describe("a refresh of AWS", () => {
  const ofAws = (said: Partial<Refresh>) => seen({ id: "web/1", group: "web", ...said });
  const line = (said: Partial<Refresh>) => logLine(track(undefined, ofAws(said), START));

  test("says how many replacements have not begun, which is not how many are not done", () => {
    expect(line({ fraction: 0.3, notBegun: 7 })).toBe("web/1  InProgress  30 %  7 instances waiting to be replaced");
    expect(line({ fraction: 0.9, notBegun: 1 })).toBe("web/1  InProgress  90 %  1 instance waiting to be replaced");
    expect(line({ fraction: 0, notBegun: 0 })).toBe("web/1  InProgress  0 %  none waiting to be replaced");
    expect(line({ status: "Successful", stage: "successful", ended: true, fraction: 1, notBegun: 0 })).toBe(
      "web/1  Successful  100 %",
    );
  });

  test("that hangs at 100 percent has no time left to tell", () => {
    const tracked = track(undefined, ofAws({ fraction: 1, notBegun: 0 }), minutes(20));
    expect(timeLeft(tracked, minutes(30))).toBeUndefined();
  });

  test("whose last checkpoint is 50 percent is done at 50 percent", () => {
    const plannedPauses = { checkpoints: [0.2], checkpointSeconds: 900, bakeSeconds: 0, goal: 0.5 };
    const tracked = track(undefined, ofAws({ fraction: 0.3, plannedPauses }), minutes(25));
    expect(timeLeft(tracked, minutes(25))).toBeCloseTo((10 / 3) * 2 * 60, 5);
  });

  test("counts down a pause at a checkpoint, though the cloud has no status for it", () => {
    const plannedPauses = { checkpoints: [0.5], checkpointSeconds: 600, bakeSeconds: 0, goal: 1 };
    const before = track(undefined, ofAws({ fraction: 0.4, plannedPauses }), minutes(8));
    const paused = track(before, ofAws({ fraction: 0.5, plannedPauses }), minutes(10));
    expect(liveLines(paused, minutes(14), 80)[1]).toContain("goes on within 6 min, about 16 min left");
    const stillPaused = track(paused, ofAws({ fraction: 0.5, plannedPauses }), minutes(15));
    expect(pauseLeft(stillPaused, minutes(15))).toBe(300);
    const goesOn = track(stillPaused, ofAws({ fraction: 0.6, plannedPauses }), minutes(22));
    expect(pauseLeft(goesOn, minutes(22))).toBeUndefined();
  });
});
