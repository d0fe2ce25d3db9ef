import type { Arguments } from "../../../src/core/cloud";
import { Lifecycle, type Recorded } from "../../../src/core/lifecycle/lifecycle";
import { failureOf, LifecycleHarness, TEST_CLOUDS } from "../../clouds/lifecycleHarness";

const HOUR_S = 3_600;

describe.each(Object.keys(TEST_CLOUDS))("%s", (name) => {
  let harness: LifecycleHarness;
  let args: Arguments;

  beforeEach(async () => {
    harness = await LifecycleHarness.start(name);
    args = await harness.cloud.argumentsFor(harness.group, "second");
  });
  afterEach(() => harness.close());

  const create = (more: Arguments = {}, timeoutSeconds?: number) =>
    harness.lifecycle.create({ ...args, ...more }, harness.call(timeoutSeconds));
  const update = (recorded: Recorded, more: Arguments = {}, timeoutSeconds?: number) =>
    harness.lifecycle.update(recorded, { ...args, ...more }, harness.call(timeoutSeconds));
  /** What the next `pulumi up` does with what the state holds: diff, and update where it asks for it. */
  const upAgain = async (recorded: Recorded, more: Arguments = {}) => {
    harness.newProcess();
    const { replaces, updates } = harness.lifecycle.diff(recorded, { ...args, ...more }, harness.urn);
    expect(replaces).toEqual([]);
    return updates.length > 0 ? { ...recorded, properties: await update(recorded, more) } : recorded;
  };
  const running = () => create({ waitForCompletion: false });
  const statuses = async () => (await harness.cloud.refreshes(harness.group)).map(({ status }) => status);

  describe("a refresh that is declared", () => {
    test("replaces every machine, is followed to its end, and tells its progress", async () => {
      const before = await harness.cloud.instances(harness.group);
      const { id, properties } = await create();
      expect(properties).toMatchObject({ ...args, status: "Successful", percentageComplete: 100 });
      expect(await harness.cloud.refreshes(harness.group)).toMatchObject([{ id, status: "Successful" }]);
      expect((await harness.cloud.instances(harness.group)).filter((instance) => before.includes(instance))).toEqual(
        [],
      );
      expect(harness.progress.some((line) => /^InProgress, \d+ %/.test(line))).toBe(true);
    });

    test("tells for how long it runs and still takes, by the cloud's clock", async () => {
      await create();
      expect(harness.progress.join("\n")).toMatch(/^InProgress, .*, \d+ min( \d+ s)? so far, about .* left/m);
      expect(harness.progress.join("\n")).not.toContain(" h ");

      const { cloud } = harness.cloud;
      const anHourAhead: typeof cloud = {
        ...cloud,
        connect: async (settings) => ({
          ...(await cloud.connect(settings)),
          clock: { aheadMs: HOUR_S * 1_000, dateAheadMs: 0 },
        }),
      };
      const lifecycle = new Lifecycle(harness.clock.watched(anHourAhead), harness.newProcess().tools);
      await lifecycle.create(await harness.cloud.argumentsFor(harness.group, "third"), harness.call());
      expect(harness.progress.join("\n")).toMatch(/^InProgress, .*, 1 h( \d+ min)? so far/m);
    });

    test("that no machine needs is a success without a refresh, and later operations make no call", async () => {
      if (name === "autoscaling") args = { ...args, preferences: { skipMatching: true } };
      await create();
      harness.newProcess();
      const again = await create({ triggers: ["again"] });
      expect(again.properties.status).toBe("Successful");
      if (name === "autoscaling") return;
      expect(again.id).toBe(`${harness.group}:none`);
      const calls = harness.emulator.requests.length;
      expect(await upAgain(again, { triggers: ["again"] })).toEqual(again);
      expect(await harness.lifecycle.read(again.id, again.properties, args, harness.call())).toEqual(again);
      await harness.lifecycle.delete(again, harness.call());
      expect(harness.emulator.requests.length).toBe(calls);
    });

    test("has no diff afterwards, and none after a read", async () => {
      const created = await create();
      expect(harness.lifecycle.diff(created, args, harness.urn)).toEqual({ replaces: [], updates: [] });
      const read = await harness.lifecycle.read(created.id, created.properties, args, harness.call());
      expect(read).toEqual(created);
    });

    test("says at a read that others have changed the group since, and what gives it back; no read says so before", async () => {
      const created = await create();
      const read = () => harness.lifecycle.read(created.id, created.properties, args, harness.call());
      const isChanged = expect.stringMatching(
        `^Group ${harness.group} has been changed since ${created.id} ended: it launches from .+ now, .+ run .pulumi up --replace ${harness.urn}.$`,
      );
      await read();
      expect(harness.notices).not.toContainEqual(isChanged);

      const third = await harness.cloud.argumentsFor(harness.group, "third");
      await harness.newProcess().create(third, harness.call());
      const starts = harness.count("StartInstanceRefresh");
      expect(await read()).toEqual(created);
      expect(harness.notices).toContainEqual(isChanged);
      expect(harness.count("StartInstanceRefresh")).toBe(starts);
    });

    test.each(["AccessDenied", "Throttling", "CutBefore"] as const)(
      "is read although the group cannot be described: %s",
      async (kind) => {
        const created = await create();
        harness.emulator.faultInjection.add({
          operations: ["ess:DescribeScalingGroups", "autoscaling:DescribeAutoScalingGroups"],
          kind,
        });
        expect(await harness.lifecycle.read(created.id, created.properties, args, harness.call())).toEqual(created);
      },
    );

    test("is started only where its group exists", async () => {
      await harness.cloud.deleteGroup(harness.group);
      const failure = await failureOf(create());
      expect(failure).toMatchObject({ code: "refused", partialState: undefined });
      expect(failure.message).toContain(`There is no group ${harness.group}`);
    });
  });

  describe("a refresh that fails", () => {
    let failed: Recorded;
    beforeEach(async () => {
      args = await harness.cloud.argumentsFor(harness.group, "unhealthy");
      const failure = await failureOf(create());
      expect(failure).toMatchObject({ code: "failed", group: harness.group });
      failed = failure.partialState as Recorded;
    });

    test("is kept with its id, the cloud's reason, how far it got, and what to do", async () => {
      const failure = await failureOf(update(failed));
      expect(failed.properties.status).toBe("Failed");
      expect(failed.id).toBe((await harness.cloud.refreshes(harness.group))[0]?.id);
      for (const part of [failed.id, harness.group, "Reason given by the cloud: ", "%", "Next: "])
        expect(failure.message).toContain(part);
    });

    test("fails again with every up, also after a read, and no machine is touched", async () => {
      const machines = await harness.cloud.instances(harness.group);
      await failureOf(upAgain(failed));
      const read = await harness.lifecycle.read(failed.id, failed.properties, args, harness.call());
      await failureOf(upAgain(read as Recorded));
      expect(await harness.cloud.instances(harness.group)).toEqual(machines);
      expect(harness.count("StartInstanceRefresh")).toBe(1);
    });

    test("is accepted with waitForCompletion: false, without a call", async () => {
      const calls = harness.emulator.requests.length;
      await upAgain(failed, { waitForCompletion: false });
      expect(harness.emulator.requests.length).toBe(calls);
    });

    test("is followed by a new one when a good image replaces it", async () => {
      harness.lifecycle.diff(failed, { ...args }, harness.urn);
      args = await harness.cloud.argumentsFor(harness.group, "second");
      const { properties } = await create();
      expect(properties.status).toBe("Successful");
    });
  });

  describe("status", () => {
    test.each(["Cancelled", "RollbackSuccessful"])(
      "%s is asked for once and waited for; asking again makes no call",
      async (status) => {
        const started = await running();
        const done = await upAgain(started, { waitForCompletion: false, status });
        expect(done.properties).toMatchObject({ status, requestedStatus: status });
        expect(await statuses()).toEqual([status]);
        const calls = harness.emulator.requests.length;
        await upAgain(done, { waitForCompletion: false, status });
        await upAgain(done, {});
        expect(harness.emulator.requests.length).toBe(calls);
      },
    );

    test("of a refresh that has ended otherwise is an error that says so", async () => {
      const created = await create();
      const failure = await failureOf(update(created, { status: "Cancelled" }));
      expect(failure).toMatchObject({ code: "tooLate", partialState: { id: created.id } });
      expect(failure.message).toContain("can no longer be cancelled: it is Successful");
    });

    test("Cancelled sends nothing during a rollback, and waits for its end", async () => {
      const started = await running();
      harness.emulator.clock.advance(20_000);
      await harness.cloud.rollbackElsewhere(harness.group, started.id);
      const failure = await failureOf(upAgain(started, { status: "Cancelled" }));
      expect(failure.code).toBe("tooLate");
      expect(harness.count("CancelInstanceRefresh")).toBe(0);
      expect(await statuses()).toEqual(["RollbackSuccessful"]);
    });

    test("without such a refresh is refused, before any call that changes something", async () => {
      const failure = await failureOf(create({ status: "Cancelled" }));
      expect(failure.message).toContain("remove `status` to start a new refresh");
      expect(await statuses()).toEqual([]);
    });

    test("on create is applied to the equal refresh that runs", async () => {
      const id = await harness.cloud.startElsewhere(harness.group, "second");
      const created = await create({ status: "Cancelled" });
      expect(created).toMatchObject({ id, properties: { status: "Cancelled" } });
      expect(harness.count("StartInstanceRefresh")).toBe(1);
    });
  });

  describe("a refresh that somebody else ends", () => {
    test.each([
      ["cancelled", "cancelElsewhere"],
      ["rolledBack", "rollbackElsewhere"],
    ] as const)("%s fails, and goes on failing", async (fault, end) => {
      const started = await running();
      harness.emulator.clock.advance(20_000);
      await harness.cloud[end](harness.group, started.id);
      const failure = await failureOf(upAgain(started));
      expect(failure.code).toBe(fault);
      expect((await failureOf(upAgain(failure.partialState as Recorded))).code).toBe(fault);
    });
  });

  describe("an interrupted wait", () => {
    test("keeps the id, the refresh goes on, and the next up attaches", async () => {
      harness.atNextSleep(() => harness.stop.abort());
      const failure = await failureOf(create());
      expect(failure).toMatchObject({ code: "interrupted", partialState: { id: expect.any(String) } });
      const done = await upAgain(failure.partialState as Recorded);
      expect(done.properties.status).toBe("Successful");
      expect(harness.count("StartInstanceRefresh")).toBe(1);
    });

    test("whose record was lost finds its own refresh, and starts none", async () => {
      harness.atNextSleep(() => harness.stop.abort());
      const failure = await failureOf(create());
      harness.newProcess();
      const created = await create();
      expect(created.id).toBe(failure.partialState?.id);
      expect((await statuses()).length).toBe(1);
    });

    test("whose record was lost, and whose refresh has ended well meanwhile, adopts it", async () => {
      harness.atNextSleep(() => harness.stop.abort());
      const failure = await failureOf(create());
      harness.emulator.clock.advance(24 * HOUR_S * 1000);
      harness.newProcess();
      expect((await create()).id).toBe(failure.partialState?.id);
      expect((await statuses()).length).toBe(1);
    });

    test("of an ended one with triggers is a new request", async () => {
      const first = await create({ triggers: [1] });
      harness.newProcess();
      const second = await create({ triggers: [1] });
      expect(second.id).not.toBe(first.id);
    });
  });

  describe("customTimeouts", () => {
    test.each([
      ["leave", "Successful"],
      ["cancel", "Cancelled"],
      ["rollback", "RollbackSuccessful"],
    ])("run out: onTimeout %s, and it ends %s", async (onTimeout, end) => {
      const failure = await failureOf(create({ onTimeout }, 20));
      expect(failure).toMatchObject({ code: "timedOut", partialState: { id: expect.any(String) } });
      harness.emulator.clock.advance(24 * HOUR_S * 1000);
      expect(await statuses()).toEqual([end]);
    });

    test("run out while the create waits for another's refresh: it is not touched", async () => {
      const other = await harness.cloud.startElsewhere(harness.group, "other");
      const failure = await failureOf(create({ onTimeout: "cancel" }, 20));
      expect(failure).toMatchObject({ code: "timedOut", partialState: undefined });
      harness.emulator.clock.advance(24 * HOUR_S * 1000);
      expect(await harness.cloud.refreshes(harness.group)).toMatchObject([{ id: other, status: "Successful" }]);
    });
  });

  describe("another refresh on the group", () => {
    test.each([
      ["wait", "Successful"],
      ["cancel", "Cancelled"],
      ["rollback", "RollbackSuccessful"],
    ])("onConflict %s: it ends %s, and ours is started then", async (onConflict, end) => {
      await harness.cloud.startElsewhere(harness.group, "other");
      harness.emulator.clock.advance(20_000);
      const created = await create({ onConflict });
      expect(created.properties.status).toBe("Successful");
      expect(await statuses()).toEqual(["Successful", end]);
      expect(harness.notices.join()).toContain(`onConflict is ${onConflict}`);
    });

    test("onConflict fail: nothing is started", async () => {
      const other = await harness.cloud.startElsewhere(harness.group, "other");
      const failure = await failureOf(create({ onConflict: "fail" }));
      expect(failure).toMatchObject({ code: "conflict", refreshId: other, partialState: undefined });
      expect((await statuses()).length).toBe(1);
    });

    test("that is equal is adopted", async () => {
      const id = await harness.cloud.startElsewhere(harness.group, "second");
      expect((await create({ onConflict: "fail" })).id).toBe(id);
      expect(harness.notices.join()).toContain(id);
    });

    test("that is the predecessor is not adopted, though it is equal: the create waits for it", async () => {
      // ESS would leave the machines alone that the predecessor has replaced.
      if (name === "ess") args = { ...args, skipMatching: false };
      const started = await running();
      harness.lifecycle.diff(started, args, harness.urn);
      const created = await create({ triggers: ["again"] });
      expect(created.id).not.toBe(started.id);
      expect(await statuses()).toEqual(["Successful", "Successful"]);
    });
  });

  describe("adoption by id", () => {
    test("takes over a refresh that runs, and follows it", async () => {
      const id = await harness.cloud.startElsewhere(harness.group, "second");
      const adopted = await harness.lifecycle.adopt(id, args, harness.call());
      expect(adopted).toMatchObject({ id, properties: { status: "Successful" } });
    });

    test("refuses arguments that differ from the cloud's, and names them", async () => {
      const id = await harness.cloud.startElsewhere(harness.group, "other");
      const failure = await failureOf(harness.lifecycle.adopt(id, args, harness.call()));
      expect(failure.message).toMatch(
        /other arguments than the program's:\n {2}- `desiredConfiguration[\w.]*` is .+ in the program, and .+ in the refresh/,
      );
    });

    test("says which forms an id may have", async () => {
      const failure = await failureOf(harness.lifecycle.adopt("nonsense", args, harness.call()));
      expect(failure.message).toContain(harness.cloud.cloud.idForms);
    });

    test("by an import without arguments gives inputs that have no diff", async () => {
      const created = await create();
      const read = await harness.lifecycle.read(created.id, undefined, {}, harness.call());
      expect(read?.inputs).toHaveProperty(harness.cloud.cloud.groupArgument, harness.group);
      expect(harness.lifecycle.diff(read as Recorded, args, harness.urn)).toEqual({ replaces: [], updates: [] });
    });
  });

  describe("destroyed while it runs", () => {
    test.each([
      ["retain", "Successful", 0],
      ["cancel", "Cancelled", 1],
      ["rollback", "RollbackSuccessful", 1],
    ])("onDelete %s: it ends %s", async (onDelete, end, calls) => {
      const started = await create({ waitForCompletion: false, onDelete });
      harness.newProcess();
      await harness.lifecycle.delete(started, harness.call());
      expect(harness.count("CancelInstanceRefresh") + harness.count("RollbackInstanceRefresh")).toBe(calls);
      harness.emulator.clock.advance(24 * HOUR_S * 1000);
      expect(await statuses()).toEqual([end]);
    });

    test("but taken over by a create of the same process: it is left alone", async () => {
      const started = await create({ waitForCompletion: false, onDelete: "cancel" });
      await harness.lifecycle.delete(started, harness.call());
      expect(harness.count("CancelInstanceRefresh")).toBe(0);
    });
  });

  describe("read", () => {
    test("of a refresh whose group is gone says that it is gone", async () => {
      const created = await create();
      await harness.cloud.deleteGroup(harness.group);
      expect(await harness.lifecycle.read(created.id, created.properties, args, harness.call())).toBeUndefined();
    });

    test("in another region than the state's keeps the state: an empty answer there says nothing", async () => {
      const created = await create();
      const elsewhere = { ...harness.call(), settings: { ...harness.cloud.settings, region: "us-east-1" } };
      expect(await harness.lifecycle.read(created.id, created.properties, args, elsewhere)).toEqual(created);
    });
  });
});

test("a create warns of what a preview would have warned of: a deployment may run without one", async () => {
  const harness = await LifecycleHarness.start("autoscaling");
  const args = await harness.cloud.argumentsFor(harness.group, "second");
  await harness.lifecycle.create(args, harness.call());
  const again = { ...args, triggers: { deploy: 2 }, onTimeout: "rollback" };
  const warned: string[] = [];
  const call = { ...harness.call(), warn: (line: string) => void warned.push(line) };
  const { properties } = await harness.newProcess().create(again, call);
  expect(properties.status).toBe("Successful");
  expect(warned).toEqual([expect.stringMatching(/`onTimeout` can only return to the same/)]);
  await harness.close();
});

test("a finished refresh that AWS has forgotten after six weeks stays as it was", async () => {
  const harness = await LifecycleHarness.start("autoscaling");
  const args = await harness.cloud.argumentsFor(harness.group, "second");
  const created = await harness.lifecycle.create(args, harness.call());
  harness.emulator.clock.advance(50 * 24 * HOUR_S * 1000);
  expect(await harness.cloud.refreshes(harness.group)).toEqual([]);
  expect(await harness.lifecycle.read(created.id, created.properties, args, harness.call())).toEqual(created);
  await harness.close();
});

const CHECK = { name: "up", http: { url: "http://web" }, interval: "30s" };

test.each<[string, Record<string, unknown>]>([
  ["status", { status: "Cancelled" }],
  ["onTimeout", { onTimeout: "cancel" }],
  ["onDelete", { onDelete: "cancel" }],
  ["onConflict", { onConflict: "cancel" }],
  ["analysis.onFailure", { analysis: { checks: [CHECK], onFailure: "cancel" } }],
])("in an emergency a cancellation by %s does not wait for instances in transition", async (by, policy) => {
  const harness = await LifecycleHarness.start("autoscaling");
  const { cloud, group } = harness;
  const args = { ...(await cloud.argumentsFor(group, "second")), waitForTransitioningInstances: false };
  const asked = { ...args, ...policy };
  const call = () => harness.call(by === "onTimeout" ? 120 : undefined);
  if (by === "onConflict") await cloud.startElsewhere(group, "third");
  harness.measure = async () => ({ outcome: "failed", value: "no" });
  if (by === "status" || by === "onDelete") {
    const { status: _, ...running } = { status: undefined, ...asked };
    const recorded = await harness.lifecycle.create({ ...running, waitForCompletion: false }, call());
    harness.newProcess();
    if (by === "status") await harness.lifecycle.update(recorded, asked, call());
    else await harness.lifecycle.delete(recorded, call());
  } else {
    await harness.lifecycle.create(asked, call()).catch(() => undefined);
  }
  const sent = harness.emulator.requests.filter(({ operation }) => operation === "CancelInstanceRefresh");
  expect(sent.map(({ parameters }) => parameters.WaitForTransitioningInstances)).toEqual(["false"]);
  await harness.close();
});

describe("a refresh of ESS that somebody has suspended", () => {
  let harness: LifecycleHarness;
  beforeEach(async () => {
    harness = await LifecycleHarness.start("ess");
  });
  afterEach(() => harness.close());

  const suspend = (id: string) =>
    harness.cloud.call("SuspendInstanceRefresh", { ScalingGroupId: harness.group, InstanceRefreshTaskId: id });
  const howToResume = (id: string) =>
    `it is suspended, and goes on when somebody resumes it: npx pulumi-instance-refresh resume ${id} --region`;

  test("says how to resume it, in the row and in the error at the end of the wait", async () => {
    const args = await harness.cloud.argumentsFor(harness.group, "second");
    let id = "";
    harness.atNextSleep(async () => {
      id = (await harness.cloud.refreshes(harness.group))[0]?.id ?? "";
      await suspend(id);
    });
    const failure = await failureOf(harness.lifecycle.create(args, harness.call(HOUR_S)));
    expect(failure).toMatchObject({ code: "timedOut", refreshId: id });
    expect(failure.message).toContain(howToResume(id));
    expect(harness.progress.filter((line) => line.includes(howToResume(id))).length).toBeGreaterThan(0);
  });

  test("says the same where a create waits for it", async () => {
    const other = await harness.cloud.startElsewhere(harness.group, "other");
    await suspend(other);
    harness.emulator.clock.advance(60_000);
    const args = await harness.cloud.argumentsFor(harness.group, "second");
    const failure = await failureOf(harness.lifecycle.create(args, harness.call(HOUR_S)));
    expect(failure).toMatchObject({ code: "timedOut", partialState: undefined });
    for (const said of [failure.message, harness.notices.join(), harness.progress.join()])
      expect(said).toContain(howToResume(other));
  });
});
