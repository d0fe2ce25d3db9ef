import { type Arguments, type CloudApi, CloudError, type CloudModule } from "../../src/core/cloud";
import { Lifecycle } from "../../src/core/lifecycle/lifecycle";
import { failureOf, LifecycleHarness, TEST_CLOUDS } from "../clouds/lifecycleHarness";
import { LONG, LONG_ELSEWHERE } from "./operations";

type CloudName = keyof typeof LONG;

/** What differs between the refresh that runs and what is asked, by cloud: as arguments of the one that is asked. */
const UNEQUAL: Record<CloudName, Record<string, Arguments>> = {
  ess: {
    "another image": { desiredConfigurationImageId: "m-third" },
    "another share of healthy machines": { minHealthyPercentage: 50 },
    "another limit of growth": { maxHealthyPercentage: 150 },
    "matching machines are not left alone": { skipMatching: false },
    "other checkpoints": { checkpoints: [{ percentage: 20 }, { percentage: 100 }] },
    "one checkpoint fewer": { checkpoints: [{ percentage: 100 }] },
    "another pause": { checkpointPauseTime: 30 },
  },
  autoscaling: {
    "another share of healthy machines": { preferences: { minHealthyPercentage: 50 } },
    "another limit of growth": { preferences: { minHealthyPercentage: 90, maxHealthyPercentage: 150 } },
    "matching machines are left alone": { preferences: { skipMatching: true } },
    "other checkpoints": { preferences: { checkpointPercentages: [20, 100], checkpointDelay: 172_800 } },
    "one checkpoint fewer": { preferences: { checkpointPercentages: [100] } },
    "another pause": { preferences: { checkpointPercentages: [50, 100], checkpointDelay: 60 } },
    "another warm-up": { preferences: { instanceWarmup: 7 } },
    "a bake time": { preferences: { bakeTime: 60 } },
    "a rollback by itself": { preferences: { autoRollback: true } },
    "protected machines too": { preferences: { scaleInProtectedInstances: "Refresh" } },
    "machines on standby too": { preferences: { standbyInstances: "Terminate" } },
  },
};

/** Otherwise ESS finds nothing to refresh when nothing is desired. */
const SKIPS_NOTHING: Record<CloudName, Arguments> = { ess: { skipMatching: false }, autoscaling: {} };

test("a refresh to $Latest that began before the newest version existed is somebody else's", async () => {
  const harness = await LifecycleHarness.start("autoscaling");
  try {
    const asked = { ...(await harness.cloud.vagueArgumentsFor(harness.group, "second")), ...LONG.autoscaling };
    const first = await harness.lifecycle.create({ ...asked, waitForCompletion: false }, harness.call());
    harness.emulator.clock.advance(60_000);
    await harness.cloud.argumentsFor(harness.group, "third");
    harness.newProcess();
    const failure = await failureOf(harness.lifecycle.create({ ...asked, onConflict: "fail" }, harness.call()));
    expect(failure).toMatchObject({ code: "conflict", refreshId: first.id });
  } finally {
    await harness.close();
  }
});

/** What a Start can ask for beside what the program says, in the words of the API. */
const MORE: Readonly<Record<CloudName, Readonly<Record<string, Record<string, unknown>>>>> = {
  ess: {
    "a lower minimum": { MinHealthyPercentage: 50 },
    "a higher maximum": { MaxHealthyPercentage: 200 },
    "all instances": { SkipMatching: false },
  },
  autoscaling: {
    "a lower minimum": { "Preferences.MinHealthyPercentage": "50" },
    "a higher maximum": { "Preferences.MinHealthyPercentage": "90", "Preferences.MaxHealthyPercentage": "150" },
    "a shorter warm-up": { "Preferences.InstanceWarmup": "1" },
    "a bake time": { "Preferences.BakeTime": "60" },
  },
};

describe.each(Object.keys(TEST_CLOUDS) as CloudName[])("%s: another refresh on the group", (name) => {
  let harness: LifecycleHarness;
  let args: Arguments;
  const preferences = () => LONG_ELSEWHERE[name];

  beforeEach(async () => {
    harness = await LifecycleHarness.start(name);
    args = await harness.cloud.argumentsFor(harness.group, "second");
  });
  afterEach(() => harness.close());

  const statuses = async () => (await harness.cloud.refreshes(harness.group)).map(({ status }) => status);

  /** A process in which something happens right before or after one kind of call. */
  function processIn(meddle: (api: CloudApi) => Partial<CloudApi>): Lifecycle {
    const { cloud } = harness.cloud;
    const meddled: CloudModule = {
      ...cloud,
      connect: async (settings) => {
        const api = await cloud.connect(settings);
        return { ...api, ...meddle(api) };
      },
    };
    const { tools } = harness.newProcess();
    return new Lifecycle(harness.clock.watched(meddled), tools);
  }

  describe("is not taken for the one that is asked when there is", () => {
    test.each(Object.keys(UNEQUAL[name]))("%s", async (what) => {
      const running = await harness.cloud.startElsewhere(harness.group, "second", preferences());
      const asked = { ...args, ...UNEQUAL[name][what], onConflict: "fail" };
      const failure = await failureOf(harness.lifecycle.create(asked, harness.call()));
      expect(failure).toMatchObject({ code: "conflict", refreshId: running, partialState: undefined });
      expect(harness.count("StartInstanceRefresh")).toBe(1);
    });
  });

  test.each(Object.keys(MORE[name]))("is not ours when somebody else also asks for %s", async (what) => {
    const running = await harness.cloud.startElsewhere(harness.group, "second", {
      ...preferences(),
      ...MORE[name][what],
    });
    const asked = { ...args, ...LONG[name], onConflict: "fail" };
    const failure = await failureOf(harness.lifecycle.create(asked, harness.call()));
    expect(failure).toMatchObject({ code: "conflict", refreshId: running, partialState: undefined });
  });

  test.each(["a version that the service resolves", "nothing but triggers", "nothing at all"])(
    "is ours after a killed process, when the program says %s",
    async (says) => {
      const group = { [harness.cloud.cloud.groupArgument]: harness.group };
      const asked = says.startsWith("a version")
        ? await harness.cloud.vagueArgumentsFor(harness.group, "second")
        : { ...group, ...(says === "nothing at all" ? {} : { triggers: { at: 1 } }), ...SKIPS_NOTHING[name] };
      const again = { ...asked, ...LONG[name], waitForCompletion: false, onConflict: "cancel" };
      const first = await harness.lifecycle.create(again, harness.call());
      harness.newProcess();
      const { id } = await harness.lifecycle.create(again, harness.call());
      expect(id).toBe(first.id);
      expect(await statuses()).toHaveLength(1);
      expect(harness.count("CancelInstanceRefresh")).toBe(0);
    },
  );

  test("is not taken for the one that is asked when it says all of that, and more that is not asked", async () => {
    await harness.cloud.startElsewhere(harness.group, "second", preferences());
    const failure = await failureOf(harness.lifecycle.create({ ...args, onConflict: "fail" }, harness.call()));
    expect(failure).toMatchObject({ code: "conflict", partialState: undefined });
  });

  test("that asks for nothing in particular is not ours when we do, nor ours when it does", async () => {
    const { [harness.cloud.cloud.groupArgument]: group } = args;
    const nothing = { [harness.cloud.cloud.groupArgument]: group };
    await harness.cloud.startElsewhere(harness.group, "second");
    const failure = await failureOf(harness.lifecycle.create({ ...nothing, onConflict: "fail" }, harness.call()));
    expect(failure).toMatchObject({ code: "conflict", partialState: undefined });
  });

  test("that ends while we describe it is not waited for, nor stopped: ours is started", async () => {
    await harness.cloud.startElsewhere(harness.group, "second");
    const ours = await harness.cloud.argumentsFor(harness.group, "third");
    let reads = 0;
    const lifecycle = processIn((api) => ({
      async refreshes(group) {
        const seen = await api.refreshes(group);
        // Seen as running, it ends before anything is done about it.
        if (reads++ === 0) harness.emulator.clock.advance(3_600_000);
        return seen;
      },
    }));
    const { properties } = await lifecycle.create({ ...ours, onConflict: "cancel" }, harness.call());
    expect(properties.status).toBe("Successful");
    expect(await statuses()).toEqual(["Successful", "Successful"]);
    expect(harness.count("CancelInstanceRefresh")).toBe(0);
  });

  test("that ends between our refused start and the next list is no reason to give up", async () => {
    await harness.cloud.startElsewhere(harness.group, "second");
    const ours = await harness.cloud.argumentsFor(harness.group, "third");
    let starts = 0;
    const lifecycle = processIn((api) => ({
      async start(asked, token) {
        try {
          return await api.start(asked, token);
        } finally {
          if (starts++ === 0) harness.emulator.clock.advance(3_600_000);
        }
      },
    }));
    const { properties } = await lifecycle.create(ours, harness.call());
    expect(properties.status).toBe("Successful");
    expect(await statuses()).toEqual(["Successful", "Successful"]);
  });

  test("that is our own, whose answer was lost, is ours though the list does not show it for four reads", async () => {
    let reads = 0;
    let starts = 0;
    const lifecycle = processIn((api) => ({
      async refreshes(group) {
        const seen = await api.refreshes(group);
        return reads++ < 4 ? [] : seen;
      },
      async start(asked, token) {
        const id = await api.start(asked, token);
        if (starts++ > 0) return id;
        throw new CloudError({
          operation: "StartInstanceRefresh",
          code: "ECONNRESET",
          kind: "passing",
          message: "cut",
        });
      },
    }));
    const { properties } = await lifecycle.create(args, harness.call());
    expect(properties.status).toBe("Successful");
    expect(await statuses()).toEqual(["Successful"]);
  });

  test("that is equal, and ends well between our reads of the group and of its refreshes, is ours", async () => {
    const elsewhere = await harness.cloud.startElsewhere(harness.group, "second");
    let reads = 0;
    const lifecycle = processIn((api) => ({
      async group(asked) {
        const seen = await api.group(asked);
        if (reads++ === 0) harness.emulator.clock.advance(3_600_000);
        return seen;
      },
    }));
    expect((await lifecycle.create(args, harness.call())).id).toBe(elsewhere);
    expect(await statuses()).toEqual(["Successful"]);
  });

  test.each([
    ["wait", "Successful"],
    ["cancel", "Cancelled"],
    ["rollback", "RollbackSuccessful"],
  ])("that starts between our read and our start: onConflict %s, and it ends %s", async (onConflict, status) => {
    let starts = 0;
    const lifecycle = processIn((api) => ({
      async start(asked, token) {
        if (starts++ === 0) await harness.cloud.startElsewhere(harness.group, "third");
        return api.start(asked, token);
      },
    }));
    const { id, properties } = await lifecycle.create({ ...args, onConflict }, harness.call());
    expect(properties.status).toBe("Successful");
    expect(await statuses()).toEqual(["Successful", status]);
    expect((await harness.cloud.refreshes(harness.group))[0]?.id).toBe(id);
  });

  test("that starts between our read and our start: onConflict fail, and it goes on", async () => {
    const lifecycle = processIn((api) => ({
      async start(asked, token) {
        await harness.cloud.startElsewhere(harness.group, "third");
        return api.start(asked, token);
      },
    }));
    const failure = await failureOf(lifecycle.create({ ...args, onConflict: "fail" }, harness.call()));
    expect(failure).toMatchObject({ code: "conflict", partialState: undefined });
    expect(await statuses()).toEqual(["Pending"]);
  });

  test("that starts between our read and our start, and is equal, is ours", async () => {
    let elsewhere = "";
    const lifecycle = processIn((api) => ({
      async start(asked, token) {
        elsewhere = await harness.cloud.startElsewhere(harness.group, "second");
        return api.start(asked, token);
      },
    }));
    const { id } = await lifecycle.create({ ...args, onConflict: "fail" }, harness.call());
    expect(id).toBe(elsewhere);
    expect(await statuses()).toEqual(["Successful"]);
  });

  test("of a second program at the same time: one starts, the other waits for it; never two at once", async () => {
    const others = await harness.cloud.argumentsFor(harness.group, "third");
    const both = [processIn(() => ({})), processIn(() => ({}))] as const;
    const call = { ...harness.call(), urn: "urn:pulumi:other::project::instance-refresh:InstanceRefresh::web" };
    const ended = await Promise.all([both[0].create(args, harness.call()), both[1].create(others, call)]);
    expect(ended.map(({ properties }) => properties.status)).toEqual(["Successful", "Successful"]);
    expect(await statuses()).toEqual(["Successful", "Successful"]);
    expect(new Set(ended.map(({ id }) => id)).size).toBe(2);
  });

  test("of a second program at the same time that fails at a conflict: one refresh", async () => {
    const others = await harness.cloud.argumentsFor(harness.group, "third");
    const both = [processIn(() => ({})), processIn(() => ({}))] as const;
    const ended = await Promise.allSettled([
      both[0].create({ ...args, onConflict: "fail" }, harness.call()),
      both[1].create({ ...others, onConflict: "fail" }, { ...harness.call(), urn: `${harness.urn}-other` }),
    ]);
    expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await statuses()).toEqual(["Successful"]);
  });

  test("of a second program that asks for the same: one refresh, which both follow", async () => {
    const both = [processIn(() => ({})), processIn(() => ({}))] as const;
    const [first, second] = await Promise.all([
      both[0].create(args, harness.call()),
      both[1].create(args, { ...harness.call(), urn: `${harness.urn}-other` }),
    ]);
    expect(second.id).toBe(first.id);
    expect(await statuses()).toEqual(["Successful"]);
  });
});

describe.each(["ess", "autoscaling"] as const)(
  "%s: a resource that is renamed without an alias, with onDelete cancel",
  (name) => {
    let harness: LifecycleHarness;
    afterEach(() => harness.close());

    async function renamed() {
      harness = await LifecycleHarness.start(name, 2);
      const args = { ...(await harness.cloud.argumentsFor(harness.group, "second")), ...LONG[name] };
      const asked = { ...args, onDelete: "cancel", waitForCompletion: false };
      const old = await harness.lifecycle.create(asked, harness.call());
      const lifecycle = harness.newProcess();
      const fresh = await lifecycle.create(asked, { ...harness.call(), urn: `${harness.urn}-renamed` });
      expect(fresh.id).toBe(old.id);
      expect(harness.notices.join()).toMatch(/Found this refresh.*If this resource was renamed, give it an alias/);
      return { old, lifecycle };
    }
    const status = async () => (await harness.cloud.refreshes(harness.group))[0]?.status;

    test("goes on when the old resource is deleted in the same run", async () => {
      const { old, lifecycle } = await renamed();
      await lifecycle.delete(old, harness.call());
      expect(await status()).not.toMatch(/^Cancel/);
    });

    test("is stopped when a later run deletes the old resource: the stated limit", async () => {
      const { old } = await renamed();
      await harness.newProcess().delete(old, harness.call());
      expect(await status()).toBe("Cancelled");
    });
  },
);
