/** What EC2 Auto Scaling says and does while a refresh runs. Sources of each test are in the table of facts. */
import { advance, react } from "../../src/simulation/advance";
import { detachInstances, makeUnhealthy, setDesiredCapacity, terminateInstance } from "../../src/simulation/capacity";
import { completeHook, extendHook } from "../../src/simulation/lifecycleActions";
import type { Configuration, Group, LifecycleHook } from "../../src/simulation/model";
import { cancelRefresh, setAlarm } from "../../src/simulation/refresh";
import { after, before, configuration, first, group, hour, keys, minute, rollOut, start } from "./rollout";

const checked = (key: string, changes: Partial<Configuration> = {}) =>
  configuration(key, { healthSeconds: [60, 60], ...changes });
const healthUnknown =
  /^Waiting for remaining instances to be available\. For example: (i-\w+) has insufficient data to evaluate its health with Amazon EC2\.$/;
const warmingUp = /^Waiting for instances to warm up before continuing\. For example: (i-\w+) is warming up\.$/;

/** Each reason that a refresh was seen with, once for every time that it came up. */
function reasons(web: Group, seconds: number): string[] {
  const seen: string[] = [];
  for (let passed = 0; passed < seconds; passed++) {
    advance(web, web.now + 1000);
    const reason = web.refreshes.at(-1)?.reason ?? "";
    if (seen.at(-1) !== reason) seen.push(reason);
  }
  return seen;
}

test("a new instance is ready once its health is known to EC2 and its warm-up has passed", () => {
  const end = (seconds: number) =>
    rollOut(group({ desiredCapacity: 1 }), { warmupSeconds: seconds }, { desired: checked("after") }).refresh.endTime;
  // Begins after 5 s, launches for 30 s.
  expect(end(10)).toBe((5 + 30 + 60) * 1000);
  expect(end(100)).toBe((5 + 30 + 100) * 1000);
});

test("each batch has the reasons that were recorded, word for word, with an instance of its own", () => {
  const { group: web } = start(group({ desiredCapacity: 2 }), { warmupSeconds: 100 }, { desired: checked("after") });
  const seen = reasons(web, 290);
  expect(seen.map((reason) => [healthUnknown, warmingUp].findIndex((text) => text.test(reason)))).toEqual([
    -1, 0, 1, 0, 1, -1,
  ]);
  const named = seen.flatMap((reason) => healthUnknown.exec(reason)?.[1] ?? []);
  expect(new Set(named).size).toBe(2);
});

test("an instance counts as to be updated until its replacement begins, and as complete once that is ready", () => {
  const { group: web, refresh } = start(group({ desiredCapacity: 2 }), {}, { desired: checked("after") });
  expect(refresh.progress).toMatchObject({ percentage: 0, instancesToUpdate: 2 });
  advance(web, 6000);
  expect(refresh.progress).toMatchObject({ percentage: 0, instancesToUpdate: 1 });
  advance(web, 96_000);
  expect(refresh.progress).toMatchObject({ percentage: 50, instancesToUpdate: 0 });
});

test("a replacement that is launched first begins with its launch", () => {
  const { group: web, refresh } = start(group({ desiredCapacity: 1 }), {
    minHealthyPercentage: 100,
    maxHealthyPercentage: 200,
  });
  advance(web, 6000);
  expect([...web.instances.values()].map(({ state }) => state)).toEqual(["InService", "Pending"]);
  expect(refresh.progress).toMatchObject({ percentage: 0, instancesToUpdate: 0 });
});

test("a refresh is in progress at 100 percent while the group waits for another instance", () => {
  const { group: web, refresh } = start(group({ desiredCapacity: 1 }), {}, { desired: checked("after") });
  advance(web, 60_000);
  setDesiredCapacity(web, 2);
  advance(web, 110_000);
  expect(refresh).toMatchObject({ status: "InProgress", progress: { percentage: 100, instancesToUpdate: 0 } });
  expect(refresh.reason).toMatch(healthUnknown);
  advance(web, 10 * minute);
  expect(refresh.status).toBe("Successful");
});

test("a refresh bakes at 100 percent", () => {
  const { group: web, refresh } = start(group({ desiredCapacity: 1 }), { bakeSeconds: 3600 });
  advance(web, 10 * minute);
  expect(refresh).toMatchObject({ status: "Baking", progress: { percentage: 100 } });
});

test("a refresh that is pending has not begun", () => {
  const { group: web, refresh } = start(group());
  expect(refresh).toMatchObject({ status: "Pending", begunTime: undefined });
  advance(web, 6000);
  expect(refresh).toMatchObject({ status: "InProgress", begunTime: 5000 });
});

test("a refresh that is cancelled says so as was recorded", () => {
  const { group: web, refresh } = start(group());
  advance(web, minute);
  cancelRefresh(web);
  advance(web, 10 * minute);
  expect(refresh).toMatchObject({ status: "Cancelled", reason: "Cancelled due to user request." });
});

test("an alarm that loses its data holds a refresh up until the data returns", () => {
  const { group: web, refresh } = start(group(), { alarms: ["errors"] });
  advance(web, 70_000);
  setAlarm(web, "errors", "INSUFFICIENT_DATA");
  const { percentage } = refresh.progress;
  advance(web, 10 * hour);
  // What had begun ends; nothing else begins.
  expect(refresh.progress.percentage).toBeLessThanOrEqual(percentage + 10);
  expect(refresh.status).toBe("InProgress");
  expect(refresh.reason).toContain("INSUFFICIENT_DATA");
  setAlarm(web, "errors", "OK");
  advance(web, 20 * hour);
  expect(refresh.status).toBe("Successful");
});

describe.each(["InstanceRefresh", "Launch", "Terminate"])("while %s is suspended", (process) => {
  test("a refresh replaces nothing, and goes on once it is resumed", () => {
    const { group: web, refresh } = start(group());
    web.suspended.add(process);
    advance(web, 10 * hour);
    expect(refresh).toMatchObject({ status: "InProgress", progress: { percentage: 0 } });
    expect(refresh.reason).toContain(process);
    expect(keys(web)).toEqual({ before: 10 });
    web.suspended.clear();
    react(web);
    advance(web, 20 * hour);
    expect(refresh.status).toBe("Successful");
  });
});

test("a group whose processes are suspended launches, terminates and checks nothing", () => {
  const web = group({ desiredCapacity: 2 });
  for (const process of ["Launch", "Terminate", "HealthCheck"]) web.suspended.add(process);
  setDesiredCapacity(web, 4);
  setDesiredCapacity(web, 1);
  makeUnhealthy(web, first(web)[0] ?? "");
  advance(web, hour);
  expect([...web.instances.values()].map(({ state }) => state)).toEqual(["InService", "InService"]);
  web.suspended.clear();
  react(web);
  advance(web, 2 * hour);
  expect(web.instances.size).toBe(1);
});

describe("launches that fail", () => {
  const broken = configuration("after", { launchFailure: "The image does not exist. Launching EC2 instance failed." });

  test("are tried again a minute later, and leave the rest of the group alone", () => {
    const web = group({ desiredCapacity: 2 });
    web.failingLaunches = { message: "No capacity.", remaining: 2 };
    const { refresh } = start(web);
    advance(web, 4 * minute);
    const launches = web.activities.filter(({ kind }) => kind === "Launch");
    expect(launches.slice(0, 3)).toMatchObject([
      { startTime: 5000, status: "Failed", message: "No capacity.", instanceId: undefined },
      { startTime: 65_000, status: "Failed" },
      { startTime: 125_000, status: "Successful" },
    ]);
    advance(web, hour);
    expect(refresh.status).toBe("Successful");
  });

  test("fail a refresh after an hour, which says what EC2 said", () => {
    const { group: web, refresh } = rollOut(group(), {}, { desired: broken });
    expect(refresh).toMatchObject({ status: "Failed", progress: { percentage: 0 } });
    expect(refresh.reason).toContain("The image does not exist.");
    expect(refresh.endTime).toBe(5000 + hour);
    expect(keys(web).before).toBeGreaterThanOrEqual(9);
  });

  test("roll it back where that was asked for", () => {
    const { group: web, refresh } = rollOut(group(), { autoRollback: true }, { desired: broken });
    expect(refresh.status).toBe("RollbackSuccessful");
    expect(keys(web)).toEqual({ before: 10 });
  });
});

describe("lifecycle hooks", () => {
  const hook = (changes: Partial<LifecycleHook> = {}): LifecycleHook => {
    return { name: "hook", transition: "Launching", heartbeatSeconds: 600, defaultResult: "CONTINUE", ...changes };
  };
  const waiting = (web: Group) => [...web.instances.values()].filter(({ hooks }) => hooks.size > 0);

  test("hold up what is launched, until they time out with their default result", () => {
    const { refresh } = rollOut(group({ desiredCapacity: 1, hooks: [hook()] }));
    expect(refresh).toMatchObject({ status: "Successful", endTime: (5 + 30 + 600) * 1000 });
  });

  test("are completed sooner, or extended", () => {
    const { group: web, refresh } = start(group({ desiredCapacity: 1, hooks: [hook()] }));
    advance(web, 300_000);
    const [held] = waiting(web);
    expect(held?.state).toBe("Pending");
    extendHook(web, held?.id ?? "", "hook");
    advance(web, 800_000);
    expect(refresh.status).toBe("InProgress");
    completeHook(web, held?.id ?? "", "hook", "CONTINUE");
    expect(refresh).toMatchObject({ status: "Successful", endTime: 800_000 });
  });

  test("that abandon a launch end the instance, and another is launched", () => {
    const web = group({ desiredCapacity: 1, hooks: [hook({ defaultResult: "ABANDON" })] });
    const { refresh } = start(web);
    advance(web, 20 * minute);
    expect(refresh.status).toBe("InProgress");
    expect(web.activities.filter(({ kind, status }) => kind === "Launch" && status === "Cancelled")).toHaveLength(1);
  });

  test("hold up what is terminated", () => {
    const web = group({ desiredCapacity: 1, hooks: [hook({ transition: "Terminating" })] });
    const [old = ""] = first(web);
    start(web);
    advance(web, 610_000);
    expect(web.instances.get(old)?.state).toBe("Terminating");
    advance(web, 630_000);
    expect(web.instances.has(old)).toBe(false);
  });
});

test("connections drain before an instance is terminated, and a cancellation waits for that", () => {
  const web = group({ desiredCapacity: 1, drainSeconds: 300 });
  const { refresh } = start(web);
  advance(web, 6000);
  cancelRefresh(web);
  advance(web, 5 * minute);
  expect(refresh.status).toBe("Cancelling");
  advance(web, 6 * minute);
  expect(refresh).toMatchObject({ status: "Cancelled", endTime: (5 + 300 + 20) * 1000 });
});

test("launched instances are protected where the group says so", () => {
  const { group: web } = rollOut(group({ desiredCapacity: 2, protectsNewInstances: true }));
  expect([...web.instances.values()].map((instance) => instance.protected)).toEqual([true, true]);
});

describe("a warm pool", () => {
  function pooled(size = 2): Group {
    const web = group({ desiredCapacity: 2, maxSize: 2 + size });
    web.warmPool = {
      minSize: 0,
      maxPreparedCapacity: undefined,
      state: "Stopped",
      deleting: false,
      instances: new Map(),
    };
    react(web);
    advance(web, minute);
    return web;
  }
  const pool = (web: Group) => [...(web.warmPool?.instances.values() ?? [])];

  test("holds what the group may still launch, and is no part of its capacity", () => {
    const web = pooled();
    expect(pool(web).map(({ state }) => state)).toEqual(["Warmed", "Warmed"]);
    expect(web.instances.size).toBe(2);
    setDesiredCapacity(web, 3);
    // A warm instance is launched sooner than a new one.
    advance(web, web.now + 15_000);
    expect([...web.instances.values()].filter(({ state }) => state === "InService")).toHaveLength(3);
    advance(web, web.now + hour);
    expect(pool(web)).toHaveLength(1);
  });

  test("is replaced after the instances in service: 100 percent, and instances of the pool to go", () => {
    const web = pooled();
    const { refresh } = start(web);
    expect(refresh.progress).toMatchObject({ instancesToUpdate: 4, warmPool: { instancesToUpdate: 2 } });
    let seen = false;
    for (let time = web.now; time < 20 * minute && refresh.status !== "Successful"; time += 1000) {
      advance(web, time);
      const { percentage, instancesToUpdate, warmPool } = refresh.progress;
      if (percentage < 100) expect(warmPool).toEqual({ percentage: 0, instancesToUpdate: 2 });
      if (percentage === 100 && instancesToUpdate === 1) seen = true;
    }
    expect(seen).toBe(true);
    expect(refresh).toMatchObject({
      status: "Successful",
      progress: { instancesToUpdate: 0, warmPool: { percentage: 100, instancesToUpdate: 0 } },
    });
    expect(pool(web).map(({ configuration: { key } }) => key)).toEqual(["after", "after"]);
  });

  test("that is deleted goes with its last instance", () => {
    const web = pooled();
    if (web.warmPool) web.warmPool.deleting = true;
    react(web);
    expect(web.warmPool).toBeDefined();
    advance(web, web.now + minute);
    expect(web.warmPool).toBeUndefined();
  });
});

test("an instance that is terminated on request is replaced, unless the capacity falls with it", () => {
  const web = group({ desiredCapacity: 3 });
  const [one = "", two = "", three = ""] = first(web, 3);
  terminateInstance(web, one, { decrementDesiredCapacity: false });
  terminateInstance(web, two, { decrementDesiredCapacity: true });
  advance(web, 10 * minute);
  expect(web.desiredCapacity).toBe(2);
  expect(web.instances.size).toBe(2);
  detachInstances(web, [three], { decrementDesiredCapacity: true });
  expect([...web.instances.keys()]).not.toContain(three);
  expect(web.desiredCapacity).toBe(1);
});

test("instances that are terminated or detached while a refresh runs need no replacement any more", () => {
  const { group: web, refresh } = start(group({ desiredCapacity: 4 }), { checkpoints: [25, 100] });
  advance(web, 10 * minute);
  const old = [...web.instances.values()].filter((instance) => instance.configuration === before);
  terminateInstance(web, old[0]?.id ?? "", { decrementDesiredCapacity: false });
  detachInstances(web, [old[1]?.id ?? ""], { decrementDesiredCapacity: true });
  advance(web, 3 * hour);
  expect(refresh).toMatchObject({ status: "Successful", progress: { percentage: 100, instancesToUpdate: 0 } });
  expect(keys(web)).toEqual({ after: 3 });
  expect(web.configuration).toBe(after);
});
