import * as dynamic from "../../src";
import { importBridged, startBridge } from "./bridge";
import { PluginLife } from "./pluginLife";

describe("a refresh of the bridged alicloud.ess.InstanceRefresh", () => {
  let life: PluginLife;
  let bridge: { port: number; close(): void };
  let args: Record<string, unknown>;
  let id: string;

  beforeEach(async () => {
    bridge = await startBridge();
    life = await PluginLife.begin("ess", { environment: { PULUMI_DEBUG_PROVIDERS: `alicloud:${bridge.port}` } });
    const task = await life.cloud.startElsewhere(life.group, "second");
    life.emulator.clock.advance(3_600_000);
    id = `${life.group}:${task}`;
    args = { ...(await life.cloud.argumentsFor(life.group, "second")), minHealthyPercentage: 80 };
    await importBridged(life.stack, id, args, {
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
    await life.end();
    bridge.close();
  });

  it("moves to the plugin's class, and starts nothing", async () => {
    life.program = async () => void life.declare("web", args);
    const up = await life.up();
    expect(up).toMatchObject({ failed: false, steps: ["same"], diffs: {} });
    expect(await life.recorded("web")).toMatchObject({ id, type: life.type });
    expect(await life.refresh()).toMatchObject({ failed: false });
    expect(await life.up()).toMatchObject({ failed: false, steps: ["same"] });

    args = { ...args, desiredConfigurationImageId: "m-third" };
    expect(await life.up()).toMatchObject({ failed: false });
    expect(life.started).toBe(2);
  });

  it("moves to the dynamic class, and starts nothing", async () => {
    const { region } = life.cloud.settings;
    args = { ...args, connection: { region, endpoint: life.emulator.url } };
    life.program = async () => void new dynamic.ess.InstanceRefresh("web", args as never);
    const up = await life.up();
    expect(up).toMatchObject({ failed: false, steps: ["update"] });
    expect(await life.recorded("web")).toMatchObject({ id, type: "pulumi-nodejs:dynamic/ess:InstanceRefresh" });
    expect(await life.refresh()).toMatchObject({ failed: false });
    expect(await life.destroy()).toMatchObject({ failed: false, steps: ["delete"] });
    expect(life.started).toBe(1);
  });
});
