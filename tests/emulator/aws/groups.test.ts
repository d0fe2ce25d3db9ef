import {
  CreateAutoScalingGroupCommand,
  type CreateAutoScalingGroupCommandInput,
  CreateOrUpdateTagsCommand,
  DeleteAutoScalingGroupCommand,
  DeleteTagsCommand,
  DescribeAutoScalingGroupsCommand,
  type DescribeAutoScalingGroupsCommandInput,
  DescribeInstanceRefreshesCommand,
  DescribeTagsCommand,
  PutScalingPolicyCommand,
  SetDesiredCapacityCommand,
  UpdateAutoScalingGroupCommand,
  type UpdateAutoScalingGroupCommandInput,
} from "@aws-sdk/client-auto-scaling";
import { type AwsEmulator, region, startAwsEmulator } from "./awsEmulator";

let aws: AwsEmulator;
const LaunchTemplate = { LaunchTemplateName: "web", Version: "1" };
beforeAll(async () => {
  aws = await startAwsEmulator();
  await aws.createTemplate("web", "ami-one", "ami-two");
});
afterAll(() => aws.close());

const create = (name: string, settings: Partial<CreateAutoScalingGroupCommandInput> = {}) =>
  aws.createGroup(name, { LaunchTemplate, ...settings });
const update = (name: string, change: Partial<UpdateAutoScalingGroupCommandInput>) =>
  aws.client.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: name, ...change }));
const list = (request: DescribeAutoScalingGroupsCommandInput) =>
  aws.client.send(new DescribeAutoScalingGroupsCommand(request));
const names = async (request: DescribeAutoScalingGroupsCommandInput) =>
  (await list(request)).AutoScalingGroups?.map(({ AutoScalingGroupName: name }) => name);

test("a group is made with a name of slashes and spaces, and described as it was asked for", async () => {
  const name = "web tier/blue & <green>";
  await create(name, {
    DesiredCapacity: 2,
    AvailabilityZones: undefined,
    VPCZoneIdentifier: "subnet-1,subnet-2",
    HealthCheckGracePeriod: 90,
    DefaultInstanceWarmup: 30,
    InstanceMaintenancePolicy: { MinHealthyPercentage: 90, MaxHealthyPercentage: 120 },
    TargetGroupARNs: ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1"],
    Tags: [{ Key: "Name", Value: "web", PropagateAtLaunch: true }],
  });
  expect(await aws.group(name)).toMatchObject({
    AutoScalingGroupName: name,
    AutoScalingGroupARN: expect.stringMatching(/^arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:/),
    MinSize: 0,
    MaxSize: 10,
    DesiredCapacity: 2,
    DefaultCooldown: 300,
    AvailabilityZones: [`${region}a`, `${region}b`],
    VPCZoneIdentifier: "subnet-1,subnet-2",
    HealthCheckType: "EC2",
    HealthCheckGracePeriod: 90,
    DefaultInstanceWarmup: 30,
    InstanceMaintenancePolicy: { MinHealthyPercentage: 90, MaxHealthyPercentage: 120 },
    TargetGroupARNs: ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1"],
    TerminationPolicies: ["Default"],
    Tags: [
      { ResourceId: name, ResourceType: "auto-scaling-group", Key: "Name", Value: "web", PropagateAtLaunch: true },
    ],
    CreatedTime: expect.any(Date),
  });
  await aws.start(name);
  expect((await aws.refresh(name)).Preferences?.MinHealthyPercentage).toBe(90);
});

test("a new group launches its instances, and says so while it does", async () => {
  const request = { AutoScalingGroupName: "slow", MinSize: 1, MaxSize: 3, LaunchTemplate };
  await aws.client.send(new CreateAutoScalingGroupCommand({ ...request, AvailabilityZones: [`${region}a`] }));
  expect((await aws.group("slow")).Instances).toMatchObject([{ LifecycleState: "Pending" }]);
  aws.advance(61);
  expect((await aws.group("slow")).Instances).toMatchObject([{ LifecycleState: "InService", HealthStatus: "Healthy" }]);
});

const refused: [what: string, settings: Partial<CreateAutoScalingGroupCommandInput>, message: string][] = [
  [
    "a maximum below the minimum",
    { MinSize: 3, MaxSize: 2 },
    "Max bound, 2, must be greater than or equal to min bound, 3",
  ],
  ["a desired capacity beyond the maximum", { DesiredCapacity: 11 }, "Desired capacity:11 must be between"],
  ["more instances than the emulator holds", { MaxSize: 100_001 }, "less than or equal to 100000"],
  ["a negative size", { MinSize: -1 }, "'minSize' failed to satisfy constraint"],
  ["no zone and no subnet", { AvailabilityZones: [] }, "At least one Availability Zone or VPC Subnet is required."],
  ["nothing to launch from", { LaunchTemplate: undefined }, "Valid requests must contain either LaunchTemplate"],
  [
    "two things to launch from",
    { LaunchTemplate, LaunchConfigurationName: "old" },
    "Valid requests must contain either LaunchTemplate",
  ],
  [
    "a launch configuration that is not there",
    { LaunchTemplate: undefined, LaunchConfigurationName: "old" },
    "Launch configuration name not found",
  ],
  [
    "half a maintenance policy",
    { InstanceMaintenancePolicy: { MinHealthyPercentage: 90 } },
    "Both MinHealthyPercentage and MaxHealthyPercentage",
  ],
  [
    "a maintenance policy below 100",
    { InstanceMaintenancePolicy: { MinHealthyPercentage: 50, MaxHealthyPercentage: 90 } },
    "100-200",
  ],
  [
    "a maintenance policy that is too wide",
    { InstanceMaintenancePolicy: { MinHealthyPercentage: 50, MaxHealthyPercentage: 151 } },
    "cannot be greater than 100",
  ],
  ["a negative grace period", { HealthCheckGracePeriod: -1 }, "HealthCheckGracePeriod"],
  ["a negative cooldown", { DefaultCooldown: -1 }, "DefaultCooldown"],
  [
    "a control character in the name",
    { AutoScalingGroupName: "a\u0001" },
    "'autoScalingGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [",
  ],
  ["a colon in the name", { AutoScalingGroupName: "a:b" }, "colon"],
  [
    "a name of 256 characters",
    { AutoScalingGroupName: "a".repeat(256) },
    "Member must have length less than or equal to 255",
  ],
];
test.each(refused)("a group is refused with %s", async (_, settings, message) => {
  const request = {
    AutoScalingGroupName: "refused",
    MinSize: 0,
    MaxSize: 10,
    LaunchTemplate,
    AvailabilityZones: [`${region}a`],
    ...settings,
  };
  await expect(aws.client.send(new CreateAutoScalingGroupCommand(request))).rejects.toMatchObject({
    name: "ValidationError",
    message: expect.stringContaining(message),
  });
  expect(await names({ AutoScalingGroupNames: ["refused"] })).toEqual([]);
});

test("a name is taken only once", async () => {
  await create("twice");
  await expect(create("twice")).rejects.toMatchObject({ name: "AlreadyExistsFault" });
});

test("an update changes what it names, and moves a capacity that new bounds exclude", async () => {
  await create("updated", { DefaultInstanceWarmup: 60, HealthCheckGracePeriod: 10 });
  await update("updated", { MaxSize: 2 });
  expect(await aws.group("updated")).toMatchObject({
    MinSize: 0,
    MaxSize: 2,
    DesiredCapacity: 2,
    HealthCheckGracePeriod: 10,
  });
  aws.advance(3600);
  expect((await aws.group("updated")).Instances).toHaveLength(2);
  await update("updated", { MinSize: 3, MaxSize: 5 });
  expect(await aws.group("updated")).toMatchObject({ DesiredCapacity: 3, LaunchTemplate: { Version: "1" } });
  await update("updated", { DesiredCapacity: 4, LaunchTemplate: { LaunchTemplateName: "web", Version: "2" } });
  aws.advance(3600);
  const images = (await aws.group("updated")).Instances?.map(({ ImageId }) => ImageId);
  expect(images?.filter((image) => image === "ami-two")).toHaveLength(1);
  await expect(update("updated", { DesiredCapacity: 6 })).rejects.toThrow("Desired capacity:6 must be between");
  await expect(update("nobody", {})).rejects.toThrow("not found");
});

test("-1 takes a warm-up and a maintenance policy away", async () => {
  const policy = { MinHealthyPercentage: 80, MaxHealthyPercentage: 120 };
  await create("cleared", { DefaultInstanceWarmup: 60, InstanceMaintenancePolicy: policy });
  await update("cleared", {
    DefaultInstanceWarmup: -1,
    InstanceMaintenancePolicy: { MinHealthyPercentage: -1, MaxHealthyPercentage: -1 },
  });
  const group = await aws.group("cleared");
  expect(group.DefaultInstanceWarmup).toBeUndefined();
  expect(group.InstanceMaintenancePolicy).toBeUndefined();
});

test("the desired capacity is set within the bounds of the group", async () => {
  await create("sized", { MinSize: 1 });
  const set = (name: string, DesiredCapacity: number) =>
    aws.client.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: name, DesiredCapacity }));
  await set("sized", 6);
  aws.advance(3600);
  expect((await aws.group("sized")).Instances).toHaveLength(6);
  await set("sized", 1);
  aws.advance(3600);
  expect((await aws.group("sized")).Instances).toHaveLength(1);
  await expect(set("sized", 0)).rejects.toThrow("is below min value 1");
  await expect(set("sized", 11)).rejects.toThrow("is above max value 10");
  await expect(set("nobody", 1)).rejects.toMatchObject({ name: "ValidationError" });
});

test("a group with instances is deleted by force only, its instances end first, and it is gone with its refreshes", async () => {
  await create("short");
  await aws.start("short");
  const remove = (ForceDelete?: boolean) =>
    aws.client.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: "short", ForceDelete }));
  await expect(remove()).rejects.toMatchObject({ name: "ResourceInUseFault" });
  await remove(true);
  const ending = await aws.group("short");
  expect(ending.Status).toBe("Delete in progress");
  expect(new Set(ending.Instances?.map(({ LifecycleState }) => LifecycleState))).toEqual(new Set(["Terminating"]));
  aws.advance(60);
  expect(await names({ AutoScalingGroupNames: ["short"] })).toEqual([]);
  const refreshes = new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: "short" });
  await expect(aws.client.send(refreshes)).rejects.toThrow("not found");
  await expect(remove(true)).rejects.toThrow("not found");
  await create("short", { DesiredCapacity: 0 });
  await remove();
});

test("groups are found by name and by tag, with and without instances, and page by page", async () => {
  for (const [index, team] of ["red", "red", "blue"].entries())
    await create(`tagged/${index}`, { DesiredCapacity: 1, Tags: [{ Key: "team", Value: team }] });
  const tagged = [{ Name: "tag:team", Values: ["red"] }];
  expect(await names({ Filters: tagged })).toEqual(["tagged/0", "tagged/1"]);
  expect(await names({ Filters: [{ Name: "tag-value", Values: ["blue"] }] })).toEqual(["tagged/2"]);
  expect(await names({ Filters: [{ Name: "tag-key", Values: ["team"] }, ...tagged] })).toHaveLength(2);
  await expect(names({ Filters: [{ Name: "colour", Values: [] }] })).rejects.toThrow("Filter type colour");
  expect(await names({ AutoScalingGroupNames: ["tagged/2", "nobody"] })).toEqual(["tagged/2"]);
  const bare = await list({ AutoScalingGroupNames: ["tagged/0"], IncludeInstances: false });
  expect(bare.AutoScalingGroups?.[0]?.Instances).toEqual([]);

  const first = await list({ Filters: [{ Name: "tag-key", Values: ["team"] }], MaxRecords: 2 });
  const rest = { Filters: [{ Name: "tag-key", Values: ["team"] }], MaxRecords: 2, NextToken: first.NextToken };
  expect(await names(rest)).toEqual(["tagged/2"]);
  await expect(names({ NextToken: "x" })).rejects.toMatchObject({ name: "InvalidNextToken" });
  await expect(names({ MaxRecords: 101 })).rejects.toThrow("less than or equal to 100");
  await expect(names({ MaxRecords: 0 })).rejects.toThrow("greater than or equal to 1");
  const many = Array.from({ length: 51 }, (_, index) => `tagged/${index}`);
  expect(await names({ AutoScalingGroupNames: many.slice(0, 50) })).toHaveLength(3);
  expect(await names({ AutoScalingGroupNames: many, MaxRecords: 51 })).toHaveLength(3);
  await expect(names({ AutoScalingGroupNames: many })).rejects.toMatchObject({ name: "ValidationError" });
});

test("tags are added, changed, listed and removed", async () => {
  await create("labels", { Tags: [{ Key: "a", Value: "1" }] });
  const tag = (Key: string, Value?: string) => ({
    ResourceId: "labels",
    ResourceType: "auto-scaling-group",
    Key,
    Value,
    PropagateAtLaunch: false,
  });
  await aws.client.send(new CreateOrUpdateTagsCommand({ Tags: [tag("a", "2"), tag("b c", "é")] }));
  const listed = new DescribeTagsCommand({ Filters: [{ Name: "auto-scaling-group", Values: ["labels"] }] });
  expect((await aws.client.send(listed)).Tags).toEqual([tag("a", "2"), tag("b c", "é")]);
  await aws.client.send(new DeleteTagsCommand({ Tags: [tag("a")] }));
  expect((await aws.group("labels")).Tags).toEqual([tag("b c", "é")]);
  const wrong = new DescribeTagsCommand({ Filters: [{ Name: "colour", Values: [] }] });
  await expect(aws.client.send(wrong)).rejects.toThrow("Filter type colour");
  const nobody = new CreateOrUpdateTagsCommand({ Tags: [{ Key: "a" }] });
  await expect(aws.client.send(nobody)).rejects.toThrow("A tag needs a ResourceId");
});

test("an operation that is not there says so", async () => {
  const put = new PutScalingPolicyCommand({ AutoScalingGroupName: "web", PolicyName: "p" });
  await expect(aws.client.send(put)).rejects.toMatchObject({
    name: "InvalidAction",
    message: expect.stringContaining("PutScalingPolicy"),
  });
});
