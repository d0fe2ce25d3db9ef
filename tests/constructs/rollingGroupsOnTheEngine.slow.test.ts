import { join } from "node:path";
import { DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import type { Stack } from "@pulumi/pulumi/automation";
import { type AwsEmulator, startAwsEmulator } from "../emulator/aws/awsEmulator";
import { essClient } from "../emulator/essClient";
import { createStack } from "../pulumi/engine";
import { alicloudResources } from "./bridge/alicloud";
import { awsResources } from "./bridge/aws";
import { type Attached, serve } from "./bridge/provider";
import { changes, environmentOf, fast } from "./emulated";

let aws: AwsEmulator;
let providers: Attached[];
let stack: Stack;

async function begin(cloud: "aws" | "ess"): Promise<void> {
  aws = await startAwsEmulator(fast());
  providers = [await serve("aws", awsResources(aws)), await serve("alicloud", alicloudResources(aws.emulator))];
  stack = await createStack({
    program: { folder: join(__dirname, "bothClouds") },
    config: { cloud: { value: cloud }, region: { value: aws.emulator.region } },
    environment: {
      ...environmentOf(aws.emulator),
      PULUMI_DEBUG_PROVIDERS: providers.map(({ address }) => address).join(","),
    },
  });
}
afterEach(async () => {
  await Promise.all(providers.map((provider) => provider.close()));
  await aws.close();
});

/** Deploys; answers the calls that changed something, ids and names left out. */
async function up(config: Record<string, string>): Promise<string[]> {
  const before = changes(aws.emulator).length;
  await stack.setAllConfig(Object.fromEntries(Object.entries(config).map(([name, value]) => [name, { value }])));
  await stack.up();
  return callsSince(before);
}
const callsSince = (before: number) =>
  changes(aws.emulator)
    .slice(before)
    .map((call) => call.split(" ")[0] as string);

/** The one group, as the model has it. */
function group() {
  const [found] = aws.emulator.world(aws.emulator.region).groups.values();
  if (!found) throw new Error("there is no group");
  return found;
}
const running = () => [...group().instances.keys()].sort();

/** Names of the parameters that an operation was last called with. */
const sent = (operation: string) =>
  Object.keys(aws.emulator.requests.findLast((request) => request.operation === operation)?.parameters ?? {}).sort();

/** Version of the template that the group has saved, and those that its instances were launched from. */
async function versions(): Promise<{ saved: string | undefined; running: string[] }> {
  const [{ AutoScalingGroupName: name } = { AutoScalingGroupName: undefined }] = await groupsOnAws();
  if (name) {
    const { LaunchTemplate, Instances = [] } = await aws.group(name);
    return {
      saved: LaunchTemplate?.Version,
      running: [...new Set(Instances.map((instance) => instance.LaunchTemplate?.Version ?? "?"))],
    };
  }
  const ess = essClient(aws.emulator);
  const { ScalingGroups } = await ess("DescribeScalingGroups");
  const [found] = ScalingGroups as { ScalingGroupId: string; LaunchTemplateVersion: string }[];
  const { ScalingInstances } = await ess("DescribeScalingInstances", { ScalingGroupId: found?.ScalingGroupId });
  const instances = ScalingInstances as { LaunchTemplateVersion: string }[];
  return {
    saved: found?.LaunchTemplateVersion,
    running: [...new Set(instances.map(({ LaunchTemplateVersion }) => LaunchTemplateVersion))],
  };
}
const groupsOnAws = async () =>
  (await aws.client.send(new DescribeAutoScalingGroupsCommand({}))).AutoScalingGroups ?? [];

describe("A group of EC2 Auto Scaling", () => {
  test("lives through a first deployment, a new image, another size, a refresh, a bad image and a revert", async () => {
    await begin("aws");
    expect(await up({ imageId: "ami-1" })).toEqual([
      "CreateLaunchTemplate",
      "CreateAutoScalingGroup",
      "StartInstanceRefresh",
    ]);
    const first = running();
    expect(group().refreshes).toMatchObject([{ status: "Successful", progress: { updated: 0 } }]);
    expect(await versions()).toEqual({ saved: "1", running: ["1"] });

    expect(await up({ imageId: "ami-2" })).toEqual(["CreateLaunchTemplateVersion", "StartInstanceRefresh"]);
    expect(await versions()).toEqual({ saved: "2", running: ["2"] });
    expect(running().filter((id) => first.includes(id))).toEqual([]);

    // AWS has saved version 2 on the group; a program that still says 1 must not take it back.
    expect(await up({ maxSize: "9" })).toEqual(["UpdateAutoScalingGroup"]);
    expect(sent("UpdateAutoScalingGroup")).toEqual(["AutoScalingGroupName", "MaxSize"]);
    expect(await versions()).toEqual({ saved: "2", running: ["2"] });

    const { summary } = await stack.refresh();
    expect(summary.resourceChanges?.update).toBe(undefined);
    expect(await up({})).toEqual([]);

    const second = running();
    const before = changes(aws.emulator).length;
    await expect(up({ imageId: "ami-unhealthy" })).rejects.toThrow(/was rolled back: the rollout failed/);
    expect(callsSince(before)).toEqual(["CreateLaunchTemplateVersion", "StartInstanceRefresh"]);
    expect(await versions()).toEqual({ saved: "2", running: ["2"] });
    expect(running().filter((id) => second.includes(id)).length).toBeGreaterThan(0);

    // Again the same fails again, and no machine is touched; the former image is one more version.
    await expect(up({})).rejects.toThrow(/was rolled back: the rollout failed/);
    expect(await up({ imageId: "ami-2" })).toEqual(["CreateLaunchTemplateVersion", "StartInstanceRefresh"]);
    expect(await versions()).toEqual({ saved: "4", running: ["4"] });
  });
});

describe("A group of ESS", () => {
  test("lives through a first deployment, a new image, another size, a refresh, a bad image and a revert", async () => {
    await begin("ess");
    expect(await up({ imageId: "m-1" })).toEqual(["CreateScalingGroup", "EnableScalingGroup"]);
    expect(await versions()).toEqual({ saved: "1", running: ["1"] });
    const first = running();

    const { changeSummary } = await stack.preview();
    expect(changeSummary).toEqual({ same: 5 });
    await stack.setConfig("imageId", { value: "m-2" });
    expect((await stack.preview()).changeSummary).toMatchObject({ update: 1, replace: 1 });
    expect(await up({})).toEqual(["StartInstanceRefresh"]);
    expect(await versions()).toEqual({ saved: "2", running: ["2"] });
    expect(running().filter((id) => first.includes(id))).toEqual([]);

    // ESS has saved version 2 on the group; a program that still says 1 must not take it back.
    expect(await up({ maxSize: "9" })).toEqual(["ModifyScalingGroup"]);
    expect(sent("ModifyScalingGroup")).toEqual(["MaxSize", "RegionId", "ScalingGroupId"]);
    expect(await versions()).toEqual({ saved: "2", running: ["2"] });
    await stack.refresh();
    expect(await up({})).toEqual([]);

    const before = changes(aws.emulator).length;
    group().unhealthyLaunches = { rate: 1, remaining: undefined };
    const repaired = whenCalled("RollbackInstanceRefresh", () => {
      group().unhealthyLaunches = undefined;
    });
    await expect(up({ imageId: "m-3" })).rejects.toThrow(/it is being rolled back, as `onTimeout: "rollback"` says/);
    await repaired;
    expect(callsSince(before)).toEqual(["StartInstanceRefresh", "RollbackInstanceRefresh"]);
    await expect(up({})).rejects.toThrow(/was rolled back: the rollout failed/);
    expect(await versions()).toEqual({ saved: "2", running: ["2"] });

    expect(await up({ imageId: "m-2" })).toEqual(["StartInstanceRefresh"]);
    expect(await versions()).toEqual({ saved: "4", running: ["4"] });
  });
});

async function whenCalled(operation: string, action: () => void): Promise<void> {
  while (!aws.emulator.requests.some((request) => request.operation === operation)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  action();
}
