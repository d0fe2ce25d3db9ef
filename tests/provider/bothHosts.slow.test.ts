import * as dynamic from "../../src";
import { PluginLife } from "./pluginLife";
import type { CloudName, Properties } from "./protocolLife";

const DYNAMIC = { ess: dynamic.ess.InstanceRefresh, autoscaling: dynamic.autoscaling.InstanceRefresh };

describe.each(["ess", "autoscaling"] as const satisfies readonly CloudName[])("%s", (name) => {
  let life: PluginLife;
  let args: Properties;

  beforeEach(async () => {
    life = await PluginLife.begin(name);
    const { region } = life.cloud.settings;
    const connection = { region, endpoint: life.emulator.url };
    args = { ...(await life.cloud.argumentsFor(life.group, "second")), connection };
  });
  afterEach(() => life.end());

  const byPlugin = async () => void life.declare("web", args);
  const byDynamic = async () => void new DYNAMIC[name]("web", args as never);

  it("moves from the dynamic class to the plugin's, which attaches to the refresh that runs", async () => {
    args = { ...args, waitForCompletion: false };
    life.program = byDynamic;
    expect(await life.up()).toMatchObject({ failed: false, steps: ["create"] });
    const id = (await life.recorded("web"))?.id;

    args = { ...args, waitForCompletion: true };
    life.program = byPlugin;
    expect(await life.up()).toMatchObject({ failed: false, steps: ["update"] });
    expect(await life.recorded("web")).toMatchObject({ id, type: life.type, outputs: { status: "Successful" } });
    expect(await life.up()).toMatchObject({ failed: false, steps: ["same"] });
    expect(life.started).toBe(1);
  });

  it("moves from the plugin's class to the dynamic one, which can read and destroy it", async () => {
    life.program = byPlugin;
    expect(await life.up()).toMatchObject({ failed: false, steps: ["create"] });
    const id = (await life.recorded("web"))?.id;

    life.program = byDynamic;
    const { failed, steps } = await life.up();
    expect([failed, ...steps]).toEqual([false, "update"]);
    expect(await life.recorded("web")).toMatchObject({ id, type: `pulumi-nodejs:dynamic/${name}:InstanceRefresh` });
    expect(await life.refresh()).toMatchObject({ failed: false });
    expect(await life.destroy()).toMatchObject({ failed: false, steps: ["delete"] });
    expect(life.started).toBe(1);
  });
});
