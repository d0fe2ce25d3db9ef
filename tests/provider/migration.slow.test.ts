import * as dynamic from "../../src";
import { importBridged, startBridge } from "./bridge";
import { PluginStack } from "./pluginStack";

describe("a refresh of the bridged alicloud.ess.InstanceRefresh", () => {
  let stack: PluginStack;
  let bridge: { port: number; close(): void };
  let args: Record<string, unknown>;
  let id: string;

  beforeEach(async () => {
    bridge = await startBridge();
    stack = await PluginStack.start("ess", { environment: { PULUMI_DEBUG_PROVIDERS: `alicloud:${bridge.port}` } });
    const task = await stack.cloud.startElsewhere(stack.group, "second");
    stack.emulator.clock.advance(3_600_000);
    id = `${stack.group}:${task}`;
    args = { ...(await stack.cloud.argumentsFor(stack.group, "second")), minHealthyPercentage: 80 };
    await importBridged(stack.automation, id, args, {
      checkpointPauseTime: 60,
      checkpoints: [],
      desiredConfigurationContainers: [],
      desiredConfigurationLaunchTemplateOverrides: [],
      maxHealthyPercentage: 120,
      skipMatching: false,
      status: "Successful",
    });
  });
  afterEach(async () => {
    await stack.close();
    bridge.close();
  });

  it("moves to the plugin's class, and starts nothing", async () => {
    stack.program = async () => void stack.declare("web", args);
    const up = await stack.up();
    expect(up).toMatchObject({ failed: false, steps: ["same"], diffs: {} });
    expect(await stack.recorded("web")).toMatchObject({ id, type: stack.type });
    expect(await stack.refresh()).toMatchObject({ failed: false });
    expect(await stack.up()).toMatchObject({ failed: false, steps: ["same"] });

    args = { ...args, desiredConfigurationImageId: "m-third" };
    expect(await stack.up()).toMatchObject({ failed: false });
    expect(stack.started).toBe(2);
  });

  it("moves to the dynamic class, and starts nothing", async () => {
    const { region } = stack.cloud.settings;
    args = { ...args, connection: { region, endpoint: stack.emulator.url } };
    stack.program = async () => void new dynamic.ess.InstanceRefresh("web", args as never);
    const up = await stack.up();
    expect(up).toMatchObject({ failed: false, steps: ["update"] });
    expect(await stack.recorded("web")).toMatchObject({ id, type: "pulumi-nodejs:dynamic/ess:InstanceRefresh" });
    expect(await stack.refresh()).toMatchObject({ failed: false });
    expect(await stack.destroy()).toMatchObject({ failed: false, steps: ["delete"] });
    expect(stack.started).toBe(1);
  });
});
