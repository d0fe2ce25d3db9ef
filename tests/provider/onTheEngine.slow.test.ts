import { secret } from "@pulumi/pulumi";
import { version } from "../../src/version";
import { worseningService } from "../pulumi/worseningService";
import type { CloudName, Properties } from "./pluginProtocol";
import { PluginStack } from "./pluginStack";

const DAY_MS = 86_400_000;

describe.each(["ess", "autoscaling"] as const satisfies readonly CloudName[])("%s", (name) => {
  let stack: PluginStack;
  let args: Properties;

  beforeEach(async () => {
    stack = await PluginStack.start(name);
    args = await stack.cloud.argumentsFor(stack.group, "second");
    stack.program = async () => void stack.declare("web", args);
  });
  afterEach(() => stack.close());

  it("previews a refresh, follows it, leaves it alone, previews its replacement, and destroys it", async () => {
    const preview = await stack.preview();
    expect(preview).toMatchObject({ failed: false, steps: ["create"] });
    expect(preview.said).toMatch("Forecast for group");
    expect(stack.started).toBe(0);

    const up = await stack.up();
    expect(up).toMatchObject({ failed: false, steps: ["create"] });
    expect(up.progress.at(-1)).toMatch(/^Successful, 100 %/);
    expect(up.said).toMatch(/: Successful, 100 %.*, in \d+ (s|min)( \d+ s)?\n/);
    const recorded = await stack.recorded("web");
    expect(recorded).toMatchObject({ inputs: args, outputs: { ...args, status: "Successful" } });
    // The name of the default provider also has the address that the plugin is downloaded from.
    expect(recorded?.provider).toContain(`::default_${version.replaceAll(".", "_")}_github_`);

    expect(await stack.refresh()).toMatchObject({ failed: false, steps: ["refresh"] });
    expect(await stack.preview()).toMatchObject({ steps: ["same"], diffs: {} });

    const configuration = Object.keys(args).find((key) => key.startsWith("desired")) as string;
    args = { ...(await stack.cloud.argumentsFor(stack.group, "third")), onDelete: "cancel" };
    const { diffs, steps } = await stack.preview();
    expect(diffs).toEqual({ [configuration]: "update-replace", onDelete: "add" });
    expect(steps).toContain("create-replacement");

    expect(await stack.destroy()).toMatchObject({ failed: false, steps: ["delete"] });
    expect(stack.started).toBe(1);
  });

  it("imports an ended refresh, which then has no diff, and a running one, for which only the waiting is left", async () => {
    const ended = await stack.cloud.startElsewhere(stack.group, "second");
    stack.emulator.clock.advance(3_600_000);
    const group = await stack.cloud.createGroup(10);
    const running = await stack.cloud.startElsewhere(group, "second");
    const imported = await stack.import({ ended, running });
    expect(imported.failed).toBe(false);
    expect(imported.said).toMatch(`of group ${group} will be taken over; no refresh is started`);
    expect(await stack.recorded("ended")).toMatchObject({ id: ended, outputs: { ...args, status: "Successful" } });

    const others = await stack.cloud.argumentsFor(group, "second");
    stack.program = async () => {
      stack.declare("ended", args);
      stack.declare("running", others);
    };
    const preview = await stack.preview();
    expect(preview.steps.sort()).toEqual(["same", "update"]);
    expect(Object.keys(preview.diffs)).toEqual(["status"]);
    expect(await stack.up()).toMatchObject({ failed: false });
    expect(await stack.recorded("running")).toMatchObject({ outputs: { ...others, status: "Successful" } });
    expect(stack.started).toBe(2);

    const { failed, said } = await stack.import({ wrong: "web" });
    expect(failed).toBe(true);
    expect(said).toContain(`give an id of the form ${stack.cloud.cloud.idForms}`);
  });

  it("takes over a running refresh by the `import` option, and reads one by `get`", async () => {
    const id = await stack.cloud.startElsewhere(stack.group, "second");
    const third = await stack.cloud.argumentsFor(stack.group, "third");
    stack.program = async () => void stack.declare("web", third, { import: id });
    const refused = await stack.preview();
    expect(refused.said).toMatch(
      /the import would be refused.*is "(m-third|3)" in the program, and "(m-second|2)" in/s,
    );
    expect(refused.said).not.toMatch("Forecast");
    expect(await stack.up()).toMatchObject({
      failed: true,
      said: expect.stringMatching("the import would be refused"),
    });
    stack.program = async () => {};
    await stack.up();
    expect(stack.started).toBe(1);

    stack.program = async () => {
      const web = stack.declare("web", args, { import: id });
      return { status: web.id.apply((id) => stack.get("seen", id).id) };
    };
    const takenOver = `of group ${stack.group} will be taken over; no refresh is started`;
    expect((await stack.preview()).said).toMatch(takenOver);
    expect(await stack.up()).toMatchObject({ failed: false });
    expect(await stack.recorded("web")).toMatchObject({ id, outputs: { ...args, status: "Successful" } });
    expect(await stack.recorded("seen")).toMatchObject({
      id,
      external: true,
      outputs: { ...args, status: "Successful" },
    });
    stack.program = async () => void stack.declare("web", args);
    expect((await stack.preview()).steps).not.toContain("update");
    expect(stack.started).toBe(1);
  });
});

describe("on the engine", () => {
  let stack: PluginStack;
  let args: Properties;

  beforeEach(async () => {
    stack = await PluginStack.start("ess");
    args = await stack.cloud.argumentsFor(stack.group, "second");
  });
  afterEach(() => stack.close());

  it("a refresh that outlasts customTimeouts stays in the state, `pulumi refresh` does not turn it green, and the next up attaches", async () => {
    stack.program = async () => void stack.declare("web", args, { customTimeouts: { create: "30s" } });
    const up = await stack.up();
    expect(up.failed).toBe(true);
    expect(up.said).toContain("within 30 s");
    await stack.refresh();
    expect((await stack.preview()).diffs).toEqual({ status: expect.any(String) });
    expect(await stack.up()).toMatchObject({ failed: false, steps: ["update"] });
    expect(await stack.recorded("web")).toMatchObject({ outputs: { status: "Successful" } });
    expect(stack.started).toBe(1);
  });

  it("a key of the stack that the plugin cannot read is refused at preview by its name", async () => {
    await stack.automation.setConfig("alicloud:ecsRoleName", { value: "of-the-program" });
    stack.program = async () => void stack.declare("web", args);
    const { failed, said } = await stack.preview();
    expect(failed).toBe(true);
    expect(said).toMatch(/`alicloud:ecsRoleName` is set for the program, .* the plugin is not told of it/);
    expect(said).not.toContain("of-the-program");
    expect(stack.emulator.requests.filter(({ operation }) => operation === "DescribeScalingGroups")).toEqual([]);
  });

  it("a freeze holds a refresh, and the first `up` after it starts it", async () => {
    const to = stack.emulator.clock.now() + 30 * DAY_MS;
    const freezes = [{ from: "2000-01-01T00:00:00Z", to: new Date(to).toISOString(), reason: "year end" }];
    // The plugin within this process has no forecast.
    stack.program = async () => void stack.declare("web", { ...args, freezes, mustFit: false });
    expect(await stack.up()).toMatchObject({ failed: false });
    expect(await stack.recorded("web")).toMatchObject({ outputs: { status: "Held" } });
    expect(stack.started).toBe(0);
    stack.emulator.clock.advance(31 * DAY_MS);
    expect(await stack.up()).toMatchObject({ failed: false });
    expect(await stack.recorded("web")).toMatchObject({ outputs: { status: "Successful" } });
    expect(stack.started).toBe(1);
  });

  it("a secret stays one, and unknown values are let through at the preview", async () => {
    const group = await stack.cloud.createGroup(2);
    const others = await stack.cloud.argumentsFor(group, "second");
    stack.program = async () => {
      const first = stack.declare("first", { ...args, triggers: { token: secret("hush-hush") } });
      stack.declare("second", { ...others, triggers: [first.id] });
    };
    expect(await stack.preview()).toMatchObject({ failed: false, steps: ["create", "create"] });
    const up = await stack.up();
    expect(up).toMatchObject({ failed: false });
    expect(`${up.said}${up.progress}${stack.stateFile()}`).not.toContain("hush-hush");
    expect(await stack.recorded("second")).toMatchObject({ outputs: { triggers: [expect.stringMatching(/^ir-/)] } });
  });

  it("a rollout that makes a service ill is rolled back; the headers with which it was asked stay encrypted", async () => {
    const service = await worseningService(2);
    const pauses = { checkpoints: [{ percentage: 50 }, { percentage: 100 }], checkpointPauseTime: 20 };
    const analysis = { checks: [service.check] };
    stack.program = async () => void stack.declare("web", { ...args, ...pauses, analysis });
    const up = await stack.up();
    service.close();
    expect(up.failed).toBe(true);
    expect(up.said).toMatch(
      /check health failed 2 times.*HTTP 503 \(failed\).*was rolled back, and ended RollbackSuccessful/s,
    );
    expect(up.progress.join()).toContain("; health HTTP 200 passed");
    expect(await stack.recorded("web")).toMatchObject({ outputs: { status: "RollbackSuccessful" } });
    expect(stack.stateFile()).toContain("analysis");
    expect(`${up.said}${up.progress}${stack.stateFile()}`).not.toContain(service.token);
  });
});
