import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { createEmulator, type Emulator } from "../../src/emulator";
import { createStack } from "../pulumi/engine";
import { changes, environmentOf, fast } from "./emulated";

const onAws = (name: string, region: string) => ({
  service: "autoscaling",
  region,
  AutoScalingGroupName: name,
  MinSize: 0,
  MaxSize: 12,
  DesiredCapacity: 4,
  LaunchTemplate: { LaunchTemplateName: name, Version: "1" },
  LaunchTemplateVersions: [{ ImageId: "ami-first" }, { ImageId: "ami-second" }],
});
const onAlibabaCloud = (id: string, region: string) => ({
  service: "ess",
  region,
  ScalingGroupId: id,
  DesiredCapacity: 4,
  MultiAZPolicy: "PRIORITY",
  ScalingConfiguration: { ImageId: "m-first", InstanceType: "ecs.g7.large" },
});

let emulator: Emulator;
let stack: Stack;

async function begin(canaryOnAws: object = {}): Promise<void> {
  emulator = await createEmulator({
    ...fast(),
    groups: [
      { ...onAws("canary-eu", "eu-west-1"), ...canaryOnAws },
      onAws("web-eu", "eu-west-1"),
      onAws("web-us", "us-east-1"),
      onAlibabaCloud("asg-canary-cn", "cn-hangzhou"),
      onAlibabaCloud("asg-web-cn", "cn-hangzhou"),
      onAlibabaCloud("asg-web-sg", "ap-southeast-1"),
    ],
  });
  const folder = join(__dirname, "../../examples/rollout");
  stack = await createStack({ program: { folder }, environment: environmentOf(emulator) });
}
afterEach(() => emulator.close());

const release = (config: Record<string, string>) =>
  stack.setAllConfig(Object.fromEntries(Object.entries(config).map(([name, value]) => [name, { value }])));
/** Status of each refresh that the stack knows, by its name, as `pulumi refresh` brings it up to date. */
async function statuses(): Promise<Record<string, string>> {
  await stack.refresh();
  const { deployment } = (await stack.exportStack()) as { deployment: { resources: StateResource[] } };
  const refreshes = deployment.resources.filter(({ type }) => /InstanceRefresh$/.test(type));
  return Object.fromEntries(refreshes.map(({ urn, outputs }) => [urn.split("::").at(-1), outputs.status]));
}
interface StateResource {
  urn: string;
  type: string;
  outputs: { status: string };
}

/** Groups that a successful refresh has replaced machines of. */
const replaced = () =>
  ["eu-west-1", "us-east-1", "cn-hangzhou", "ap-southeast-1"].flatMap((region) =>
    [...emulator.world(region).groups].flatMap(([name, { refreshes }]) =>
      refreshes.some(({ status, progress }) => status === "Successful" && progress.updated > 0) ? [name] : [],
    ),
  );
const starts = () => changes(emulator).map((each) => each.replace("StartInstanceRefresh ", ""));

test("A release goes out in waves, each after the one before; the last one waits for a person", async () => {
  await begin();
  await release({ imageId: "m-second", version: "2", soak: "1h" });
  await stack.up();
  expect(starts().slice(0, 2).sort()).toEqual(["asg-canary-cn", "canary-eu"]);
  expect(starts().slice(2).sort()).toEqual(["asg-web-cn", "web-eu"]);

  await release({ approved: "m-second" });
  await stack.up();
  expect(starts().slice(4).sort()).toEqual(["asg-web-sg", "web-us"]);

  await stack.up();
  expect(starts()).toHaveLength(6);
  expect(replaced()).toHaveLength(6);
});

test("After a canary that failed no other wave begins, and the other canary is rolled back", async () => {
  // Slow enough to run still when the other one fails.
  await begin({ DefaultInstanceWarmup: 4 * 3_600 });
  await release({ imageId: "m-unhealthy", version: "2", approved: "m-unhealthy" });
  // In one slot of the engine: no refresh of the wave holds it until its end, or the other one would not run meanwhile.
  await expect(stack.up({ parallel: 1 })).rejects.toThrow(/asg-canary-cn/);
  expect(changes(emulator).sort()).toEqual([
    "RollbackInstanceRefresh canary-eu",
    "StartInstanceRefresh asg-canary-cn",
    "StartInstanceRefresh canary-eu",
  ]);
  expect(await statuses()).toEqual({ "asg-canary-cn": "Failed", "canary-eu": "RollbackSuccessful" });

  // The same release fails again by itself, and touches no machine; the former one replaces none and goes through.
  await expect(stack.up()).rejects.toThrow(/asg-canary-cn/);
  expect(starts()).toHaveLength(3);
  await release({ imageId: "m-first", version: "1", approved: "m-first" });
  await stack.up();
  expect(Object.values(await statuses())).toEqual(Array(6).fill("Successful"));
  expect(replaced()).toEqual([]);
});
