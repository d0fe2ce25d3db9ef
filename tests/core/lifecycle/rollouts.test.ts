import type { Arguments } from "../../../src/core/cloud";
import type { Recorded } from "../../../src/core/lifecycle/lifecycle";
import { failureOf, Life, TEST_CLOUDS } from "../../clouds/life";

describe.each(Object.keys(TEST_CLOUDS))("%s", (name) => {
  let life: Life;
  let args: Arguments;

  beforeEach(async () => {
    life = await Life.begin(name);
    args = await life.cloud.argumentsFor(life.group, "second");
  });
  afterEach(() => life.end());

  const starts = () => life.count("StartInstanceRefresh");
  const next = async (recorded: Recorded, news: Arguments): Promise<Recorded> => {
    life.newProcess();
    const { replaces, updates } = life.lifecycle.diff(recorded, news, life.urn);
    if (replaces.length > 0) return life.lifecycle.create(news, life.call());
    return updates.length > 0
      ? { ...recorded, properties: await life.lifecycle.update(recorded, news, life.call()) }
      : recorded;
  };

  describe("a refresh that is held", () => {
    test("is started by no deployment until it is let go", async () => {
      const held = await life.lifecycle.create({ ...args, hold: true }, life.call());
      expect(held).toMatchObject({ id: `${life.group}:none`, properties: { status: "Held" } });
      expect(life.lifecycle.diff(held, { ...args, hold: true }, life.urn)).toEqual({ replaces: [], updates: [] });
      expect(starts()).toBe(0);

      expect(await next(held, args)).toMatchObject({ properties: { status: "Successful" } });
      expect(starts()).toBe(1);
    });

    test("keeps what was rolled out before, and every change as a change", async () => {
      const first = await life.lifecycle.create(args, life.call());
      const third = { ...(await life.cloud.argumentsFor(life.group, "third")), triggers: ["again"] };
      const held = await next(first, { ...third, hold: true });
      expect(held).toMatchObject({ id: first.id, properties: { ...args, hold: true } });
      expect(await next(held, { ...third, hold: true })).toEqual(held);
      expect(starts()).toBe(1);

      expect(await next(held, third)).toMatchObject({ properties: { ...third, status: "Successful" } });
      expect(starts()).toBe(2);
    });

    test("that runs already is followed all the same, and one that failed stays a failure", async () => {
      const running = await life.lifecycle.create({ ...args, waitForCompletion: false }, life.call());
      expect(await next(running, { ...args, hold: true })).toMatchObject({ properties: { status: "Successful" } });

      args = await life.cloud.argumentsFor(life.group, "unhealthy");
      const { partialState } = await failureOf(life.lifecycle.create(args, life.call()));
      expect(await failureOf(next(partialState as Recorded, { ...args, hold: true }))).toMatchObject({
        code: "failed",
      });
    });
  });

  describe("refreshes of one rollout", () => {
    const rollout = (onFailure?: string) => ({ rollout: { name: "web", ...(onFailure ? { onFailure } : {}) } });
    /** Two of them at once, of which the second one's image is bad and the first one takes long. */
    async function together(onFailure: string | undefined) {
      const other = await life.cloud.createGroup(10);
      const bad = await life.cloud.argumentsFor(other, "unhealthy");
      const slow = { ...args, ...pausing(name) };
      const call = (urn: string) => ({ ...life.call(), urn });
      return Promise.all([
        failureOrEnd(life.lifecycle.create({ ...slow, ...rollout(onFailure) }, call("urn:first"))),
        failureOrEnd(life.lifecycle.create({ ...bad, ...rollout(onFailure) }, call("urn:second"))),
      ]);
    }

    test("fail together: the one that runs is rolled back", async () => {
      const [first, second] = await together("rollback");
      expect(second).toMatchObject({ code: "failed" });
      expect(first).toMatchObject({
        code: "rolledBack",
        partialState: { properties: { status: "RollbackSuccessful" } },
      });
      expect(life.count("RollbackInstanceRefresh")).toBe(1);
    });

    test("fail together: the one that runs is cancelled", async () => {
      expect((await together("cancel"))[0]).toMatchObject({ code: "cancelled" });
    });

    test("are otherwise left to come to their end", async () => {
      expect((await together(undefined))[0]).toMatchObject({ properties: { status: "Successful" } });
      expect([life.count("RollbackInstanceRefresh"), life.count("CancelInstanceRefresh")]).toEqual([0, 0]);
    });

    test("are not started any more when one has failed while they waited for another's refresh", async () => {
      await life.cloud.startElsewhere(life.group, "elsewhere");
      const failed = life.lifecycle.rollouts.within("web", async () => {
        await life.clock.sleep(1);
        throw new Error("the other one");
      });
      const failure = failureOf(life.lifecycle.create({ ...args, ...rollout("leave") }, life.call()));
      await expect(failed).rejects.toThrow("the other one");
      expect(await failure).toMatchObject({ code: "halted", partialState: undefined });
      expect(starts()).toBe(1);
    });

    test("begin anew with the next deployment", async () => {
      const { rollouts } = life.lifecycle;
      const failing = rollouts.within("web", () => Promise.reject(new Error("the other one")));
      await expect(failing).rejects.toThrow("the other one");
      expect(await life.lifecycle.create({ ...args, ...rollout() }, life.call())).toMatchObject({
        properties: { status: "Successful" },
      });
    });
  });
});

/** A checkpoint of five hours, longer than a bad image takes to be found out. */
function pausing(cloud: string): Arguments {
  return cloud === "ess"
    ? { checkpoints: [{ percentage: 50 }, { percentage: 100 }], checkpointPauseTime: 300 }
    : { preferences: { checkpointPercentages: [50, 100], checkpointDelay: 18_000 } };
}

function failureOrEnd(action: Promise<Recorded>): Promise<unknown> {
  return action.catch((error: unknown) => error);
}
