/** Both hosts answer the same: each scenario runs through the dynamic provider and the plugin, and what they answer is compared. */
import { type CloudName, CONTAINERS, type Properties, UNKNOWN } from "./pluginProtocol";
import { dynamicHost, pluginHost, type State, type TestedHost } from "./testedHost";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** What a scenario sees, in order. */
type Scenario = (host: TestedHost, args: Properties) => Promise<unknown[]>;

/** Runs a scenario through both hosts; what it saw, when they agree. */
async function seenByBoth(name: CloudName, scenario: Scenario): Promise<unknown[]> {
  const seen: unknown[][] = [];
  for (const open of [dynamicHost, pluginHost]) {
    const host = await open(name);
    try {
      const { region } = host.cloud.settings;
      const connection = { region, endpoint: host.emulator.url };
      const args = { ...(await host.cloud.argumentsFor(host.group, "second")), connection };
      const found = [...(await scenario(host, args)), host.said, host.progress];
      // Each has an emulator of its own, at a port of its own.
      seen.push(JSON.parse(JSON.stringify(found).replaceAll(host.emulator.url, "http://emulator")));
    } finally {
      await host.close();
    }
  }
  const [dynamic, plugin] = seen;
  expect(dynamic).toEqual(plugin);
  return plugin as unknown[];
}

const configurationOf = (args: Properties) => Object.keys(args).find((key) => key.startsWith("desired")) as string;

describe.each(["ess", "autoscaling"] as const satisfies readonly CloudName[])("%s", (name) => {
  const third = async (host: TestedHost, args: Properties) => ({
    ...args,
    ...(await host.cloud.argumentsFor(host.group, "third")),
  });

  test("arguments that are wrong are refused in the same words, and unknown ones pass", async () => {
    const [reasons] = await seenByBoth(name, async (host, args) => {
      const wrong = { onTimeout: "explode", waitForCompletion: "yes", colour: "red", constructor: 1, triggers: "hush" };
      return [await host.check({ ...args, ...wrong, onDelete: UNKNOWN })];
    });
    expect(reasons).toHaveLength(5);
    expect(JSON.stringify(reasons)).not.toContain("hush");
  });

  test("a preview says the same: a forecast, another's refresh, a group that is not there, a wave that is not approved", async () => {
    const [, progress] = await seenByBoth(name, async (host, args) => {
      await host.previewCreate(args);
      await host.previewCreate({ ...args, hold: true });
      await host.previewCreate({ ...args, hold: true, rollout: { name: "fleet" } });
      await host.cloud.startElsewhere(host.group, "third");
      await host.previewCreate({ ...args, onConflict: "fail" });
      await host.previewCreate({ ...args, [configurationOf(args)]: UNKNOWN });
      await host.previewCreate({ ...args, [host.cloud.cloud.groupArgument]: UNKNOWN });
      await host.cloud.deleteGroup(host.group);
      await host.previewCreate(args);
      host.emulator.faultInjection.add({ operations: ["*"], kind: "ExpiredToken" });
      await host.previewCreate(args);
      return [];
    });
    expect(progress).toEqual([]);
  });

  test("a refresh is followed, compared, changed and read in the same way", async () => {
    const [created] = await seenByBoth(name, async (host, args) => {
      const { state, failure } = await host.create(args);
      const recorded = state as State;
      const policies = { onDelete: "cancel", triggers: [1] };
      return [
        { failure, ...recorded },
        await host.diff(recorded, args, args),
        await host.diff(recorded, args, await third(host, args)),
        await host.diff(recorded, args, { ...args, ...policies }),
        await host.update(recorded, { ...args, onDelete: "cancel" }),
        await host.read(recorded, args),
      ];
    });
    expect(created).toMatchObject({ properties: { status: "Successful" } });
  });

  test("a refresh that fails stays in the state in the same way, until its end is accepted", async () => {
    const [failed] = await seenByBoth(name, async (host, args) => {
      const unhealthy = { ...args, ...(await host.cloud.argumentsFor(host.group, "unhealthy")) };
      const failed = await host.create(unhealthy);
      await host.newProcess();
      const state = failed.state as State;
      const again = await host.update(state, unhealthy);
      const accepted = await host.update(state, { ...unhealthy, waitForCompletion: false });
      return [failed, await host.diff(state, unhealthy, unhealthy), again, accepted];
    });
    expect(failed).toMatchObject({
      failure: expect.stringMatching(/\nNext: /),
      state: { properties: { status: "Failed" } },
    });
  });

  test("customTimeouts end the wait in the same way, and 0s is as if they were not set", async () => {
    const [late, endless] = await seenByBoth(name, async (host, args) => {
      const late = await host.create(args, { create: "30s" });
      await host.newProcess();
      const attached = await host.update(late.state as State, args);
      const endless = await host.create(await third(host, args), { create: "0s" });
      return [late, endless, attached];
    });
    expect(late).toMatchObject({ failure: expect.stringContaining("within 30 s") });
    expect(endless).toMatchObject({ state: { properties: { status: "Successful" } } });
  });

  test("a running refresh is cancelled by `status` and by `onDelete` in the same way", async () => {
    await seenByBoth(name, async (host, args) => {
      const started = await host.create({ ...args, waitForCompletion: false });
      const cancelled = await host.update(started.state as State, { ...args, status: "Cancelled" });
      await host.newProcess();
      const other = await host.create({ ...(await third(host, args)), waitForCompletion: false, onDelete: "cancel" });
      await host.newProcess();
      await host.delete(other.state as State);
      return [started, cancelled, other, await host.cloud.refreshes(host.group)];
    });
  });

  test("a refresh of a group that is gone is gone", async () => {
    const [, read] = await seenByBoth(name, async (host, args) => {
      const { state } = await host.create(args);
      await host.cloud.deleteGroup(host.group);
      host.emulator.clock.advance(3_600_000);
      return [state, (await host.read(state as State, args)) ?? "gone"];
    });
    expect(read).toBe("gone");
  });

  test("a refresh that is taken over has no diff, and is told apart from another", async () => {
    const [diff] = await seenByBoth(name, async (host, args) => {
      const id = await host.cloud.startElsewhere(host.group, "second");
      const { state } = await host.import(id, args);
      return [
        await host.diff(state as State, args, args),
        await host.diff(state as State, args, await third(host, args)),
      ];
    });
    expect(diff).toEqual({ changes: false, replaces: [] });
  });
});

describe("what the cloud echoes of a secret", () => {
  const containers = [
    {
      Name: "web",
      Image: "nginx",
      Commands: ["serve", "--token=hush"],
      EnvironmentVars: [{ Key: "TOKEN", Value: "hush" }],
    },
  ];

  /** What is not marked as a secret, as the engine stores it. */
  const inClear = (properties: unknown) =>
    JSON.stringify(properties, (_key, value) => (value?.[SIGNATURE] === undefined ? value : "secret"));

  test.each([
    ["dynamic", dynamicHost],
    ["plugin", pluginHost],
  ])("is a secret in the state of the %s host, whatever brought it there", async (_, open) => {
    const host = await open("ess");
    const id = await host.cloud.startElsewhere(CONTAINERS, "second", {
      DesiredConfiguration: { Containers: containers },
    });
    const connection = { region: host.cloud.settings.region, endpoint: host.emulator.url };
    const args = { scalingGroupId: CONTAINERS, connection, waitForCompletion: false };
    const imported = await host.import(id, args);
    expect(JSON.stringify(imported.state)).toContain("hush");
    // The engine hands the properties over without their marks.
    const recorded = JSON.parse(JSON.stringify(imported.state), (_key, value) =>
      value?.[SIGNATURE] === undefined ? value : value.value,
    ) as State;
    const states = [imported.state, (await host.update(recorded, { ...args, onDelete: "cancel" })).state];
    for (const state of states) expect(inClear(state)).not.toContain("hush");
    await host.close();
  });
});
