import { output } from "@pulumi/pulumi";
import { type CloudName, PluginLife } from "./pluginLife";

jest.setTimeout(120_000);

describe.each(["ess", "autoscaling"] as const satisfies readonly CloudName[])("%s", (name) => {
  let life: PluginLife;
  let args: Record<string, unknown>;

  beforeEach(async () => {
    life = await PluginLife.begin(name);
    args = await life.cloud.argumentsFor(life.group, "second");
    life.program = async () => ({ status: life.declare("web", args).status });
  });
  afterEach(() => life.end());

  const started = () => life.count("StartInstanceRefresh");

  it("previews a refresh, starts and follows it, leaves it alone, refreshes and destroys it", async () => {
    const preview = await life.preview();
    expect(preview).toMatchObject({ failed: false, steps: ["create"] });
    expect(started()).toBe(0);

    const up = await life.up();
    expect(up).toMatchObject({ failed: false, steps: ["create"], outputs: { status: "Successful" } });
    expect(up.progress.at(0)).toMatch(/^Pending, 0 %/);
    expect(up.progress.at(-1)).toMatch(/^Successful, 100 %/);
    expect(up.said).toMatch(/of group .*: Successful, 100 %.*, in \d+ (s|min)\n$/);
    expect(await life.state("web")).toMatchObject({ inputs: args, outputs: { ...args, status: "Successful" } });

    expect((await life.up()).steps).toEqual(["same"]);
    expect(await life.refresh()).toMatchObject({ failed: false, steps: ["refresh"] });
    expect((await life.preview()).steps).toEqual(["same"]);
    expect(await life.destroy()).toMatchObject({ failed: false, steps: ["delete"] });
    expect(started()).toBe(1);
  });

  it("says at the preview what the group has in store for the create, and refuses nothing that may still change", async () => {
    const other = await life.cloud.startElsewhere(life.group, "third");
    const preview = await life.preview();
    expect(preview.failed).toBe(false);
    expect(preview.said).toContain(`${other} (`);
    expect(preview.said).toContain("its end will be waited for first");

    await life.cloud.deleteGroup(life.group);
    expect((await life.preview()).said).toContain(`There is no group ${life.group} in region`);
  });

  it("lets unknown values through at the preview", async () => {
    const other = await life.cloud.createGroup(2);
    const others = await life.cloud.argumentsFor(other, "second");
    life.program = async () => {
      const first = life.declare("first", args);
      life.declare("second", { ...others, triggers: [first.id] });
    };
    expect(await life.preview()).toMatchObject({ failed: false, steps: ["create", "create"] });
    expect(await life.up()).toMatchObject({ failed: false });
    expect(await life.state("second")).toMatchObject({ outputs: { triggers: [expect.any(String)] } });
  });

  it("says every fault of the arguments at once, at the preview", async () => {
    args = { ...args, onTimeout: "explode", waitForCompletion: "yes", colour: "red" };
    const { failed, said } = await life.preview();
    expect(failed).toBe(true);
    expect(said).toContain('`onTimeout` is "explode"; it must be one of `leave`, `cancel`, `rollback`');
    expect(said).toContain('`waitForCompletion` is "yes"; it must be true or false');
    expect(said).toContain("`colour` is not an argument");
  });

  it("tells apart what replaces and what updates", async () => {
    await life.up();
    args = { ...(await life.cloud.argumentsFor(life.group, "third")), onDelete: "cancel" };
    const [configuration] = Object.keys(args).filter((key) => key.startsWith("desired"));
    const { diffs, steps } = await life.preview();
    expect(diffs).toEqual({ [configuration as string]: "update-replace", onDelete: "add" });
    expect(steps).toContain("create-replacement");
    expect(await life.up()).toMatchObject({ failed: false });
    expect(started()).toBe(2);
  });

  it("fails with the cloud's reason, keeps the refresh, fails again, and goes on once the outcome is accepted", async () => {
    args = { ...(await life.cloud.argumentsFor(life.group, "unhealthy")), waitForCompletion: true };
    const up = await life.up();
    expect(up.failed).toBe(true);
    expect(up.said).toMatch(/failed \(Failed\)\. .*Next: /s);
    expect(await life.state("web")).toMatchObject({ inputs: args, outputs: { status: "Failed" } });

    expect((await life.preview()).diffs).toEqual({ status: expect.any(String) });
    const again = await life.up();
    expect(again).toMatchObject({ failed: true });
    await life.refresh();
    expect(await life.up()).toMatchObject({ failed: true });

    args = { ...args, waitForCompletion: false };
    expect(await life.up()).toMatchObject({ failed: false });
    expect((await life.up()).steps).toEqual(["same"]);
    expect(started()).toBe(1);
  });

  it("stops waiting when customTimeouts run out, and the next up attaches", async () => {
    life.program = async () => ({
      status: life.declare("web", args, { customTimeouts: { create: "30s" } }).status,
    });
    const up = await life.up();
    expect(up.failed).toBe(true);
    expect(up.said).toContain("within 30 s");
    expect((await life.preview()).diffs).toEqual({ status: expect.any(String) });
    expect(await life.up()).toMatchObject({ failed: false, steps: ["update"], outputs: { status: "Successful" } });
    expect(started()).toBe(1);
  });

  it("cancels a running refresh by `status`", async () => {
    args = { ...args, waitForCompletion: false };
    await life.up();
    args = { ...args, status: "Cancelled" };
    expect(await life.up()).toMatchObject({ failed: false, steps: ["update"], outputs: { status: "Cancelled" } });
    expect((await life.up()).steps).toEqual(["same"]);
  });

  it("cancels a running refresh when it is destroyed, as `onDelete` says", async () => {
    args = { ...args, waitForCompletion: false, onDelete: "cancel" };
    await life.up();
    expect(await life.destroy()).toMatchObject({ failed: false });
    expect(await life.cloud.refreshes(life.group)).toEqual([expect.objectContaining({ status: "Cancelled" })]);
  });

  it("keeps a secret of the program secret, in the state and in what it says", async () => {
    life.program = async () => {
      life.declare("web", {
        ...args,
        triggers: output({ token: "hush-hush" }).apply((value) => value),
        onTimeout: "x",
      });
    };
    expect((await life.preview()).said).not.toContain("hush-hush");
  });

  it("refuses settings that it does not know, or that are no strings, all at once", async () => {
    await life.stack.setConfig("instance-refresh:awsRegon", { value: "eu-west-1" });
    await life.stack.setConfig("instance-refresh:alicloudRegion", { value: "" });
    const { failed, said } = await life.preview();
    expect(failed).toBe(true);
    expect(said).toContain("`awsRegon` is not a setting of instance-refresh; there are `awsRegion`");
    expect(said).toContain('`alicloudRegion` is ""; it must be a string that is not empty');
  });
});
