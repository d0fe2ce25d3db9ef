import type { Arguments } from "../../../src/core/cloud";
import type { Recorded } from "../../../src/core/lifecycle/lifecycle";
import { failureOf, Life, TEST_CLOUDS } from "../../clouds/life";

const HOUR_S = 3_600;

describe.each(Object.keys(TEST_CLOUDS))("%s", (name) => {
  let life: Life;
  let args: Arguments;

  beforeEach(async () => {
    life = await Life.begin(name);
    args = await life.cloud.argumentsFor(life.group, "second");
  });
  afterEach(() => life.end());

  const create = (more: Arguments = {}, timeoutSeconds?: number) =>
    life.lifecycle.create({ ...args, ...more }, life.call(timeoutSeconds));
  const update = (recorded: Recorded, more: Arguments = {}, timeoutSeconds?: number) =>
    life.lifecycle.update(recorded, { ...args, ...more }, life.call(timeoutSeconds));
  /** What the next `pulumi up` does with what the state holds: diff, and update where it asks for it. */
  const upAgain = async (recorded: Recorded, more: Arguments = {}) => {
    life.newProcess();
    const { replaces, updates } = life.lifecycle.diff(recorded, { ...args, ...more }, life.urn);
    expect(replaces).toEqual([]);
    return updates.length > 0 ? { ...recorded, properties: await update(recorded, more) } : recorded;
  };
  const running = () => create({ waitForCompletion: false });
  const statuses = async () => (await life.cloud.refreshes(life.group)).map(({ status }) => status);

  describe("a refresh that is declared", () => {
    test("replaces every machine, is followed to its end, and tells its progress", async () => {
      const before = await life.cloud.instances(life.group);
      const { id, properties } = await create();
      expect(properties).toMatchObject({ ...args, status: "Successful", percentageComplete: 100 });
      expect(await life.cloud.refreshes(life.group)).toMatchObject([{ id, status: "Successful" }]);
      expect((await life.cloud.instances(life.group)).filter((instance) => before.includes(instance))).toEqual([]);
      expect(life.progress.some((line) => /^InProgress, \d+ %/.test(line))).toBe(true);
    });

    test("that no machine needs is a success without a refresh, and later operations make no call", async () => {
      if (name === "autoscaling") args = { ...args, preferences: { skipMatching: true } };
      await create();
      life.newProcess();
      const again = await create({ triggers: ["again"] });
      expect(again.properties.status).toBe("Successful");
      if (name === "autoscaling") return;
      expect(again.id).toBe(`${life.group}:none`);
      const calls = life.emulator.requests.length;
      expect(await upAgain(again, { triggers: ["again"] })).toEqual(again);
      expect(await life.lifecycle.read(again.id, again.properties, args, life.call())).toEqual(again);
      await life.lifecycle.delete(again, life.call());
      expect(life.emulator.requests.length).toBe(calls);
    });

    test("has no diff afterwards, and none after a read", async () => {
      const created = await create();
      expect(life.lifecycle.diff(created, args, life.urn)).toEqual({ replaces: [], updates: [] });
      const read = await life.lifecycle.read(created.id, created.properties, args, life.call());
      expect(read).toEqual(created);
    });

    test("is started only where its group exists", async () => {
      await life.cloud.deleteGroup(life.group);
      const failure = await failureOf(create());
      expect(failure).toMatchObject({ code: "refused", partialState: undefined });
      expect(failure.message).toContain(`There is no group ${life.group}`);
    });
  });

  describe("a refresh that fails", () => {
    let failed: Recorded;
    beforeEach(async () => {
      args = await life.cloud.argumentsFor(life.group, "unhealthy");
      const failure = await failureOf(create());
      expect(failure).toMatchObject({ code: "failed", group: life.group });
      failed = failure.partialState as Recorded;
    });

    test("is kept with its id, the cloud's reason, how far it got, and what to do", async () => {
      const failure = await failureOf(update(failed));
      expect(failed.properties.status).toBe("Failed");
      expect(failed.id).toBe((await life.cloud.refreshes(life.group))[0]?.id);
      for (const part of [failed.id, life.group, "Reason given by the cloud: ", "%", "Next: "])
        expect(failure.message).toContain(part);
    });

    test("fails again with every up, also after a read, and no machine is touched", async () => {
      const machines = await life.cloud.instances(life.group);
      await failureOf(upAgain(failed));
      const read = await life.lifecycle.read(failed.id, failed.properties, args, life.call());
      await failureOf(upAgain(read as Recorded));
      expect(await life.cloud.instances(life.group)).toEqual(machines);
      expect(life.count("StartInstanceRefresh")).toBe(1);
    });

    test("is accepted with waitForCompletion: false, without a call", async () => {
      const calls = life.emulator.requests.length;
      await upAgain(failed, { waitForCompletion: false });
      expect(life.emulator.requests.length).toBe(calls);
    });

    test("is followed by a new one when a good image replaces it", async () => {
      life.lifecycle.diff(failed, { ...args }, life.urn);
      args = await life.cloud.argumentsFor(life.group, "second");
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
        const calls = life.emulator.requests.length;
        await upAgain(done, { waitForCompletion: false, status });
        await upAgain(done, {});
        expect(life.emulator.requests.length).toBe(calls);
      },
    );

    test("of a refresh that has ended otherwise is an error that says so", async () => {
      const created = await create();
      const failure = await failureOf(update(created, { status: "Cancelled" }));
      expect(failure).toMatchObject({ code: "tooLate", partialState: { id: created.id } });
      expect(failure.message).toContain("can no longer be cancelled: it is Successful");
    });

    test("Cancelled sends nothing during a rollback: its end is waited for", async () => {
      const started = await running();
      life.emulator.clock.advance(20_000);
      await life.cloud.rollbackElsewhere(life.group, started.id);
      const failure = await failureOf(upAgain(started, { status: "Cancelled" }));
      expect(failure.code).toBe("tooLate");
      expect(life.count("CancelInstanceRefresh")).toBe(0);
      expect(await statuses()).toEqual(["RollbackSuccessful"]);
    });

    test("without such a refresh is refused, before any call that changes something", async () => {
      const failure = await failureOf(create({ status: "Cancelled" }));
      expect(failure.message).toContain("remove `status` to start a new refresh");
      expect(await statuses()).toEqual([]);
    });

    test("on create is applied to the equal refresh that runs", async () => {
      const id = await life.cloud.startElsewhere(life.group, "second");
      const created = await create({ status: "Cancelled" });
      expect(created).toMatchObject({ id, properties: { status: "Cancelled" } });
      expect(life.count("StartInstanceRefresh")).toBe(1);
    });
  });

  describe("a refresh that somebody else ends", () => {
    test.each([
      ["cancelled", "cancelElsewhere"],
      ["rolledBack", "rollbackElsewhere"],
    ] as const)("%s fails, and goes on failing", async (fault, end) => {
      const started = await running();
      life.emulator.clock.advance(20_000);
      await life.cloud[end](life.group, started.id);
      const failure = await failureOf(upAgain(started));
      expect(failure.code).toBe(fault);
      expect((await failureOf(upAgain(failure.partialState as Recorded))).code).toBe(fault);
    });
  });

  describe("an interrupted wait", () => {
    test("keeps the id, the refresh goes on, and the next up attaches", async () => {
      life.atNextSleep(() => life.stop.abort());
      const failure = await failureOf(create());
      expect(failure).toMatchObject({ code: "interrupted", partialState: { id: expect.any(String) } });
      const done = await upAgain(failure.partialState as Recorded);
      expect(done.properties.status).toBe("Successful");
      expect(life.count("StartInstanceRefresh")).toBe(1);
    });

    test("whose record was lost finds its own refresh, and starts none", async () => {
      life.atNextSleep(() => life.stop.abort());
      const failure = await failureOf(create());
      life.newProcess();
      const created = await create();
      expect(created.id).toBe(failure.partialState?.id);
      expect((await statuses()).length).toBe(1);
    });

    test("whose record was lost, and whose refresh has ended well meanwhile, adopts it", async () => {
      life.atNextSleep(() => life.stop.abort());
      const failure = await failureOf(create());
      life.emulator.clock.advance(24 * HOUR_S * 1000);
      life.newProcess();
      expect((await create()).id).toBe(failure.partialState?.id);
      expect((await statuses()).length).toBe(1);
    });

    test("of an ended one with triggers is a new request", async () => {
      const first = await create({ triggers: [1] });
      life.newProcess();
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
      life.emulator.clock.advance(24 * HOUR_S * 1000);
      expect(await statuses()).toEqual([end]);
    });

    test("run out while another's refresh is waited for: it is not touched", async () => {
      const other = await life.cloud.startElsewhere(life.group, "other");
      const failure = await failureOf(create({ onTimeout: "cancel" }, 20));
      expect(failure).toMatchObject({ code: "timedOut", partialState: undefined });
      life.emulator.clock.advance(24 * HOUR_S * 1000);
      expect(await life.cloud.refreshes(life.group)).toMatchObject([{ id: other, status: "Successful" }]);
    });
  });

  describe("another refresh on the group", () => {
    test.each([
      ["wait", "Successful"],
      ["cancel", "Cancelled"],
      ["rollback", "RollbackSuccessful"],
    ])("onConflict %s: it ends %s, and ours is started then", async (onConflict, end) => {
      await life.cloud.startElsewhere(life.group, "other");
      life.emulator.clock.advance(20_000);
      const created = await create({ onConflict });
      expect(created.properties.status).toBe("Successful");
      expect(await statuses()).toEqual(["Successful", end]);
      expect(life.notices.join()).toContain(`onConflict is ${onConflict}`);
    });

    test("onConflict fail: nothing is started", async () => {
      const other = await life.cloud.startElsewhere(life.group, "other");
      const failure = await failureOf(create({ onConflict: "fail" }));
      expect(failure).toMatchObject({ code: "conflict", refreshId: other, partialState: undefined });
      expect((await statuses()).length).toBe(1);
    });

    test("that is equal is adopted", async () => {
      const id = await life.cloud.startElsewhere(life.group, "second");
      expect((await create({ onConflict: "fail" })).id).toBe(id);
      expect(life.notices.join()).toContain(id);
    });

    test("that is the predecessor is not adopted, though it is equal: it is waited for", async () => {
      // ESS would leave the machines alone that the predecessor has replaced.
      if (name === "ess") args = { ...args, skipMatching: false };
      const started = await running();
      life.lifecycle.diff(started, args, life.urn);
      const created = await create({ triggers: ["again"] });
      expect(created.id).not.toBe(started.id);
      expect(await statuses()).toEqual(["Successful", "Successful"]);
    });
  });

  describe("adoption by id", () => {
    test("takes over a refresh that runs, and follows it", async () => {
      const id = await life.cloud.startElsewhere(life.group, "second");
      const adopted = await life.lifecycle.adopt(id, args, life.call());
      expect(adopted).toMatchObject({ id, properties: { status: "Successful" } });
    });

    test("refuses arguments that differ from the cloud's, and names them", async () => {
      const id = await life.cloud.startElsewhere(life.group, "other");
      const failure = await failureOf(life.lifecycle.adopt(id, args, life.call()));
      expect(failure.message).toMatch(
        /other arguments than the program's:\n {2}- `desiredConfiguration[\w.]*` is .+ in the program, and .+ in the refresh/,
      );
    });

    test("says which forms an id may have", async () => {
      const failure = await failureOf(life.lifecycle.adopt("nonsense", args, life.call()));
      expect(failure.message).toContain(life.cloud.cloud.idForms);
    });

    test("by an import without arguments gives inputs that have no diff", async () => {
      const created = await create();
      const read = await life.lifecycle.read(created.id, undefined, {}, life.call());
      expect(read?.inputs).toHaveProperty(life.cloud.cloud.groupArgument, life.group);
      expect(life.lifecycle.diff(read as Recorded, args, life.urn)).toEqual({ replaces: [], updates: [] });
    });
  });

  describe("destroyed while it runs", () => {
    test.each([
      ["retain", "Successful", 0],
      ["cancel", "Cancelled", 1],
      ["rollback", "RollbackSuccessful", 1],
    ])("onDelete %s: it ends %s", async (onDelete, end, calls) => {
      const started = await create({ waitForCompletion: false, onDelete });
      life.newProcess();
      await life.lifecycle.delete(started, life.call());
      expect(life.count("CancelInstanceRefresh") + life.count("RollbackInstanceRefresh")).toBe(calls);
      life.emulator.clock.advance(24 * HOUR_S * 1000);
      expect(await statuses()).toEqual([end]);
    });

    test("but taken over by a create of the same process: it is left alone", async () => {
      const started = await create({ waitForCompletion: false, onDelete: "cancel" });
      await life.lifecycle.delete(started, life.call());
      expect(life.count("CancelInstanceRefresh")).toBe(0);
    });
  });

  describe("read", () => {
    test("of a refresh whose group is gone says that it is gone", async () => {
      const created = await create();
      await life.cloud.deleteGroup(life.group);
      expect(await life.lifecycle.read(created.id, created.properties, args, life.call())).toBeUndefined();
    });

    test("in another region than the state's keeps the state: an empty answer there says nothing", async () => {
      const created = await create();
      const elsewhere = { ...life.call(), settings: { ...life.cloud.settings, region: "us-east-1" } };
      expect(await life.lifecycle.read(created.id, created.properties, args, elsewhere)).toEqual(created);
    });
  });
});

test("a finished refresh that AWS has forgotten after six weeks stays as it was", async () => {
  const life = await Life.begin("autoscaling");
  const args = await life.cloud.argumentsFor(life.group, "second");
  const created = await life.lifecycle.create(args, life.call());
  life.emulator.clock.advance(50 * 24 * HOUR_S * 1000);
  expect(await life.cloud.refreshes(life.group)).toEqual([]);
  expect(await life.lifecycle.read(created.id, created.properties, args, life.call())).toEqual(created);
  await life.end();
});
