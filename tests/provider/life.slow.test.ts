import { secret } from "@pulumi/pulumi";
import { version } from "../../src/version";
import { PluginLife } from "./pluginLife";
import type { CloudName, Properties } from "./protocolLife";

describe.each(["ess", "autoscaling"] as const satisfies readonly CloudName[])("%s", (name) => {
  let life: PluginLife;
  let args: Properties;

  beforeEach(async () => {
    life = await PluginLife.begin(name);
    args = await life.cloud.argumentsFor(life.group, "second");
    life.program = async () => void life.declare("web", args);
  });
  afterEach(() => life.end());

  it("previews a refresh, follows it, leaves it alone, previews its replacement, and destroys it", async () => {
    const preview = await life.preview();
    expect(preview).toMatchObject({ failed: false, steps: ["create"] });
    expect(preview.said).toMatch("Forecast for group");
    expect(life.started).toBe(0);

    const up = await life.up();
    expect(up).toMatchObject({ failed: false, steps: ["create"] });
    expect(up.progress.at(-1)).toMatch(/^Successful, 100 %/);
    expect(up.said).toMatch(/: Successful, 100 %.*, in \d+ (s|min)( \d+ s)?\n/);
    const recorded = await life.recorded("web");
    expect(recorded).toMatchObject({ inputs: args, outputs: { ...args, status: "Successful" } });
    expect(recorded?.provider).toMatch(`default_${version.replaceAll(".", "_")}::`);

    expect(await life.refresh()).toMatchObject({ failed: false, steps: ["refresh"] });
    expect(await life.preview()).toMatchObject({ steps: ["same"], diffs: {} });

    const configuration = Object.keys(args).find((key) => key.startsWith("desired")) as string;
    args = { ...(await life.cloud.argumentsFor(life.group, "third")), onDelete: "cancel" };
    const { diffs, steps } = await life.preview();
    expect(diffs).toEqual({ [configuration]: "update-replace", onDelete: "add" });
    expect(steps).toContain("create-replacement");

    expect(await life.destroy()).toMatchObject({ failed: false, steps: ["delete"] });
    expect(life.started).toBe(1);
  });

  it("imports an ended refresh, which then has no diff, and a running one, for which only the waiting is left", async () => {
    const ended = await life.cloud.startElsewhere(life.group, "second");
    life.emulator.clock.advance(3_600_000);
    const group = await life.cloud.createGroup(10);
    const running = await life.cloud.startElsewhere(group, "second");
    expect(await life.import({ ended, running })).toMatchObject({ failed: false });
    expect(await life.recorded("ended")).toMatchObject({ id: ended, outputs: { ...args, status: "Successful" } });

    const others = await life.cloud.argumentsFor(group, "second");
    life.program = async () => {
      life.declare("ended", args);
      life.declare("running", others);
    };
    const preview = await life.preview();
    expect(preview.steps.sort()).toEqual(["same", "update"]);
    expect(Object.keys(preview.diffs)).toEqual(["status"]);
    expect(await life.up()).toMatchObject({ failed: false });
    expect(await life.recorded("running")).toMatchObject({ outputs: { ...others, status: "Successful" } });
    expect(life.started).toBe(2);

    const { failed, said } = await life.import({ wrong: "web" });
    expect(failed).toBe(true);
    expect(said).toContain(`give an id of the form ${life.cloud.cloud.idForms}`);
  });

  it("takes over a running refresh by the `import` option, and reads one by `get`", async () => {
    const id = await life.cloud.startElsewhere(life.group, "second");
    life.program = async () => {
      const web = life.declare("web", args, { import: id });
      return { status: web.id.apply((taken) => life.get("seen", taken).id) };
    };
    expect(await life.up()).toMatchObject({ failed: false });
    expect(await life.recorded("web")).toMatchObject({ id, outputs: { ...args, status: "Successful" } });
    expect(await life.recorded("seen")).toMatchObject({
      id,
      external: true,
      outputs: { ...args, status: "Successful" },
    });
    life.program = async () => void life.declare("web", args);
    expect((await life.preview()).steps).not.toContain("update");
    expect(life.started).toBe(1);
  });
});

describe("on the engine", () => {
  let life: PluginLife;
  let args: Properties;

  beforeEach(async () => {
    life = await PluginLife.begin("ess");
    args = await life.cloud.argumentsFor(life.group, "second");
  });
  afterEach(() => life.end());

  it("a refresh that outlasts customTimeouts is kept, `pulumi refresh` does not turn it green, and the next up attaches", async () => {
    life.program = async () => void life.declare("web", args, { customTimeouts: { create: "30s" } });
    const up = await life.up();
    expect(up.failed).toBe(true);
    expect(up.said).toContain("within 30 s");
    await life.refresh();
    expect((await life.preview()).diffs).toEqual({ status: expect.any(String) });
    expect(await life.up()).toMatchObject({ failed: false, steps: ["update"] });
    expect(await life.recorded("web")).toMatchObject({ outputs: { status: "Successful" } });
    expect(life.started).toBe(1);
  });

  it("a secret stays one, and unknown values are let through at the preview", async () => {
    const group = await life.cloud.createGroup(2);
    const others = await life.cloud.argumentsFor(group, "second");
    life.program = async () => {
      const first = life.declare("first", { ...args, triggers: { token: secret("hush-hush") } });
      life.declare("second", { ...others, triggers: [first.id] });
    };
    expect(await life.preview()).toMatchObject({ failed: false, steps: ["create", "create"] });
    const up = await life.up();
    expect(up).toMatchObject({ failed: false });
    expect(`${up.said}${up.progress}${life.stateFile()}`).not.toContain("hush-hush");
    expect(await life.recorded("second")).toMatchObject({ outputs: { triggers: [expect.stringMatching(/^ir-/)] } });
  });
});
