/** The guides, followed: their programs as they stand in the page, on the real engine, against the emulator. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { UpdateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import type { Stack } from "@pulumi/pulumi/automation";
import { transformSync } from "@swc/core";
import { alicloudResources } from "../constructs/bridge/alicloud";
import { awsResources } from "../constructs/bridge/aws";
import { type Attached, serve } from "../constructs/bridge/provider";
import { changes, environmentOf, fast } from "../constructs/emulated";
import { type AwsEmulator, startAwsEmulator, version } from "../emulator/aws/awsEmulator";
import { essClient } from "../emulator/essClient";
import { createStack } from "../pulumi/engine";
import { blocksOf } from "./markdown";

const blocks = blocksOf(readFileSync(resolve(__dirname, "../../docs/migrating.md"), "utf8"));
const PROJECT = "name: web\nruntime: { name: nodejs, options: { typescript: false } }\n";

let aws: AwsEmulator;
let providers: Attached[];
let stack: Stack;
let folder: string;

beforeEach(async () => {
  aws = await startAwsEmulator({
    ...fast(),
    groups: [
      {
        service: "ess",
        ScalingGroupId: "asg-web",
        DesiredCapacity: 4,
        MultiAZPolicy: "PRIORITY",
        ScalingConfiguration: { ImageId: "m-1", InstanceType: "ecs.g7.large" },
      },
      {
        service: "autoscaling",
        AutoScalingGroupName: "web",
        MinSize: 0,
        MaxSize: 8,
        DesiredCapacity: 4,
        LaunchTemplate: { LaunchTemplateName: "web", Version: "1" },
        LaunchTemplateVersions: [{ ImageId: "ami-1" }, { ImageId: "ami-2" }, { ImageId: "ami-3" }],
      },
    ],
  });
  providers = [await serve("aws", awsResources(aws)), await serve("alicloud", alicloudResources(aws.emulator))];
  folder = mkdtempSync(join(tmpdir(), "instance-refresh-migrating-"));
  mkdirSync(join(folder, "program"));
  writeFileSync(join(folder, "program", "Pulumi.yaml"), PROJECT);
  stack = await createStack({
    program: { folder: join(folder, "program") },
    environment: {
      ...environmentOf(aws.emulator),
      ALIBABA_CLOUD_REGION_ID: aws.emulator.region,
      PULUMI_DEBUG_PROVIDERS: providers.map(({ address }) => address).join(","),
    },
  });
});
afterEach(async () => {
  await Promise.all(providers.map((provider) => provider.close()));
  await aws.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Deploys a program of the page; answers the calls that changed something. */
async function up(program: string, config: Record<string, string> = {}): Promise<string[]> {
  const block = blocks.find(({ name }) => name === program);
  if (!block) throw new Error(`the page has no program ${program}`);
  const { code } = transformSync(block.text, {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  writeFileSync(join(stack.workspace.workDir, "index.js"), code);
  for (const key of Object.keys(await stack.getAllConfig())) await stack.removeConfig(key);
  await stack.setAllConfig(Object.fromEntries(Object.entries(config).map(([name, value]) => [name, { value }])));
  const before = changes(aws.emulator).length;
  await stack.up();
  return changes(aws.emulator)
    .slice(before)
    .map((call) => call.split(" ")[0] as string);
}

/** The one refresh in the state. */
async function recorded(): Promise<{ id: string; type: string; outputs: { status: string } }> {
  const { resources } = (await stack.exportStack()).deployment as {
    resources: { id: string; type: string; outputs: { status: string } }[];
  };
  const [found, ...others] = resources.filter(({ type }) => /InstanceRefresh$/i.test(type));
  if (!found || others.length > 0) throw new Error(`${others.length + (found ? 1 : 0)} refreshes in the state`);
  return found;
}
const machines = (group: string) => [
  ...(aws.emulator.world(aws.emulator.region).groups.get(group)?.instances.keys() ?? []),
];
const refreshes = (group: string) => aws.emulator.world(aws.emulator.region).groups.get(group)?.refreshes ?? [];
async function ended(group: string): Promise<void> {
  while (refreshes(group)[0]?.endTime === undefined) await new Promise((wake) => setTimeout(wake, 20));
}

test("From alicloud.ess.InstanceRefresh: an import is changed, and no refresh is started", async () => {
  expect(await up("bridged-before")).toEqual(["StartInstanceRefresh"]);
  await ended("ess/asg-web");
  const before = await recorded();
  expect(before).toMatchObject({ type: "alicloud:ess/instanceRefresh:InstanceRefresh" });

  expect(await up("bridged-after")).toEqual([]);
  const { id, type } = await recorded();
  expect({ id, type }).toEqual({ id: before.id, type: "pulumi-nodejs:dynamic/ess:InstanceRefresh" });
  expect(await up("bridged-after")).toEqual([]);
});

test("From the instanceRefresh block: no machine is replaced, and the next image is rolled out", async () => {
  expect(await up("block-before", { imageId: "ami-1" })).toEqual(["CreateLaunchTemplate", "CreateAutoScalingGroup"]);
  expect(await up("block-before", { imageId: "ami-2" })).toEqual([
    "CreateLaunchTemplateVersion",
    "UpdateAutoScalingGroup",
    "StartInstanceRefresh",
  ]);
  const group = "autoscaling/web-a1b2c3d";
  await ended(group);
  const before = machines(group);

  expect(await up("block-after", { imageId: "ami-2" })).toEqual(["StartInstanceRefresh"]);
  expect(machines(group)).toEqual(before);
  expect(await up("block-after", { imageId: "ami-3" })).toEqual([
    "CreateLaunchTemplateVersion",
    "StartInstanceRefresh",
  ]);
  expect(machines(group).filter((id) => before.includes(id))).toEqual([]);
  expect((await aws.group("web-a1b2c3d")).LaunchTemplate?.Version).toBe("3");
});

test("From CloudFormation: the first deployment replaces no machine, and the version that the stack has saved is rolled out", async () => {
  const { LaunchTemplate } = await aws.group("web");
  const config = { group: "web", template: LaunchTemplate?.LaunchTemplateId ?? "", version: "1" };
  const before = machines("autoscaling/web");
  expect(await up("cloudformation-after", config)).toEqual(["StartInstanceRefresh"]);
  expect(machines("autoscaling/web")).toEqual(before);
  // What CloudFormation does to a group without an update policy.
  const saved = { LaunchTemplateId: config.template, Version: "2" };
  await aws.client.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: "web", LaunchTemplate: saved }));
  expect(machines("autoscaling/web")).toEqual(before);
  expect(await up("cloudformation-after", { ...config, version: "2" })).toEqual(["StartInstanceRefresh"]);
  expect(machines("autoscaling/web").filter((id) => before.includes(id))).toEqual([]);
});

test("From a shell loop: the refresh that it has started is taken over, and followed", async () => {
  const id = await aws.start("web", { ...version("web", "2"), Preferences: { SkipMatching: true } });
  expect(await up("shell-after", { version: "2", takeOver: `web/${id}` })).toEqual([]);
  expect(await recorded()).toMatchObject({ id: `web/${id}`, outputs: { status: "Successful" } });
  expect(await up("shell-after", { version: "2" })).toEqual([]);
  expect(await up("shell-after", { version: "3" })).toEqual(["StartInstanceRefresh"]);
});

test("From a shell loop that has ended: the first deployment replaces no machine", async () => {
  const before = machines("autoscaling/web");
  await up("shell-after", { version: "1" });
  expect(await recorded()).toMatchObject({ outputs: { status: "Successful" } });
  expect(machines("autoscaling/web")).toEqual(before);
});

test("From Terraform: its id is taken as it is, and the next image is rolled out", async () => {
  const terraform = essClient(aws.emulator, { version: "2014-08-28" });
  const { InstanceRefreshTaskId } = await terraform("StartInstanceRefresh", {
    ScalingGroupId: "asg-web",
    DesiredConfiguration: { ImageId: "m-2" },
    SkipMatching: false,
  });
  const id = `asg-web:${InstanceRefreshTaskId}`;
  expect(await up("terraform-after", { imageId: "m-2", takeOver: id })).toEqual([]);
  expect(await recorded()).toMatchObject({ id, outputs: { status: "Successful" } });
  expect(await up("terraform-after", { imageId: "m-2" })).toEqual([]);
  expect(await up("terraform-after", { imageId: "m-3" })).toEqual(["StartInstanceRefresh"]);
  expect(refreshes("ess/asg-web")).toHaveLength(2);
});
