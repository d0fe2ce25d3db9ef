/** Transforms, which the engine applies, in both hosts: of arguments and of options. */
import * as pulumi from "@pulumi/pulumi";
import { createEmulator } from "../../src/emulator";
import { ess } from "../../src/index";
import { essTestCloud } from "../clouds/essTestCloud";
import { environmentOf, fast } from "../constructs/emulated";
import { PluginStack } from "../provider/pluginStack";
import { createStack } from "../pulumi/engine";

/** A limit of a whole company: of an argument, and of a resource option. */
function registerLimits(): void {
  pulumi.runtime.registerResourceTransform(({ type, props, opts }) => {
    if (!type.endsWith(":InstanceRefresh")) return undefined;
    const limited: pulumi.CustomResourceOptions = {
      ...opts,
      customTimeouts: { create: "10s" },
      replaceOnChanges: ["onDelete"],
    };
    return { props: { ...props, minHealthyPercentage: 95 }, opts: limited };
  });
}

test("a transform sets an argument, the time-outs and `replaceOnChanges` of the dynamic resource", async () => {
  const emulator = await createEmulator({ ...fast(), speed: 1 });
  try {
    const group = await essTestCloud(emulator).createGroup(2);
    let more = {};
    const stack = await createStack({
      program: async () => {
        registerLimits();
        new ess.InstanceRefresh("web", { scalingGroupId: group, desiredConfigurationImageId: "m-second", ...more });
      },
      environment: { ...environmentOf(emulator), INSTANCE_REFRESH_CLOCK_SPEED: "1" },
    });
    await expect(stack.up()).rejects.toThrow(/within 10 s/);
    const { deployment } = await stack.exportStack();
    expect(JSON.stringify(deployment)).toContain('"minHealthyPercentage":95');
    more = { onDelete: "cancel" };
    expect((await stack.preview()).changeSummary).toMatchObject({ replace: 1 });
  } finally {
    await emulator.close();
  }
});

test("a transform sets an argument, the time-outs and `replaceOnChanges` of the plugin's resource", async () => {
  const stack = await PluginStack.start("ess");
  try {
    let args = await stack.cloud.argumentsFor(stack.group, "second");
    stack.program = async () => {
      registerLimits();
      stack.declare("web", args);
    };
    const { failed, said } = await stack.up();
    expect([failed, said]).toEqual([true, expect.stringMatching(/within 10 s/)]);
    expect((await stack.recorded("web"))?.inputs).toMatchObject({ minHealthyPercentage: 95 });
    args = { ...args, onDelete: "cancel" };
    expect((await stack.preview()).steps).toContain("create-replacement");
  } finally {
    await stack.close();
  }
});
