import type { Arguments } from "../../../src/core/cloud";
import type { Recorded } from "../../../src/core/lifecycle/lifecycle";
import { failureOf, LifecycleHarness, TEST_CLOUDS } from "../../clouds/lifecycleHarness";

const OF_WEB = { name: "web", onFailure: "leave", startOnly: false } as const;

describe.each(Object.keys(TEST_CLOUDS))("%s", (name) => {
  let harness: LifecycleHarness;
  let args: Arguments;

  beforeEach(async () => {
    harness = await LifecycleHarness.start(name);
    args = await harness.cloud.argumentsFor(harness.group, "second");
  });
  afterEach(() => harness.close());

  const starts = () => harness.count("StartInstanceRefresh");
  const next = async (recorded: Recorded, news: Arguments): Promise<Recorded> => {
    harness.newProcess();
    const { replaces, updates } = harness.lifecycle.diff(recorded, news, harness.urn);
    if (replaces.length > 0) return harness.lifecycle.create(news, harness.call());
    return updates.length > 0
      ? { ...recorded, properties: await harness.lifecycle.update(recorded, news, harness.call()) }
      : recorded;
  };

  describe("a refresh that is held", () => {
    test("is started by no deployment until it is let go", async () => {
      const held = await harness.lifecycle.create({ ...args, hold: true }, harness.call());
      expect(held).toMatchObject({ id: `${harness.group}:none`, properties: { status: "Held" } });
      expect(harness.lifecycle.diff(held, { ...args, hold: true }, harness.urn)).toEqual({ replaces: [], updates: [] });
      expect(starts()).toBe(0);

      expect(await next(held, args)).toMatchObject({ properties: { status: "Successful" } });
      expect(starts()).toBe(1);
    });

    test("keeps what was rolled out before, and every change as a change", async () => {
      const first = await harness.lifecycle.create(args, harness.call());
      const third = { ...(await harness.cloud.argumentsFor(harness.group, "third")), triggers: ["again"] };
      const held = await next(first, { ...third, hold: true });
      expect(held).toMatchObject({ id: first.id, properties: { ...args, hold: true } });
      expect(await next(held, { ...third, hold: true })).toEqual(held);
      expect(starts()).toBe(1);

      expect(await next(held, third)).toMatchObject({ properties: { ...third, status: "Successful" } });
      expect(starts()).toBe(2);
    });

    test("that runs already is followed all the same, and one that failed stays a failure", async () => {
      const running = await harness.lifecycle.create({ ...args, waitForCompletion: false }, harness.call());
      expect(await next(running, { ...args, hold: true })).toMatchObject({ properties: { status: "Successful" } });

      args = await harness.cloud.argumentsFor(harness.group, "unhealthy");
      const { partialState } = await failureOf(harness.lifecycle.create(args, harness.call()));
      expect(await failureOf(next(partialState as Recorded, { ...args, hold: true }))).toMatchObject({
        code: "failed",
      });
    });
  });

  describe("refreshes of one rollout", () => {
    const rollout = (onFailure?: string) => ({ rollout: { name: "web", ...(onFailure ? { onFailure } : {}) } });
    /** Two of them at once, of which the second one's image is bad and the first one takes long. */
    async function together(onFailure: string | undefined) {
      const other = await harness.cloud.createGroup(10);
      const bad = await harness.cloud.argumentsFor(other, "unhealthy");
      const emergency = name === "autoscaling" ? { waitForTransitioningInstances: false } : {};
      const slow = { ...args, ...pausing(name), ...emergency };
      const call = (urn: string) => ({ ...harness.call(), urn });
      return Promise.all([
        failureOrEnd(harness.lifecycle.create({ ...slow, ...rollout(onFailure) }, call("urn:first"))),
        failureOrEnd(harness.lifecycle.create({ ...bad, ...rollout(onFailure) }, call("urn:second"))),
      ]);
    }

    test("fail together: the one that runs is rolled back", async () => {
      const [first, second] = await together("rollback");
      expect(second).toMatchObject({ code: "failed" });
      expect(first).toMatchObject({
        code: "rolledBack",
        partialState: { properties: { status: "RollbackSuccessful" } },
      });
      expect(harness.count("RollbackInstanceRefresh")).toBe(1);
    });

    test("fail together: the one that runs is cancelled", async () => {
      expect((await together("cancel"))[0]).toMatchObject({ code: "cancelled" });
      const [sent] = harness.emulator.requests.filter(({ operation }) => operation === "CancelInstanceRefresh");
      expect(sent?.parameters.WaitForTransitioningInstances).toBe(name === "autoscaling" ? "false" : undefined);
    });

    test("are otherwise left to come to their end", async () => {
      expect((await together(undefined))[0]).toMatchObject({ properties: { status: "Successful" } });
      expect([harness.count("RollbackInstanceRefresh"), harness.count("CancelInstanceRefresh")]).toEqual([0, 0]);
    });

    test("are not started any more when one has failed while they waited for another's refresh", async () => {
      await harness.cloud.startElsewhere(harness.group, "elsewhere");
      const failed = harness.lifecycle.rollouts.within(OF_WEB, "urn:other", async () => {
        await harness.clock.sleep(1);
        throw new Error("the other one");
      });
      const failure = failureOf(harness.lifecycle.create({ ...args, ...rollout("leave") }, harness.call()));
      await expect(failed).rejects.toThrow("the other one");
      expect(await failure).toMatchObject({ code: "halted", partialState: undefined });
      expect(starts()).toBe(1);
    });

    describe("that are only started, as their wave waits for them", () => {
      const started = (onFailure?: string) => ({ rollout: { ...rollout(onFailure).rollout, startOnly: true } });
      const describes = () => harness.emulator.requests.filter(({ operation }) => /^Describe.*Refresh/.test(operation));

      test("are no change until the wave has waited for them, whatever process that is in", async () => {
        const created = await harness.lifecycle.create({ ...args, ...started() }, harness.call());
        const asked = describes().length;
        expect(created.properties).toMatchObject({ ...args, status: "Pending" });
        expect(await next(created, { ...args, ...started() })).toBe(created);
        expect(describes()).toHaveLength(asked);

        const ended = await harness.lifecycle.complete(created.id, { ...args, ...rollout() }, harness.call());
        expect(ended).toMatchObject({ status: "Successful", endTime: expect.any(String) });
        expect(starts()).toBe(1);
      });

      test("are followed by the step that fails, since the engine then never comes to wait for the wave", async () => {
        const lines: string[] = [];
        const call = { ...harness.call(), error: (line: string) => void lines.push(line) };
        const emergency = name === "autoscaling" ? { waitForTransitioningInstances: false } : {};
        const slow = { ...args, ...pausing(name), ...emergency };
        const { id } = await harness.lifecycle.create({ ...slow, ...started("rollback") }, call);
        const refused = harness.lifecycle.rollouts.within(OF_WEB, "urn:other", () =>
          Promise.reject(new Error("refused")),
        );
        await expect(refused).rejects.toThrow("refused");
        expect(lines).toEqual([expect.stringContaining(`${id} of group ${harness.group}`)]);
        expect(lines[0]).toContain("RollbackSuccessful");
      });

      test("are not followed twice when one of them fails while the wave waits", async () => {
        const other = await harness.cloud.createGroup(10);
        const bad = { ...(await harness.cloud.argumentsFor(other, "unhealthy")), ...started("cancel") };
        const slow = { ...args, ...pausing(name), ...started("cancel") };
        const call = (urn: string) => ({ ...harness.call(), urn });
        const { lifecycle } = harness;
        const [first, second] = [
          await lifecycle.create(slow, call("urn:first")),
          await lifecycle.create(bad, call("urn:second")),
        ];
        const ends = await Promise.all([
          failureOf(lifecycle.complete(first.id, { ...slow, ...rollout("cancel") }, call("urn:first"))),
          failureOf(lifecycle.complete(second.id, { ...bad, ...rollout("cancel") }, call("urn:second"))),
        ]);
        expect(ends).toMatchObject([{ code: "cancelled" }, { code: "failed" }]);
        expect(harness.count("CancelInstanceRefresh")).toBe(1);
        expect(harness.progress.filter((line) => line.startsWith("A refresh of the rollout failed"))).toEqual([]);
      });
    });

    test("of which only one may run at once wait for one another", async () => {
      const others = [await harness.cloud.createGroup(2), await harness.cloud.createGroup(2)];
      const urns = ["urn:first", "urn:second", "urn:third"];
      const all = await Promise.all(
        [harness.group, ...others].map(async (group, index) => {
          const one = {
            ...(await harness.cloud.argumentsFor(group, "second")),
            rollout: { name: "web", maxConcurrent: 1 },
          };
          return harness.lifecycle.create(one, { ...harness.call(), urn: urns[index] as string });
        }),
      );
      const runs = all
        .map(({ properties }) => [properties.startTime, properties.endTime].map((time) => Date.parse(String(time))))
        .sort(([a = 0], [b = 0]) => a - b);
      expect(starts()).toBe(3);
      for (const [index, [start = 0]] of runs.entries()) {
        if (index > 0) expect(start).toBeGreaterThanOrEqual(runs[index - 1]?.[1] as number);
      }
      expect(harness.progress).toContain("Waiting for a refresh of its rollout to end: no more than 1 run at once");
    });

    test("of which one runs already: it counts, and the others wait for it", async () => {
      const running = await harness.lifecycle.create({ ...args, waitForCompletion: false }, harness.call());
      const other = await harness.cloud.argumentsFor(await harness.cloud.createGroup(2), "second");
      const limited = { rollout: { name: "web", maxConcurrent: 1 } };
      harness.newProcess();
      const [second, first] = await Promise.all([
        harness.lifecycle.create({ ...other, ...limited }, { ...harness.call(), urn: "urn:other" }),
        harness.lifecycle.create({ ...args, ...limited }, harness.call()),
      ]);
      expect(first.id).toBe(running.id);
      const [ended, started] = [first.properties.endTime, second.properties.startTime].map((time) =>
        Date.parse(String(time)),
      );
      expect(started).toBeGreaterThanOrEqual(ended as number);
    });

    test("wait for an earlier wave that is held, and start once it has started", async () => {
      const later = await harness.cloud.argumentsFor(await harness.cloud.createGroup(2), "second");
      const wave = (number: number) => ({ rollout: { name: "web", wave: number } });
      const freezes = [{ from: "2020-01-01T00:00:00Z", to: "2090-01-01T00:00:00Z", reason: "for good" }];
      const call = (urn: string) => ({ ...harness.call(), urn });
      const { lifecycle } = harness;
      const first = await lifecycle.create({ ...args, ...wave(0), freezes }, call("urn:first"));
      const second = await lifecycle.create({ ...later, ...wave(1) }, call("urn:second"));
      expect([first, second].map(({ properties }) => properties.status)).toEqual(["Held", "Held"]);
      expect(harness.notices.at(-1)).toContain("one of an earlier wave is held");

      await lifecycle.create({ ...args, ...wave(0) }, call("urn:first"));
      expect(await lifecycle.create({ ...later, ...wave(1) }, call("urn:second"))).toMatchObject({
        properties: { status: "Successful" },
      });
    });

    test("begin again with the next deployment", async () => {
      const { rollouts } = harness.lifecycle;
      const failing = rollouts.within(OF_WEB, "urn:other", () => Promise.reject(new Error("the other one")));
      await expect(failing).rejects.toThrow("the other one");
      expect(await harness.lifecycle.create({ ...args, ...rollout() }, harness.call())).toMatchObject({
        properties: { status: "Successful" },
      });
    });
  });
});

/** A checkpoint of two hours, longer than a bad image takes to be found out. */
function pausing(cloud: string): Arguments {
  return cloud === "ess"
    ? { checkpoints: [{ percentage: 50 }, { percentage: 100 }], checkpointPauseTime: 120 }
    : { preferences: { checkpointPercentages: [50, 100], checkpointDelay: 7_200 } };
}

function failureOrEnd(action: Promise<Recorded>): Promise<unknown> {
  return action.catch((error: unknown) => error);
}
