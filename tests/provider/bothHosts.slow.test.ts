/** Both hosts answer the same: each scenario runs through the dynamic provider and the plugin, and what they answer is compared. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CloudName, CONTAINERS, type Properties, UNKNOWN } from "./pluginProtocol";
import { dynamicHost, pluginHost, type State, type TestedHost } from "./testedHost";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** What the README says that only one host can do, and the tests that hold it. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  "`pulumi import`": "tests/provider/onTheEngine.slow.test.ts: imports an ended refresh",
  "YAML, Python, Go, C#, Java":
    "tests/languages/programs.slow.test.ts: rolls a group of each cloud, and then nothing changes",
  "Ctrl-C": "tests/provider/executable.slow.test.ts: stops at one Ctrl-C",
  "`preview --diff` shows how outputs will change":
    "tests/pulumi/dynamicOnTheEngine.slow.test.ts: preview --diff of another image shows no output as removed",
  "encrypted `aws:` and `alicloud:` configuration":
    "tests/provider/stackFile.test.ts: is refused by its name, and not shown",
  "transforms may set `customTimeouts`":
    "tests/setups/transforms.slow.test.ts: a transform sets an argument, the time-outs and `replaceOnChanges` of the plugin's resource",
};

/** Rows of the README's table that say what a host is, or that both can do the same. */
const SAME = ["what it is", "set-up", "declare, preview, follow, cancel, roll back, resume"];

test("the README's table of the hosts has a test for each difference", () => {
  const [, table = ""] = read("README.md").split("There are two hosts with the same resources:");
  const rows = table.split("\n\n")[1]?.split("\n").slice(2) ?? [];
  const names = rows.map((row) => row.split("|")[1]?.trim());
  expect(names.sort()).toEqual([...SAME, ...Object.keys(DIFFERENCES)].sort());
  for (const held of Object.values(DIFFERENCES)) {
    const [file, name] = held.split(": ") as [string, string];
    expect(read(file)).toContain(name);
  }
});

function read(path: string): string {
  return readFileSync(join(__dirname, "../..", path), "utf8");
}

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
      // Each has an emulator of its own, at a port of its own, and its resources have a type of their own.
      const text = JSON.stringify(found).replaceAll(host.emulator.url, "http://emulator");
      seen.push(JSON.parse(text.replaceAll(/::[\w:/-]+:InstanceRefresh::/g, "::type::")));
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

  test("outside of a window both hold in the same words, and start in it", async () => {
    const [said, held, again, started] = await seenByBoth(name, async (host, args) => {
      const opens = new Date(host.clock.now() + 3_600_000);
      const schedule = `${opens.getUTCMinutes()} ${opens.getUTCHours()} * * *`;
      const windowed = { ...args, windows: [{ schedule, duration: "6h" }] };
      const { state } = await host.create(windowed);
      const lines = [...host.said];
      host.emulator.clock.advance(3_700_000);
      await host.newProcess();
      const changes = await host.diff(state as State, windowed, windowed);
      return [lines, state, changes, (await host.create(windowed)).state];
    });
    expect(said).toEqual([expect.stringContaining("is started: no window is open. The next window")]);
    expect(held).toMatchObject({ properties: { status: "Held" } });
    expect(again).toMatchObject({ changes: true, replaces: expect.arrayContaining(["status"]) });
    expect(started).toMatchObject({ properties: { status: "Successful" } });
  });

  test("the preview of an update says the same: it will fail again, and what was changed starts nothing", async () => {
    const [, said] = await seenByBoth(name, async (host, args) => {
      const unhealthy = {
        ...args,
        ...(await host.cloud.argumentsFor(host.group, "unhealthy")),
        startOn: "configurationChange",
      };
      const { state } = await host.create(unhealthy);
      await host.newProcess();
      const preferences = name === "ess" ? { minHealthyPercentage: 70 } : { preferences: { minHealthyPercentage: 70 } };
      await host.previewUpdate(state as State, unhealthy, { ...unhealthy, ...preferences });
      return [state];
    });
    expect(said).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/This will fail again.* or run `pulumi up --replace urn:pulumi:/),
        expect.stringContaining("will apply to the next refresh; none was started"),
      ]),
    );
  });

  test("a program in which nothing changes is told that a new version of its template is no change", async () => {
    const warned = async (version: string | undefined) => {
      const desired =
        name === "ess"
          ? { desiredConfigurationLaunchTemplateId: "lt-1", desiredConfigurationLaunchTemplateVersion: version }
          : { desiredConfiguration: { launchTemplate: { id: "lt-1", version } } };
      const [changes, said] = await seenByBoth(name, async (host, args) => {
        const { [configurationOf(args)]: _, ...others } = args;
        const asked = JSON.parse(JSON.stringify({ ...others, ...desired }));
        const state = { id: "ir-1", properties: { ...asked, status: "Successful" } };
        return [(await host.diff(state, asked, asked)).changes, [...host.said]];
      });
      expect(changes).toBe(false);
      return said;
    };
    const line = expect.stringContaining("a new version of the template will not be a change of this program");
    for (const version of [name === "ess" ? "Latest" : "$Latest", undefined])
      expect(await warned(version)).toEqual([line]);
    expect(await warned("3")).toEqual([]);
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
      await host.newProcess();
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

test("nothing that an error leaves in the state is undefined, which the dynamic host could not write down", async () => {
  const host = await dynamicHost("ess");
  const { connect } = host.cloud.cloud;
  Object.assign(host.cloud, {
    cloud: {
      ...host.cloud.cloud,
      // As a service that leaves its answer half empty.
      async connect(settings: object) {
        const api = await connect(settings);
        const describe = async (...given: Parameters<typeof api.source.describe>) => {
          const found = await api.source.describe(...given);
          for (const refresh of found.values())
            Object.assign(refresh, { status: undefined, stage: "unknown", outputs: { detail: undefined } });
          return found;
        };
        return { ...api, source: { ...api.source, describe } };
      },
    },
  });
  await host.newProcess();
  const connection = { region: host.cloud.settings.region, endpoint: host.emulator.url };
  const { failure, state } = await host.create({
    ...(await host.cloud.argumentsFor(host.group, "second")),
    connection,
  });
  expect(failure).toMatch(/\nNext: /);
  expect(Object.entries(state as State).length).toBe(2);
  expect(state).toStrictEqual(JSON.parse(JSON.stringify(state)));
  await host.close();
});
