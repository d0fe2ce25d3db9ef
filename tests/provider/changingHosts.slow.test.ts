import * as dynamic from "../../src";
import type { CloudName, Properties } from "./pluginProtocol";
import { PluginStack } from "./pluginStack";

const DYNAMIC = { ess: dynamic.ess.InstanceRefresh, autoscaling: dynamic.autoscaling.InstanceRefresh };

describe.each(["ess", "autoscaling"] as const satisfies readonly CloudName[])("%s", (name) => {
  let stack: PluginStack;
  let args: Properties;

  beforeEach(async () => {
    stack = await PluginStack.start(name);
    const { region } = stack.cloud.settings;
    const connection = { region, endpoint: stack.emulator.url };
    args = { ...(await stack.cloud.argumentsFor(stack.group, "second")), connection };
  });
  afterEach(() => stack.close());

  const byPlugin = async () => void stack.declare("web", args);
  const byDynamic = async () => void new DYNAMIC[name]("web", args as never);

  it("moves from the dynamic class to the plugin's, which attaches to the refresh that runs", async () => {
    args = { ...args, waitForCompletion: false };
    stack.program = byDynamic;
    expect(await stack.up()).toMatchObject({ failed: false, steps: ["create"] });
    const id = (await stack.recorded("web"))?.id;

    args = { ...args, waitForCompletion: true };
    stack.program = byPlugin;
    expect(await stack.up()).toMatchObject({ failed: false, steps: ["update"] });
    expect(await stack.recorded("web")).toMatchObject({ id, type: stack.type, outputs: { status: "Successful" } });
    expect(await stack.up()).toMatchObject({ failed: false, steps: ["same"] });
    expect(stack.started).toBe(1);
  });

  it("moves from the plugin's class to the dynamic one, which can read and destroy it", async () => {
    stack.program = byPlugin;
    expect(await stack.up()).toMatchObject({ failed: false, steps: ["create"] });
    const id = (await stack.recorded("web"))?.id;

    stack.program = byDynamic;
    const { failed, steps } = await stack.up();
    expect([failed, ...steps]).toEqual([false, "update"]);
    expect(await stack.recorded("web")).toMatchObject({ id, type: `pulumi-nodejs:dynamic/${name}:InstanceRefresh` });
    expect(await stack.refresh()).toMatchObject({ failed: false });
    expect(await stack.destroy()).toMatchObject({ failed: false, steps: ["delete"] });
    expect(stack.started).toBe(1);
  });
});
