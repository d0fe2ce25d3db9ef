import { advance } from "../../src/simulation/advance";
import { setDesiredCapacity } from "../../src/simulation/capacity";
import {
  activeRefresh,
  cancelRefresh,
  rememberedRefreshes,
  resumeRefresh,
  rollbackRefresh,
  setAlarm,
  startRefresh,
  suspendRefresh,
} from "../../src/simulation/refresh";
import { Refused } from "../../src/simulation/refused";
import { autoScalingRules, essRules } from "../../src/simulation/rules";
import { after, before, configuration, day, group, hour, keys, minute, rollOut, start, unhealthy } from "./rollout";

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
  return "not refused";
}

describe("a refresh that goes well", () => {
  test("saves its configuration on the group, and nothing is left of the old one", () => {
    const { group: web, refresh } = rollOut(group());
    expect(refresh).toMatchObject({
      status: "Successful",
      progress: { percentage: 100, updated: 10, instancesToUpdate: 0 },
    });
    expect(web.configuration).toBe(after);
    expect(keys(web)).toEqual({ after: 10 });
  });

  test("waits for the warm-up of each batch before the next", () => {
    const { refresh: cold } = rollOut(group());
    const { refresh: warm } = rollOut(group(), { warmupSeconds: 120 });
    expect((warm.endTime ?? 0) - (cold.endTime ?? 0)).toBe(10 * 2 * minute);
    const { refresh: byGroup } = rollOut(group({ warmupSeconds: 120 }));
    expect(byGroup.endTime).toBe(warm.endTime);
  });

  test("bakes at the end when that was asked for, and is successful only then", () => {
    const { group: web, refresh } = start(group(), { bakeSeconds: 3600 });
    advance(web, 30 * minute);
    expect(refresh).toMatchObject({ status: "Baking", endTime: undefined });
    expect(web.configuration).toBe(before);
    advance(web, 2 * hour);
    expect(refresh.status).toBe("Successful");
  });

  test("skips what matches already, and replaces it where skipping is off", () => {
    const mixed = () =>
      group({ instances: [after, after, before].map((of) => ({ configuration: of })), desiredCapacity: 3 });
    expect(rollOut(mixed(), { skipMatching: true }).refresh.progress.total).toBe(1);
    expect(rollOut(mixed(), { skipMatching: false }).refresh.progress.total).toBe(3);
  });

  test("with nothing to replace is successful at once in AWS, and refused in ESS", () => {
    const { refresh } = start(group(), { skipMatching: true }, { desired: before });
    expect(refresh).toMatchObject({ status: "Successful", endTime: 0, progress: { percentage: 100 } });
    expect(refusal(() => start(group({ rules: essRules }), {}, { desired: before }))).toBe("NothingToReplace");
  });

  test("replaces root volumes in place: the instances keep their ids", () => {
    const web = group();
    const ids = [...web.instances.keys()];
    const { refresh, samples } = rollOut(web, { minHealthyPercentage: 80 }, { strategy: "ReplaceRootVolume" });
    expect(refresh.status).toBe("Successful");
    expect([...web.instances.keys()]).toEqual(ids);
    expect(keys(web)).toEqual({ after: 10 });
    expect(Math.min(...samples.map(({ ready }) => ready))).toBe(8);
  });
});

describe("a refresh that goes wrong", () => {
  test("fails when nothing healthy is launched for an hour, and leaves the rest of the group alone", () => {
    const { group: web, refresh } = rollOut(group(), {}, { desired: unhealthy });
    expect(refresh).toMatchObject({ status: "Failed", progress: { percentage: 0, instancesToUpdate: 9 } });
    expect(refresh.reason).toContain("health checks");
    expect(refresh.endTime).toBeGreaterThan(hour);
    expect(refresh.endTime).toBeLessThan(hour + 5 * minute);
    expect(web.configuration).toBe(before);
    expect(keys(web)).toEqual({ before: 10 });
  });

  test("goes on when some launches are unhealthy and others not", () => {
    const web = group();
    web.unhealthyLaunches = { rate: 0.5, remaining: undefined };
    expect(rollOut(web).refresh.status).toBe("Successful");
    expect(web.activities.filter(({ kind }) => kind === "Launch").length).toBeGreaterThan(10);
  });

  test("fails by the time limit: 14 days of replacing in AWS", () => {
    const slow = configuration("slow", { launchSeconds: [2 * 86400, 2 * 86400] });
    const { refresh } = rollOut(group(), {}, { desired: slow });
    expect(refresh.status).toBe("Failed");
    expect(refresh.endTime).toBe(14 * day + 5000);
  });

  test("rolls back by itself when that was asked for and is possible", () => {
    const { group: web, refresh, samples } = rollOut(group(), { autoRollback: true }, { desired: unhealthy });
    expect(refresh.status).toBe("RollbackSuccessful");
    expect(refresh.rollback?.reason).toContain("automatically");
    expect(samples.map(({ status }) => status)).toContain("RollbackInProgress");
    expect(keys(web)).toEqual({ before: 10 });
    const kept = rollOut(group(), { autoRollback: true }, { desired: unhealthy, irreversible: "no way back" });
    expect(kept.refresh.status).toBe("Failed");
  });

  test("fails by an alarm, also while it bakes, or rolls back; other alarms do nothing", () => {
    const web = start(group(), { alarms: ["errors"] });
    advance(web.group, 2 * minute);
    setAlarm(web.group, "latency", "ALARM");
    expect(web.refresh.status).toBe("InProgress");
    setAlarm(web.group, "errors", "ALARM");
    expect(web.refresh.status).toBe("Failed");
    expect(web.refresh.reason).toContain("errors");
    const baking = start(group(), { alarms: ["errors"], bakeSeconds: 3600, autoRollback: true });
    advance(baking.group, 30 * minute);
    expect(baking.refresh.status).toBe("Baking");
    setAlarm(baking.group, "errors", "ALARM");
    expect(baking.refresh.status).toBe("RollbackInProgress");
    advance(baking.group, 2 * hour);
    expect(baking.refresh.status).toBe("RollbackSuccessful");
    expect(keys(baking.group)).toEqual({ before: 10 });
  });

  test.each(["ALARM", "INSUFFICIENT_DATA"] as const)("does not start while one of its alarms is in %s", (state) => {
    const web = group();
    setAlarm(web, "errors", state);
    expect(refusal(() => start(web, { alarms: ["errors"] }))).toBe("AlarmNotOk");
    expect(web.refreshes).toEqual([]);
  });
});

describe("a refresh that is cancelled", () => {
  test("keeps what was replaced, waits for what is under way, and does not save its configuration", () => {
    const { group: web, refresh } = start(group());
    advance(web, 2 * minute);
    expect(refresh.progress.percentage).toBe(30);
    cancelRefresh(web);
    expect(refresh.status).toBe("Cancelling");
    expect(refusal(() => cancelRefresh(web))).toBe("WrongStatus");
    advance(web, 3 * minute);
    expect(refresh).toMatchObject({ status: "Cancelled", progress: { percentage: 30 } });
    expect(keys(web)).toEqual({ before: 6, after: 4 });
    expect(web.configuration).toBe(before);
  });

  test("ends sooner when it does not wait for instances in transition", () => {
    const slow = configuration("slow", { launchSeconds: [600, 600] });
    const ending = (waitForTransitioningInstances: boolean) => {
      const { group: web, refresh } = start(group(), {}, { desired: slow });
      advance(web, minute);
      cancelRefresh(web, { waitForTransitioningInstances });
      advance(web, hour);
      return refresh.endTime;
    };
    expect(ending(false)).toBe(minute + 5000);
    expect(ending(true)).toBe(5000 + 10 * minute);
  });

  test("gives back what it had launched ahead", () => {
    const { group: web } = start(group(), { minHealthyPercentage: 100, maxHealthyPercentage: 150 });
    advance(web, 20_000);
    expect(web.instances.size).toBe(15);
    cancelRefresh(web);
    advance(web, hour);
    expect(web.instances.size).toBe(10);
    expect(keys(web)).toEqual({ before: 5, after: 5 });
  });
});

describe("a refresh that is rolled back", () => {
  test("returns what was replaced, and its percentage to nothing", () => {
    const { group: web, refresh, samples } = start(group());
    advance(web, 3 * minute);
    const { percentage } = refresh.progress;
    expect(percentage).toBe(50);
    rollbackRefresh(web);
    expect(refresh).toMatchObject({
      status: "RollbackInProgress",
      rollback: { percentageOnRollback: 50, instancesToUpdateOnRollback: 4 },
    });
    advance(web, hour);
    expect(refresh).toMatchObject({ status: "RollbackSuccessful", progress: { percentage: 0, instancesToUpdate: 4 } });
    expect(keys(web)).toEqual({ before: 10 });
    expect(web.configuration).toBe(before);
    const falling = samples.filter(({ status }) => status === "RollbackInProgress").map((sample) => sample.percentage);
    expect(new Set(falling).size).toBeGreaterThan(3);
  });

  test("leaves alone what it had not replaced yet", () => {
    const { group: web } = start(group());
    const untouched = [...web.instances.keys()].slice(-4);
    advance(web, 3 * minute);
    rollbackRefresh(web);
    advance(web, hour);
    expect([...web.instances.keys()]).toEqual(expect.arrayContaining(untouched));
  });

  test("is refused when its configuration cannot be returned to, when it has ended, and when it rolls back already", () => {
    const irreversible = start(group(), {}, { irreversible: "The template is $Latest." });
    expect(refusal(() => rollbackRefresh(irreversible.group))).toBe("Irreversible");
    expect(refusal(() => rollbackRefresh(rollOut(group()).group))).toBe("NotRunning");
    const { group: web } = start(group());
    rollbackRefresh(web);
    expect(refusal(() => rollbackRefresh(web))).toBe("RollingBack");
  });

  test("fails when the old configuration is no longer healthy", () => {
    const web = group({
      configuration: configuration("before", { healthy: false }),
      instances: Array.from({ length: 10 }, () => ({ configuration: before })),
    });
    const { refresh } = start(web);
    advance(web, 3 * minute);
    rollbackRefresh(web);
    advance(web, 3 * hour);
    expect(refresh.status).toBe("RollbackFailed");
  });

  test("can be cancelled in AWS, which leaves a mixed group, and not in ESS", () => {
    const rollingBack = (rules = autoScalingRules) => {
      const rollout = start(group({ rules }), { checkpoints: [50, 100] });
      advance(rollout.group, 5 * minute);
      rollbackRefresh(rollout.group);
      advance(rollout.group, 6 * minute);
      return rollout;
    };
    const { group: web, refresh } = rollingBack();
    cancelRefresh(web);
    advance(web, hour);
    expect(refresh.status).toBe("Cancelled");
    expect(Object.keys(keys(web)).sort()).toEqual(["after", "before"]);
    const ess = rollingBack(essRules).group;
    expect(refusal(() => cancelRefresh(ess))).toBe("RollingBack");
    expect(refusal(() => suspendRefresh(ess))).toBe("RollingBack");
  });
});

describe("a refresh that is suspended", () => {
  test("replaces nothing until it is resumed", () => {
    const { group: web, refresh } = start(group({ rules: essRules }), {
      minHealthyPercentage: 90,
      maxHealthyPercentage: 100,
    });
    advance(web, 2 * minute);
    suspendRefresh(web);
    advance(web, day);
    expect(refresh).toMatchObject({ status: "Paused", progress: { percentage: 30 } });
    resumeRefresh(web);
    expect(refresh.status).toBe("InProgress");
    advance(web, 2 * day);
    expect(refresh.status).toBe("Successful");
  });

  test("goes on at once after a checkpoint when it is resumed there", () => {
    const { group: web, refresh } = start(group({ rules: essRules }), { checkpoints: [40, 100] });
    advance(web, 2 * minute);
    expect(refresh.status).toBe("CheckpointPause");
    expect(refusal(() => resumeRefresh(rollOut(group()).group))).toBe("NotRunning");
    resumeRefresh(web);
    advance(web, 5 * minute);
    expect(refresh).toMatchObject({ status: "CheckpointPause", progress: { percentage: 100 } });
  });
});

test("one refresh runs on a group at a time", () => {
  const { group: web, refresh } = start(group());
  expect(refusal(() => start(web))).toBe("AlreadyRunning");
  expect(activeRefresh(web)).toBe(refresh);
  advance(web, day);
  expect(activeRefresh(web)).toBeUndefined();
  expect(startRefresh(web, { id: "refresh-2" }).status).toBe("Pending");
});

test("AWS forgets a refresh six weeks after its end, and lists the newest first", () => {
  const web = group();
  rollOut(web);
  startRefresh(web, { id: "refresh-2" });
  expect(rememberedRefreshes(web).map(({ id }) => id)).toEqual(["refresh-2"]);
  advance(web, web.now + 41 * day);
  startRefresh(web, { id: "refresh-3" });
  expect(rememberedRefreshes(web).map(({ id }) => id)).toEqual(["refresh-3", "refresh-2"]);
});

test("what is launched to scale out during a refresh has its configuration, and what scales in is not replaced", () => {
  const { group: web, refresh } = start(group({ desiredCapacity: 10 }));
  advance(web, minute);
  setDesiredCapacity(web, 12);
  advance(web, 2 * minute);
  expect(keys(web).after).toBeGreaterThan(3);
  setDesiredCapacity(web, 5);
  advance(web, hour);
  expect(refresh).toMatchObject({ status: "Successful", progress: { percentage: 100 } });
  expect(keys(web)).toEqual({ after: 5 });
});
