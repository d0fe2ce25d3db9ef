import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { type CloudName, failureOf, type Properties, ProtocolLife, UNKNOWN } from "./protocolLife";

describe.each(["ess", "autoscaling"] as const satisfies readonly CloudName[])("%s", (name) => {
  let life: ProtocolLife;
  let args: Properties;

  beforeEach(async () => {
    life = await ProtocolLife.begin(name);
    args = await life.cloud.argumentsFor(life.group, "second");
  });
  afterEach(() => life.end());

  const configuration = () => Object.keys(args).find((key) => key.startsWith("desired")) as string;
  /** Lets the engine say something while the plugin waits for the refresh. */
  const whileWaiting = (action: () => Promise<unknown>) => {
    life.clock.onSleep = async () => void (await action());
  };

  describe("a preview", () => {
    it("says every fault of the arguments at once, and lets unknown values through", async () => {
      const faulty = { onTimeout: "explode", waitForCompletion: "yes", colour: "red", onDelete: UNKNOWN };
      const reasons = await life.check({ ...args, ...faulty });
      expect(reasons).toHaveLength(3);
      expect(reasons).toContain('`onTimeout` is "explode"; it must be one of `leave`, `cancel`, `rollback`');
      expect(reasons).toContain('`waitForCompletion` is "yes"; it must be true or false');
      expect(reasons).toContainEqual(expect.stringContaining("`colour` is not an argument"));
    });

    it("of a create starts nothing, and knows of the outputs what is asked", async () => {
      const { id, properties } = await life.create(args, { preview: true });
      expect(id).toBe("");
      expect(properties).toMatchObject({ ...args, status: UNKNOWN, percentageComplete: UNKNOWN, startTime: UNKNOWN });
      expect(life.started).toBe(0);
      expect(life.said).toMatch(`Forecast for group ${life.group}`);
    });

    it("of an update says that a failure will fail again, and that changed preferences start nothing", async () => {
      const id = await life.cloud.startElsewhere(life.group, "third");
      const failed = { ...args, startOn: "configurationChange", echoed: [], status: "Failed" };
      const preferences = name === "ess" ? { minHealthyPercentage: 70 } : { preferences: { minHealthyPercentage: 70 } };
      const news = { ...args, startOn: "configurationChange", ...preferences };
      await life.update(id, failed, news, { preview: true });
      expect(life.said).toMatch(
        /`(minHealthyPercentage|preferences)` will apply to the next refresh; none was started/,
      );
      expect(life.said).toMatch(`This will fail again, because ${id} ended Failed.`);
    });

    it("of a create says which refresh it will wait for", async () => {
      const other = await life.cloud.startElsewhere(life.group, "third");
      await life.create(args, { preview: true });
      expect(life.said).toMatch(`${other} (`);
      expect(life.said).toMatch("as `onConflict` is `wait`, its end will be waited for first");
    });

    it("of a create says that it will follow the refresh that runs, when that is what is asked", async () => {
      const other = await life.cloud.startElsewhere(life.group, "second");
      await life.create(args, { preview: true });
      expect(life.said).toMatch(`${other} (`);
      expect(life.said).toMatch("it will be followed, none will be started");
    });

    it("of a create does not refuse a group that may still be made", async () => {
      await life.cloud.deleteGroup(life.group);
      await life.create(args, { preview: true });
      expect(life.said).toMatch(`There is no group ${life.group} in region`);
    });

    it("of a create with an unknown group makes no call", async () => {
      const group = life.cloud.cloud.groupArgument;
      const before = life.emulator.requests.length;
      const { properties } = await life.create({ ...args, [group]: UNKNOWN }, { preview: true });
      expect(properties[group]).toBe(UNKNOWN);
      expect(life.emulator.requests).toHaveLength(before);
    });

    it("of a create whose group cannot be looked at says why, and passes", async () => {
      life.emulator.faultInjection.add({ operations: ["*"], kind: "ExpiredToken" });
      await life.create(args, { preview: true });
      expect(life.said).toMatch("The group could not be described.");
    });
  });

  describe("a refresh", () => {
    it("is followed with passing lines, and leaves a lasting one", async () => {
      const { id, properties } = await life.create(args);
      expect(properties).toMatchObject({ ...args, status: "Successful", percentageComplete: 100 });
      expect(life.progress.at(0)).toMatch(/^Pending, 0 %/);
      expect(life.progress).toContainEqual(expect.stringMatching(/^InProgress, \d+ %.*, about \d+ (s|min).* left/));
      expect(life.progress.at(-1)).toMatch(/^Successful, 100 %/);
      expect(life.said).toMatch(
        new RegExp(`^${id} of group ${life.group}: Successful, 100 %.*, in \\d+ (s|min)( \\d+ s)?$`),
      );
    });

    it("does not differ from what it was started with, whatever the cloud echoes", async () => {
      const { id, properties } = await life.create(args);
      expect(await life.diff(id, args, properties, args)).toEqual({});
    });

    it("tells apart what replaces it and what updates it", async () => {
      const { id, properties } = await life.create(args);
      const third = await life.cloud.argumentsFor(life.group, "third");
      expect(await life.diff(id, args, properties, { ...third, onDelete: "cancel", triggers: [1] })).toEqual({
        [configuration()]: "UPDATE_REPLACE",
        triggers: "ADD_REPLACE",
        onDelete: "ADD",
      });
    });

    it("that fails is kept with its reason, and so is the next attempt", async () => {
      args = await life.cloud.argumentsFor(life.group, "unhealthy");
      const { message, kept } = await failureOf(life.create(args));
      expect(new Set(life.progress).size).toBe(life.progress.length);
      expect(message).toMatch(/failed \(Failed\)\. Reason given by the cloud: .*\nNext: /s);
      expect(kept).toMatchObject({ reasons: [message], inputs: args, properties: { ...args, status: "Failed" } });

      const { id, properties } = kept as NonNullable<typeof kept>;
      expect(await life.diff(id, args, properties, args)).toEqual({ status: "UPDATE" });
      expect((await failureOf(life.update(id, properties, args))).kept).toMatchObject({
        id,
        properties: { status: "Failed" },
      });
      expect(await life.update(id, properties, { ...args, waitForCompletion: false })).toMatchObject({
        status: "Failed",
      });
      expect(life.started).toBe(1);
    });

    it("is cancelled by `status`, and how it ends is not known before", async () => {
      const { id, properties } = await life.create({ ...args, waitForCompletion: false });
      const cancelled = { ...args, status: "Cancelled" };
      expect(await life.update(id, properties, cancelled, { preview: true })).toMatchObject({
        percentageComplete: UNKNOWN,
      });
      expect(await life.update(id, properties, cancelled)).toMatchObject({ status: "Cancelled" });
    });

    it("is cancelled when it is destroyed, as `onDelete` says", async () => {
      const { id, properties } = await life.create({ ...args, waitForCompletion: false, onDelete: "cancel" });
      await life.newProcess();
      await life.delete(id, properties);
      expect(await life.cloud.refreshes(life.group)).toMatchObject([{ id, status: "Cancelled" }]);
    });

    it("is given the time that the engine gives", async () => {
      const { message, kept } = await failureOf(life.create(args, { timeout: 30 }));
      expect(message).toMatch("within 30 s");
      const { id, properties } = kept as NonNullable<typeof kept>;
      expect(await life.update(id, properties, args)).toMatchObject({ status: "Successful" });
      expect(life.started).toBe(1);
    });
  });

  describe("Ctrl-C", () => {
    it("ends the wait at once and keeps the id; the next run attaches", async () => {
      whileWaiting(() => life.cancel());
      const { message, kept } = await failureOf(life.create(args));
      expect(message).toMatch(/Stopped waiting for the instance refresh .*; it goes on in the cloud/);
      const { id, properties } = kept as NonNullable<typeof kept>;

      await life.newProcess();
      expect(await life.diff(id, args, properties, args)).toEqual({ status: "UPDATE" });
      expect(await life.update(id, properties, args)).toMatchObject({ status: "Successful" });
      expect(life.started).toBe(1);
    });

    it("is harmless twice, and when nothing is waited for", async () => {
      await life.cancel();
      await life.cancel();
      expect((await failureOf(life.create(args))).kept).toBeUndefined();
      expect(life.started).toBe(0);
    });

    it("killing the engine ends the wait as well, without another call to the cloud", async () => {
      let calls = 0;
      whileWaiting(async () => {
        life.engine.kill();
        while (!life.engineGone) await new Promise((resolve) => setImmediate(resolve));
        calls = life.emulator.requests.length;
      });
      await failureOf(life.create(args));
      expect(life.emulator.requests).toHaveLength(calls);
    });
  });

  describe("an import", () => {
    it("of an ended refresh brings inputs that do not differ", async () => {
      const { id } = await life.create(args);
      await life.newProcess();
      const found = await life.read(id);
      expect(found).toMatchObject({ id, properties: { ...found.inputs, status: "Successful" } });
      expect(await life.check(found.inputs)).toEqual([]);
      expect(await life.diff(id, found.inputs, found.properties, found.inputs)).toEqual({});
      expect(await life.diff(id, found.inputs, found.properties, args)).toEqual({});
    });

    it("of a running refresh leaves nothing but the waiting", async () => {
      const id = await life.cloud.startElsewhere(life.group, "second");
      const { inputs, properties } = await life.read(id);
      expect(await life.diff(id, inputs, properties, args)).toEqual({ status: "UPDATE" });
      expect(await life.update(id, properties, args)).toMatchObject({ status: "Successful" });
      expect(life.started).toBe(1);
    });

    it("of a wrong or unknown id says which form is right", async () => {
      const forms = life.cloud.cloud.idForms;
      expect((await failureOf(life.read("web"))).message).toMatch("`web` is not the id of an instance refresh");
      const unknown = name === "ess" ? "ir-unknown" : `${life.group}/00000000-0000-0000-0000-000000000000`;
      const { message } = await failureOf(life.read(unknown));
      expect(message).toMatch(`\`${unknown}\` is not known in region ${life.cloud.settings.region}`);
      expect(message).toMatch(`give an id of the form ${forms}`);
    });
  });

  describe("pulumi refresh", () => {
    it("follows the outputs and leaves the inputs alone", async () => {
      const { id, properties } = await life.create({ ...args, waitForCompletion: false });
      await life.cloud.cancelElsewhere(life.group, id);
      life.emulator.clock.advance(3_600_000);
      const found = await life.read(id, { inputs: args, properties });
      expect(found).toMatchObject({ id, inputs: args, properties: { status: "Cancelled" } });
    });

    it("says that it is gone when its group is", async () => {
      const { id, properties } = await life.create(args);
      await life.cloud.deleteGroup(life.group);
      life.emulator.clock.advance(3_600_000);
      expect((await life.read(id, { inputs: args, properties })).id).toBe("");
    });
  });

  it("takes a state of the dynamic door for its own", async () => {
    const { id, properties } = await life.create(args);
    const internals = { __provider: "code", __urn: "urn", __customTimeouts: {} };
    const olds = { ...properties, ...internals };
    expect(await life.diff(id, { ...args, ...internals }, olds, args)).toEqual({});
    expect(await life.update(id, olds, args)).toEqual(properties);
    expect(life.started).toBe(1);
  });
});

describe("the plugin", () => {
  let life: ProtocolLife;
  beforeEach(async () => {
    life = await ProtocolLife.begin("ess");
  });
  afterEach(() => life.end());

  it("does not print what may be a secret, not even when it is wrong", async () => {
    const containers = [{ name: "web", environmentVars: [{ key: "TOKEN", value: "hush".repeat(100) }] }];
    const reasons = await life.check({
      scalingGroupId: "asg-1",
      desiredConfigurationContainers: containers,
      triggers: "hush",
    });
    expect(reasons).toHaveLength(2);
    expect(reasons.join()).not.toContain("hush");
  });

  it("refuses settings that it does not know, or that are no strings, all at once", async () => {
    const reasons = await life.checkConfig({
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

  it("replaces nothing when its settings change, whoever's they were", async () => {
    expect(await life.diffConfig({ region: "cn-beijing", accessKey: "x" }, { alicloudRegion: "cn-hangzhou" })).toEqual({
      changes: true,
      replaces: [],
    });
    expect(await life.diffConfig({ awsRegion: "eu-west-1" }, { awsRegion: "eu-west-1" })).toMatchObject({
      changes: false,
    });
  });

  it("says what it does not do", async () => {
    await expect(life.call("invoke", new messages.InvokeRequest())).rejects.toThrow(/not implement/i);
    const foreign = new messages.CheckRequest().setUrn(
      "urn:pulumi:test::project::instance-refresh:gcp:InstanceRefresh::web",
    );
    await expect(life.call("check", foreign)).rejects.toThrow(
      "instance-refresh has no resource instance-refresh:gcp:InstanceRefresh",
    );
  });
});
