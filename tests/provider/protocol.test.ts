import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { type CloudName, failureOf, PluginProtocol, type Properties, UNKNOWN } from "./pluginProtocol";

describe.each(["ess", "autoscaling"] as const satisfies readonly CloudName[])("%s", (name) => {
  let plugin: PluginProtocol;
  let args: Properties;

  beforeEach(async () => {
    plugin = await PluginProtocol.start(name);
    args = await plugin.cloud.argumentsFor(plugin.group, "second");
  });
  afterEach(() => plugin.close());

  const configuration = () => Object.keys(args).find((key) => key.startsWith("desired")) as string;
  /** Lets the engine say something while the plugin waits for the refresh. */
  const whileWaiting = (action: () => Promise<unknown>) => {
    plugin.clock.onSleep = async () => void (await action());
  };

  it("waits for the refreshes of a wave that their own resources have only started", async () => {
    const rollout = { name: "web", startOnly: true };
    const { id, properties } = await plugin.create({ ...args, rollout });
    expect(properties).toMatchObject({ ...args, status: "Pending" });

    const group = name === "ess" ? "scalingGroupId" : "autoscalingGroupName";
    const ofMember = { [group]: args[group], rollout: { name: "web" } };
    const members = [{ urn: plugin.urn, cloud: name, id, args: ofMember }];
    plugin.target = "urn:pulumi:test::project::instance-refresh:index:Completion::web-canary";
    expect(await plugin.check({ members })).toEqual([]);
    expect((await plugin.create({ members }, { preview: true })).properties).toEqual({ members, outcomes: UNKNOWN });
    const created = await plugin.create({ members });
    const outcomes = [{ name: "web", id, status: "Successful", endTime: expect.any(String) }];
    expect(created.properties).toEqual({ members, outcomes });

    const state = created.properties;
    expect(await plugin.diff(created.id, { members }, state, { members })).toEqual({});
    expect(await plugin.read(created.id, { inputs: { members }, properties: state })).toMatchObject({
      id: created.id,
      properties: state,
    });
    const others = { members: [...members, { ...members[0], id: `${args[group]}:none` }] };
    expect(await plugin.diff(created.id, { members }, state, others)).toEqual({ members: "UPDATE" });
    expect(await plugin.update(created.id, state, others)).toMatchObject({
      outcomes: [...outcomes, { endTime: null }],
    });
    expect(plugin.started).toBe(1);
  });

  describe("a preview", () => {
    it("says everything that is wrong with the arguments at once, and lets unknown values through", async () => {
      const faulty = { onTimeout: "explode", waitForCompletion: "yes", colour: "red", onDelete: UNKNOWN, tags: {} };
      const reasons = await plugin.check({ ...args, ...faulty });
      expect(reasons).toHaveLength(4);
      expect(reasons).toContain('`onTimeout` is "explode"; it must be one of `leave`, `cancel`, `rollback`');
      expect(reasons).toContain('`waitForCompletion` is "yes"; it must be true or false');
      expect(reasons).toContainEqual(expect.stringContaining("`colour` is not an argument"));
      expect(reasons).toContain(
        "`tags` is not an argument, because no cloud tags an instance refresh; a transformation that tags every resource must leave it out",
      );
    });

    it("says of a misspelt argument, a nested one too, which was probably meant", async () => {
      const reasons = await plugin.check({ ...args, onConflct: "wait", connection: { regin: "eu-west-1" } });
      expect(reasons).toContain("`onConflct` is not an argument; did you mean `onConflict`?");
      expect(reasons).toContain("`connection.regin` is not an argument; did you mean `connection.region`?");
    });

    it("of a create starts nothing, and answers the outputs as far as they are known", async () => {
      const { id, properties } = await plugin.create(args, { preview: true });
      expect(id).toBe("");
      expect(properties).toMatchObject({ ...args, status: UNKNOWN, percentageComplete: UNKNOWN, startTime: UNKNOWN });
      expect(plugin.started).toBe(0);
      expect(plugin.said).toMatch(`Forecast for group ${plugin.group}`);
    });

    it("of an update says that a failure will fail again, and that changed preferences start nothing", async () => {
      const id = await plugin.cloud.startElsewhere(plugin.group, "third");
      const failed = { ...args, startOn: "configurationChange", echoed: [], status: "Failed" };
      const preferences = name === "ess" ? { minHealthyPercentage: 70 } : { preferences: { minHealthyPercentage: 70 } };
      const news = { ...args, startOn: "configurationChange", ...preferences };
      await plugin.update(id, failed, news, { preview: true });
      expect(plugin.said).toMatch(
        /`(minHealthyPercentage|preferences)` will apply to the next refresh; none was started/,
      );
      expect(plugin.said).toContain(`This will fail again, because ${id} ended Failed.`);
      expect(plugin.said).toContain(`or run \`pulumi up --replace ${plugin.urn}\`;`);
    });

    it("of a create says which refresh it will wait for", async () => {
      const other = await plugin.cloud.startElsewhere(plugin.group, "third");
      await plugin.create(args, { preview: true });
      expect(plugin.said).toMatch(`${other} (`);
      expect(plugin.said).toMatch("as `onConflict` is `wait`, its end will be waited for first");
    });

    it("of a create says that it will record the refresh that has done what is asked, and the create does", async () => {
      const other = await plugin.cloud.startElsewhere(plugin.group, "second");
      plugin.emulator.clock.advance(86_400_000);
      await plugin.create(args, { preview: true });
      expect(plugin.said).toMatch(`${other} (`);
      expect(plugin.said).toMatch("it will be recorded, none will be started");
      expect(plugin.said).not.toMatch("Forecast");
      expect((await plugin.create(args)).id).toBe(other);
      expect(plugin.said).toMatch(`Found this refresh as ${other}: it has ended, starting none`);
    });

    it("of a create says that it will follow the refresh that runs, when that is what is asked", async () => {
      const other = await plugin.cloud.startElsewhere(plugin.group, "second");
      await plugin.create(args, { preview: true });
      expect(plugin.said).toMatch(`${other} (`);
      expect(plugin.said).toMatch("it will be followed, none will be started");
    });

    it("of a create does not refuse a group that may still be made", async () => {
      await plugin.cloud.deleteGroup(plugin.group);
      await plugin.create(args, { preview: true });
      expect(plugin.said).toMatch(`There is no group ${plugin.group} in region`);
    });

    it("of a create with an unknown group makes no call", async () => {
      const group = plugin.cloud.cloud.groupArgument;
      const before = plugin.emulator.requests.length;
      const { properties } = await plugin.create({ ...args, [group]: UNKNOWN }, { preview: true });
      expect(properties[group]).toBe(UNKNOWN);
      expect(plugin.emulator.requests).toHaveLength(before);
    });

    it("of a create whose group cannot be looked at says why, and passes", async () => {
      plugin.emulator.faultInjection.add({ operations: ["*"], kind: "ExpiredToken" });
      await plugin.create(args, { preview: true });
      expect(plugin.said).toMatch("The group could not be described.");
    });
  });

  describe("a refresh", () => {
    it("is followed with passing lines, and leaves a lasting one", async () => {
      const { id, properties } = await plugin.create(args);
      expect(properties).toMatchObject({ ...args, status: "Successful", percentageComplete: 100 });
      expect(plugin.progress.at(0)).toMatch(/^Pending, 0 %/);
      expect(plugin.progress).toContainEqual(expect.stringMatching(/^InProgress, \d+ %.*, about \d+ (s|min).* left/));
      expect(plugin.progress.at(-1)).toMatch(/^Successful, 100 %/);
      expect(plugin.said).toMatch(
        new RegExp(`^${id} of group ${plugin.group}: Successful, 100 %.*, in \\d+ (s|min)( \\d+ s)?$`),
      );
    });

    it("does not differ from what it was started with, whatever the cloud echoes", async () => {
      const { id, properties } = await plugin.create(args);
      expect(await plugin.diff(id, args, properties, args)).toEqual({});
    });

    it("tells apart what replaces it and what updates it", async () => {
      const { id, properties } = await plugin.create(args);
      const third = await plugin.cloud.argumentsFor(plugin.group, "third");
      expect(await plugin.diff(id, args, properties, { ...third, onDelete: "cancel", triggers: [1] })).toEqual({
        [configuration()]: "UPDATE_REPLACE",
        triggers: "ADD_REPLACE",
        onDelete: "ADD",
      });
    });

    it("that fails stays in the state with its reason, and so does the next attempt", async () => {
      args = await plugin.cloud.argumentsFor(plugin.group, "unhealthy");
      const { message, partialState } = await failureOf(plugin.create(args));
      expect(new Set(plugin.progress).size).toBe(plugin.progress.length);
      expect(message).toMatch(/failed \(Failed\)\. Reason given by the cloud: .*\nNext: /s);
      expect(partialState).toMatchObject({
        reasons: [message],
        inputs: args,
        properties: { ...args, status: "Failed" },
      });

      const { id, properties } = partialState as NonNullable<typeof partialState>;
      expect(await plugin.diff(id, args, properties, args)).toEqual({ status: "UPDATE" });
      expect((await failureOf(plugin.update(id, properties, args))).partialState).toMatchObject({
        id,
        properties: { status: "Failed" },
      });
      expect(await plugin.update(id, properties, { ...args, waitForCompletion: false })).toMatchObject({
        status: "Failed",
      });
      expect(plugin.started).toBe(1);
    });

    it("is cancelled by `status`, and how it ends is not known before", async () => {
      const { id, properties } = await plugin.create({ ...args, waitForCompletion: false });
      const cancelled = { ...args, status: "Cancelled" };
      expect(await plugin.update(id, properties, cancelled, { preview: true })).toMatchObject({
        percentageComplete: UNKNOWN,
      });
      expect(await plugin.update(id, properties, cancelled)).toMatchObject({ status: "Cancelled" });
    });

    it("is cancelled when it is destroyed, as `onDelete` says", async () => {
      const { id, properties } = await plugin.create({ ...args, waitForCompletion: false, onDelete: "cancel" });
      await plugin.newProcess();
      await plugin.delete(id, properties);
      expect(await plugin.cloud.refreshes(plugin.group)).toMatchObject([{ id, status: "Cancelled" }]);
    });

    it("is given the time that the engine gives", async () => {
      const { message, partialState } = await failureOf(plugin.create(args, { timeout: 30 }));
      expect(message).toMatch("within 30 s");
      const { id, properties } = partialState as NonNullable<typeof partialState>;
      expect(await plugin.update(id, properties, args)).toMatchObject({ status: "Successful" });
      expect(plugin.started).toBe(1);
    });
  });

  describe("Ctrl-C", () => {
    it("ends the wait at once and keeps the id; the next run attaches", async () => {
      whileWaiting(() => plugin.cancel());
      const { message, partialState } = await failureOf(plugin.create(args));
      expect(message).toMatch(/Stopped waiting for the instance refresh .*; it goes on in the cloud/);
      const { id, properties } = partialState as NonNullable<typeof partialState>;

      await plugin.newProcess();
      expect(await plugin.diff(id, args, properties, args)).toEqual({ status: "UPDATE" });
      expect(await plugin.update(id, properties, args)).toMatchObject({ status: "Successful" });
      expect(plugin.started).toBe(1);
    });

    it("ends a soak between two waves at once; the next run waits for the rest", async () => {
      plugin.target = "urn:pulumi:test::project::instance-refresh:index:Soak::web-canary";
      const inputs = { duration: "1d", ends: [new Date().toISOString()], hold: false };
      expect(await plugin.check({ ...inputs, duration: "soon" })).toEqual([expect.stringMatching(/^`soak` is "soon"/)]);
      const { message } = await failureOf(
        Promise.all([plugin.create(inputs), plugin.cancel()]).then(([created]) => created),
      );
      expect(message).toMatch(/^Stopped soaking, .* before its end\.\nNext: run `pulumi up` again/);
      await plugin.newProcess();
      const over = { ...inputs, ends: ["2026-01-01T00:00:00Z"] };
      expect(await plugin.create(over)).toMatchObject({ properties: over });
      expect(await plugin.diff("urn", over, over, { ...over, hold: true })).toEqual({ ends: "UPDATE" });
    });

    it("is harmless twice, and when nothing waits", async () => {
      await plugin.cancel();
      await plugin.cancel();
      expect((await failureOf(plugin.create(args))).partialState).toBeUndefined();
      expect(plugin.started).toBe(0);
    });

    it("killing the engine ends the wait as well, without another call to the cloud", async () => {
      let calls = 0;
      whileWaiting(async () => {
        plugin.engine.kill();
        while (!plugin.engineGone) await new Promise((resolve) => setImmediate(resolve));
        calls = plugin.emulator.requests.length;
      });
      await failureOf(plugin.create(args));
      expect(plugin.emulator.requests).toHaveLength(calls);
    });
  });

  describe("an import", () => {
    it("of an ended refresh brings inputs that do not differ", async () => {
      const { id } = await plugin.create(args);
      await plugin.newProcess();
      const found = await plugin.read(id);
      expect(found).toMatchObject({ id, properties: { ...found.inputs, status: "Successful" } });
      expect(await plugin.check(found.inputs)).toEqual([]);
      expect(await plugin.diff(id, found.inputs, found.properties, found.inputs)).toEqual({});
      expect(await plugin.diff(id, found.inputs, found.properties, args)).toEqual({});
    });

    it("of a running refresh leaves nothing but the waiting", async () => {
      const id = await plugin.cloud.startElsewhere(plugin.group, "second");
      const { inputs, properties } = await plugin.read(id);
      expect(await plugin.diff(id, inputs, properties, args)).toEqual({ status: "UPDATE" });
      expect(await plugin.update(id, properties, args)).toMatchObject({ status: "Successful" });
      expect(plugin.started).toBe(1);
    });

    it("says what is taken over, and in which members the program says otherwise", async () => {
      const id = await plugin.cloud.startElsewhere(plugin.group, "second");
      const imported = async (asked: Properties) => {
        await plugin.newProcess();
        const { inputs, properties } = await plugin.read(id);
        await plugin.check(asked);
        return plugin.diff(id, inputs, properties, asked);
      };
      const takenOver = `of group ${plugin.group} will be taken over; no refresh is started`;
      expect(await imported(args)).toEqual({ status: "UPDATE" });
      expect(plugin.said).toMatch(takenOver);

      // Nobody knows with which triggers it was started.
      expect(await imported({ ...args, triggers: { deploy: 7 } })).toEqual({ status: "UPDATE", triggers: "ADD" });
      expect(plugin.said).toMatch(takenOver);

      const third = await plugin.cloud.argumentsFor(plugin.group, "third");
      expect(await imported(third)).toMatchObject({ [configuration()]: "UPDATE_REPLACE" });
      await plugin.create(third, { preview: true });
      expect(plugin.said).toMatch(
        /^As things are, the import would be refused\. .* other arguments than the program's:\n/,
      );
      expect(plugin.said).toMatch(
        /\n {2}- `desired[\w.]*` is "(m-third|3)" in the program, and "(m-second|2)" in the refresh$/,
      );
    });

    it("of a wrong or unknown id says which form is right", async () => {
      const forms = plugin.cloud.cloud.idForms;
      expect((await failureOf(plugin.read("web"))).message).toMatch("`web` is not the id of an instance refresh");
      const unknown = name === "ess" ? "ir-unknown" : `${plugin.group}/00000000-0000-0000-0000-000000000000`;
      const { message } = await failureOf(plugin.read(unknown));
      expect(message).toMatch(`\`${unknown}\` is not known in region ${plugin.cloud.settings.region}`);
      expect(message).toMatch(`give an id of the form ${forms}`);
    });
  });

  it("a create warns in the same severity as its preview", async () => {
    await plugin.create({ ...args, waitForCompletion: false });
    const again = { ...args, triggers: { deploy: 2 }, onTimeout: "rollback", onConflict: "cancel" };
    plugin.emulator.clock.advance(3_600_000);
    await plugin.newProcess();
    await plugin.create({ ...again, ...(name === "ess" ? { skipMatching: false } : {}), waitForCompletion: false });
    const warnings = plugin.engine.lines.filter(({ isWarning }) => isWarning).map(({ message }) => message);
    expect(warnings).toEqual([expect.stringMatching(/`onTimeout` can only return to the same/)]);
  });

  describe("pulumi refresh", () => {
    it("follows the outputs and leaves the inputs alone", async () => {
      const { id, properties } = await plugin.create({ ...args, waitForCompletion: false });
      await plugin.cloud.cancelElsewhere(plugin.group, id);
      plugin.emulator.clock.advance(3_600_000);
      const found = await plugin.read(id, { inputs: args, properties });
      expect(found).toMatchObject({ id, inputs: args, properties: { status: "Cancelled" } });
    });

    it("says that it is gone when its group is", async () => {
      const { id, properties } = await plugin.create(args);
      await plugin.cloud.deleteGroup(plugin.group);
      plugin.emulator.clock.advance(3_600_000);
      expect((await plugin.read(id, { inputs: args, properties })).id).toBe("");
    });
  });

  it("takes over a state of the dynamic host", async () => {
    const { id, properties } = await plugin.create(args);
    const internals = { __provider: "code", __urn: "urn", __customTimeouts: {} };
    const olds = { ...properties, ...internals };
    expect(await plugin.diff(id, { ...args, ...internals }, olds, args)).toEqual({});
    expect(await plugin.update(id, olds, args)).toEqual(properties);
    expect(plugin.started).toBe(1);
  });
});

describe("the plugin", () => {
  let plugin: PluginProtocol;
  beforeEach(async () => {
    plugin = await PluginProtocol.start("ess");
  });
  afterEach(() => plugin.close());

  it("does not print what may be a secret, not even when it is wrong", async () => {
    const containers = [{ name: "web", environmentVars: [{ key: "TOKEN", value: "hush".repeat(100) }] }];
    const reasons = await plugin.check({
      scalingGroupId: "asg-1",
      desiredConfigurationContainers: containers,
      triggers: "hush",
    });
    expect(reasons).toHaveLength(2);
    expect(reasons.join()).not.toContain("hush");
  });

  it("refuses settings that it does not know, or that are no strings, all at once", async () => {
    const reasons = await plugin.checkConfig({
      awsRegon: "eu-west-1",
      alicloudRegion: "",
      awsProfile: 7,
      awsRole: UNKNOWN,
    });
    expect(reasons).toHaveLength(3);
    expect(reasons).toContainEqual(
      expect.stringMatching(/^`awsRegon` is not a setting of .*; there are .*`awsRegion`/),
    );
    expect(reasons).toContain('`alicloudRegion` is ""; it must be a string that is not empty');
    expect(reasons).toContain("`awsProfile` is 7; it must be a string that is not empty");
  });

  it("replaces nothing when its settings change", async () => {
    expect(
      await plugin.diffConfig({ region: "cn-beijing", accessKey: "x" }, { alicloudRegion: "cn-hangzhou" }),
    ).toEqual({
      changes: true,
      replaces: [],
    });
    expect(await plugin.diffConfig({ awsRegion: "eu-west-1" }, { awsRegion: "eu-west-1" })).toMatchObject({
      changes: false,
    });
  });

  it("takes messages as large as Pulumi's own hosts do", async () => {
    const reasons = await plugin.check({ scalingGroupId: "asg-1", triggers: ["x".repeat(20 * 1024 * 1024)] });
    expect(reasons).toEqual([]);
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "takes %s for a name like any other",
    async (name) => {
      for (const type of [name, `instance-refresh:${name}:InstanceRefresh`]) {
        const request = new messages.CheckRequest().setUrn(`urn:pulumi:test::project::${type}::web`);
        await expect(plugin.call("check", request)).rejects.toThrow(
          `instance-refresh has no resource ${type}; there are`,
        );
      }
      // The protocol's own reader makes no property of this one.
      if (name === "__proto__") return;
      expect(await plugin.check({ scalingGroupId: "asg-1", [name]: "x" })).toEqual([
        expect.stringContaining(`\`${name}\` is not an argument`),
      ]);
      expect(await plugin.checkConfig({ [name]: "x" })).toEqual([
        expect.stringContaining(`\`${name}\` is not a setting of instance-refresh`),
      ]);
    },
  );

  it("says what it does not do", async () => {
    await expect(plugin.call("invoke", new messages.InvokeRequest())).rejects.toThrow(/not implement/i);
    const foreign = new messages.CheckRequest().setUrn(
      "urn:pulumi:test::project::instance-refresh:gcp:InstanceRefresh::web",
    );
    await expect(plugin.call("check", foreign)).rejects.toThrow(
      "instance-refresh has no resource instance-refresh:gcp:InstanceRefresh",
    );
  });
});
