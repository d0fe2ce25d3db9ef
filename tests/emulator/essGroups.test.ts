import { createEmulator, type Emulator } from "../../src/emulator";
import { type Answer, codeOf, essClient } from "./essClient";
import { EssGroup, essGroup, hour, minute } from "./essGroup";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await createEmulator({ speed: 0, startTime: Date.UTC(2026, 0, 1) });
});
afterEach(() => emulator.close());

test("a group launches its capacity when it is enabled, and not before", async () => {
  const call = essClient(emulator);
  const { ScalingGroupId } = await call("CreateScalingGroup", {
    ScalingGroupName: "web",
    MinSize: 1,
    MaxSize: 9,
    DesiredCapacity: 3,
  });
  const group = new EssGroup(emulator, call, ScalingGroupId as string, "");
  emulator.clock.advance(minute);
  expect(await group.describe()).toMatchObject({ LifecycleState: "Inactive", TotalCapacity: 0, DesiredCapacity: 3 });
  await call("EnableScalingGroup", { ScalingGroupId, LaunchTemplateId: "lt-1", LaunchTemplateVersion: "2" });
  expect(await group.describe()).toMatchObject({ LifecycleState: "Active", PendingCapacity: 3, ActiveCapacity: 0 });
  emulator.clock.advance(minute);
  expect(await group.describe()).toMatchObject({
    ScalingGroupName: "web",
    MinSize: 1,
    MaxSize: 9,
    ActiveCapacity: 3,
    LaunchTemplateId: "lt-1",
  });
  expect(await group.instances()).toHaveLength(3);
  expect((await group.instances())[0]).toMatchObject({
    LifecycleState: "InService",
    HealthStatus: "Healthy",
    LaunchTemplateId: "lt-1",
    LaunchTemplateVersion: "2",
  });
  expect(await codeOf(call("EnableScalingGroup", { ScalingGroupId }))).toBe("IncorrectScalingGroupStatus");
});

test("groups are described by twenty ids at most, and the others are left out", async () => {
  const call = essClient(emulator);
  const ids: unknown[] = [];
  for (let count = 0; count < 12; count++)
    ids.push((await call("CreateScalingGroup", { MinSize: 0, MaxSize: 1 })).ScalingGroupId);
  const twenty = [...ids, ...Array.from({ length: 8 }, (_, index) => `asg-missing-${index}`)];
  const described = async (request: Answer) => (await call("DescribeScalingGroups", request)).ScalingGroups;
  expect(await described({ ScalingGroupIds: twenty })).toHaveLength(10);
  expect(await described({ ScalingGroupIds: twenty, PageSize: 50 })).toHaveLength(12);
  expect(await codeOf(call("DescribeScalingGroups", { PageSize: 51 }))).toBe("InvalidParameter");
  const more = [...twenty, "asg-one-more"];
  expect(await codeOf(call("DescribeScalingGroups", { ScalingGroupIds: more }))).toBe("InvalidParameter");
});

test("configurations of many groups are described by ten ids at most", async () => {
  const call = essClient(emulator);
  const ids: unknown[] = [];
  for (let count = 0; count < 11; count++) {
    const { ScalingGroupId } = await call("CreateScalingGroup", { MinSize: 0, MaxSize: 1 });
    const request = { ScalingGroupId, ImageId: "m-1", InstanceType: "ecs.g7.large" };
    ids.push((await call("CreateScalingConfiguration", request)).ScalingConfigurationId);
  }
  const described = (request: Answer) => call("DescribeScalingConfigurations", request);
  expect(await described({ ScalingConfigurationIds: ids.slice(1) })).toMatchObject({ TotalCount: 10 });
  expect(await codeOf(described({ ScalingConfigurationIds: ids }))).toBe("InvalidParameter");
});

test("a group without a desired capacity keeps its minimum", async () => {
  const group = await essGroup(emulator, essClient(emulator), { MinSize: 2, DesiredCapacity: undefined });
  expect(await group.describe()).toMatchObject({ ActiveCapacity: 2, EnableDesiredCapacity: false });
  await group.call("ModifyScalingGroup", { ScalingGroupId: group.id, MinSize: 4 });
  emulator.clock.advance(minute);
  expect(await group.describe()).toMatchObject({ ActiveCapacity: 4 });
});

test("a modified group scales, is renamed, and launches from its new configuration", async () => {
  const group = await essGroup(emulator);
  await group.call("ModifyScalingGroup", {
    ScalingGroupId: group.id,
    DesiredCapacity: 12,
    ScalingGroupName: "renamed",
    LaunchTemplateId: "lt-2",
    LaunchTemplateVersion: "1",
  });
  emulator.clock.advance(minute);
  expect(await group.describe()).toMatchObject({
    ActiveCapacity: 12,
    DesiredCapacity: 12,
    ScalingGroupName: "renamed",
  });
  const templates = (await group.instances()).map(({ LaunchTemplateId }) => LaunchTemplateId);
  expect(templates.filter((id) => id === "lt-2")).toHaveLength(2);
  await group.call("ModifyScalingGroup", { ScalingGroupId: group.id, DesiredCapacity: 1 });
  emulator.clock.advance(minute);
  expect(await group.describe()).toMatchObject({ TotalCapacity: 1 });
});

test.each<[string, Answer, string]>([
  ["without a size", { MinSize: undefined }, "MissingParameter"],
  ["whose minimum exceeds its maximum", { MinSize: 5, MaxSize: 4 }, "InvalidParameter"],
  ["whose desired capacity is outside of them", { DesiredCapacity: 21 }, "InvalidParameter"],
  ["larger than the service allows", { MaxSize: 2001 }, "InvalidParameter"],
  ["of an unknown type", { GroupType: "VM" }, "InvalidParameter"],
  ["with a name of one letter", { ScalingGroupName: "w" }, "InvalidParameter"],
  ["whose name is taken", { ScalingGroupName: "taken" }, "InvalidScalingGroupName.Duplicate"],
])("a group %s is refused", async (_what, changes, code) => {
  const call = essClient(emulator);
  await call("CreateScalingGroup", { MinSize: 0, MaxSize: 1, ScalingGroupName: "taken" });
  expect(await codeOf(call("CreateScalingGroup", { MinSize: 0, MaxSize: 20, ...changes }))).toBe(code);
});

test("a group is deleted when it is empty, or by force, with its configurations and tasks", async () => {
  const group = await essGroup(emulator);
  await group.start();
  expect(await codeOf(group.call("DeleteScalingGroup", { ScalingGroupId: group.id }))).toBe(
    "IncorrectScalingGroupStatus",
  );
  await group.call("DeleteScalingGroup", { ScalingGroupId: group.id, ForceDelete: true });
  expect(await group.describe()).toEqual({});
  expect(await group.tasks()).toEqual([]);
  expect(await group.call("DescribeScalingConfigurations")).toMatchObject({ TotalCount: 0 });
  expect(await codeOf(group.call("DeleteScalingGroup", { ScalingGroupId: group.id }))).toBe(
    "InvalidScalingGroupId.NotFound",
  );
});

test("configurations are made without a region, listed by group, id and name, and the active one is marked", async () => {
  const group = await essGroup(emulator);
  const call = essClient(emulator, { region: "cn-beijing" });
  await call("CreateScalingConfiguration", {
    RegionId: undefined,
    ScalingGroupId: group.id,
    ImageId: "m-9",
    "InstanceTypes.1": "a",
    "InstanceTypes.2": "b",
    ScalingConfigurationName: "nine",
  });
  const { ScalingConfigurations } = await group.call("DescribeScalingConfigurations", { ScalingGroupId: group.id });
  expect(ScalingConfigurations).toMatchObject([
    { ScalingConfigurationId: group.configurationId, LifecycleState: "Active" },
    { ScalingConfigurationName: "nine", LifecycleState: "Inactive", ImageId: "m-9", InstanceTypes: ["a", "b"] },
  ]);
  expect(await group.call("DescribeScalingConfigurations", { ScalingConfigurationNames: ["nine"] })).toMatchObject({
    TotalCount: 1,
  });
  const again = { ScalingGroupId: group.id, ImageId: "m-9", InstanceType: "a", ScalingConfigurationName: "nine" };
  expect(await codeOf(group.call("CreateScalingConfiguration", again))).toBe(
    "InvalidScalingConfigurationName.Duplicate",
  );
  expect(await codeOf(group.call("CreateScalingConfiguration", { ScalingGroupId: group.id, InstanceType: "a" }))).toBe(
    "MissingParameter",
  );
  expect(await codeOf(group.call("CreateEciScalingConfiguration", { ScalingGroupId: group.id }))).toBe(
    "InvalidParameter",
  );
});

test("protected and standby instances are counted apart, and a refresh leaves them alone", async () => {
  const group = await essGroup(emulator);
  const [one, two] = (await group.instances()).map(({ InstanceId }) => InstanceId as string);
  await group.call("SetInstancesProtection", {
    ScalingGroupId: group.id,
    InstanceIds: [one],
    ProtectedFromScaleIn: true,
  });
  await group.call("EnterStandby", { ScalingGroupId: group.id, InstanceIds: [two] });
  expect(await group.describe()).toMatchObject({
    TotalCapacity: 10,
    DesiredCapacity: 10,
    ActiveCapacity: 8,
    ProtectedCapacity: 1,
    StandbyCapacity: 1,
  });
  expect(await group.instances({ LifecycleStates: ["Protected", "Standby"] })).toHaveLength(2);
  await group.start();
  emulator.clock.advance(hour);
  expect(await group.task()).toMatchObject({ Status: "Successful", TotalNeedUpdateCapacity: 8 });
  expect((await group.instances()).map(({ InstanceId }) => InstanceId)).toEqual(expect.arrayContaining([one, two]));
  await group.call("ExitStandby", { ScalingGroupId: group.id, InstanceIds: [two] });
  expect(await group.describe()).toMatchObject({ ActiveCapacity: 9, StandbyCapacity: 0, DesiredCapacity: 10 });
  expect(await codeOf(group.call("ExitStandby", { ScalingGroupId: group.id, InstanceIds: [two] }))).toBe(
    "IncorrectInstanceStatus",
  );
  expect(await codeOf(group.call("EnterStandby", { ScalingGroupId: group.id, InstanceIds: ["i-1"] }))).toBe(
    "InvalidInstanceId.NotFound",
  );
  expect(await codeOf(group.call("EnterStandby", { ScalingGroupId: group.id }))).toBe("MissingParameter");
});

test("instances that were attached by hand are described so, and are not refreshed", async () => {
  const call = essClient(emulator);
  const { ScalingGroupId } = await call("CreateScalingGroup", { MinSize: 0, MaxSize: 4, LaunchTemplateId: "lt-1" });
  await call("EnableScalingGroup", { ScalingGroupId, InstanceIds: ["i-attached"] });
  const group = new EssGroup(emulator, call, ScalingGroupId as string, "");
  expect(await group.instances()).toMatchObject([{ InstanceId: "i-attached", CreationType: "Attached" }]);
  expect(await codeOf(group.start({ DesiredConfiguration: { LaunchTemplateId: "lt-2" } }))).toBe(
    "InvalidInstance.NoInstanceNeedBeRefreshed",
  );
});

test("activities tell what a task launched and terminated, newest first", async () => {
  const group = await essGroup(emulator);
  const id = await group.start();
  emulator.clock.advance(hour);
  const describe = (request: Answer) =>
    group.call("DescribeScalingActivities", { ScalingGroupId: group.id, PageSize: 50, ...request });
  const { TotalCount, ScalingActivities } = await describe({});
  expect(TotalCount).toBe(30);
  expect((ScalingActivities as Answer[])[0]).toMatchObject({ StatusCode: "Successful", ScalingGroupId: group.id });
  expect(await describe({ InstanceRefreshTaskId: id })).toMatchObject({ TotalCount: 20 });
  expect(await describe({ StatusCode: "InProgress" })).toMatchObject({ TotalCount: 0 });
  const [{ ScalingActivityId }] = ScalingActivities as [Answer];
  expect(await describe({ ScalingActivityIds: [ScalingActivityId] })).toMatchObject({ TotalCount: 1 });
  expect(await codeOf(group.call("DescribeScalingActivities"))).toBe("MissingParameter");
});

test("a launch takes as long as its image's name says", async () => {
  const group = await essGroup(emulator);
  await group.start({ DesiredConfiguration: { ImageId: "m-slow-600" }, MinHealthyPercentage: 0 });
  emulator.clock.advance(5 * minute);
  expect(await group.task()).toMatchObject({ Status: "InProgress", FinishedUpdateCapacity: 0 });
  emulator.clock.advance(6 * minute);
  expect(await group.task()).toMatchObject({ Status: "Successful" });
});

test("launches differ as much as their image's name says", async () => {
  const group = await essGroup(emulator);
  await group.start({ DesiredConfiguration: { ImageId: "m-slow-60to600" }, MinHealthyPercentage: 0 });
  emulator.clock.advance(minute);
  expect(await group.task()).toMatchObject({ FinishedUpdateCapacity: 0 });
  emulator.clock.advance(5 * minute);
  const { FinishedUpdateCapacity: half, TotalNeedUpdateCapacity: all } = await group.task();
  expect(half).toBeGreaterThan(0);
  expect(half).toBeLessThan(all as number);
  emulator.clock.advance(5 * minute);
  expect(await group.task()).toMatchObject({ Status: "Successful" });
});

test("capacity is counted in weights where instance types have them", async () => {
  const call = essClient(emulator);
  const { ScalingGroupId } = await call("CreateScalingGroup", { MinSize: 0, MaxSize: 20, DesiredCapacity: 10 });
  const { ScalingConfigurationId } = await call("CreateScalingConfiguration", {
    ScalingGroupId,
    ImageId: "m-1",
    InstanceTypeOverrides: [{ InstanceType: "ecs.g7.4xlarge", WeightedCapacity: 5 }],
  });
  await call("EnableScalingGroup", { ScalingGroupId, ActiveScalingConfigurationId: ScalingConfigurationId });
  emulator.clock.advance(minute);
  const group = new EssGroup(emulator, call, ScalingGroupId as string, "");
  expect(await group.describe()).toMatchObject({ TotalInstanceCount: 2, TotalCapacity: 10 });
  await group.start();
  expect(await group.task()).toMatchObject({ TotalNeedUpdateCapacity: 10 });
  emulator.clock.advance(hour);
  expect(await group.task()).toMatchObject({ Status: "Successful" });
});

test("a group answers the older version every list that Terraform reads unasked, and its tags", async () => {
  const call = essClient(emulator, { version: "2014-08-28" });
  const { ScalingGroupId } = await call("CreateScalingGroup", { MinSize: 0, MaxSize: 2, GroupType: "" });
  const named = { ResourceType: "scalinggroup", "ResourceId.1": ScalingGroupId };
  await call("TagResources", { ...named, "Tag.1.Key": "team", "Tag.1.Value": "web", "Tag.2.Key": "old" });
  await call("UntagResources", { ...named, "TagKey.1": "old" });
  const { ScalingGroups } = await call("DescribeScalingGroups", { "ScalingGroupId.1": ScalingGroupId });
  expect(ScalingGroups).toMatchObject({
    ScalingGroup: [
      {
        GroupType: "ECS",
        DBInstanceIds: { DBInstanceId: [] },
        LoadBalancerIds: { LoadBalancerId: [] },
        HealthCheckTypes: { HealthCheckType: ["ECS"] },
        SuspendedProcesses: { SuspendedProcess: [] },
        Tags: { Tag: [{ TagKey: "team", TagValue: "web" }] },
      },
    ],
  });
  expect(await call("ListTagResources", named)).toMatchObject({
    TagResources: { TagResource: [{ ResourceId: ScalingGroupId, TagKey: "team", TagValue: "web" }] },
  });
  await call("UntagResources", { ...named, All: true });
  expect(await call("ListTagResources", named)).toMatchObject({ TagResources: { TagResource: [] } });
  expect(await codeOf(call("ListTagResources", { ...named, ResourceType: "image" }))).toBe("InvalidParameter");
});

test("an ECI configuration that Terraform leaves unnamed is described in plain lists in the older version too", async () => {
  const call = essClient(emulator, { version: "2014-08-28" });
  const { ScalingGroupId } = await call("CreateScalingGroup", { MinSize: 0, MaxSize: 2, GroupType: "ECI" });
  const { ScalingConfigurationId } = await call("CreateEciScalingConfiguration", {
    ScalingGroupId,
    ScalingConfigurationName: "",
    "Container.1.Name": "web",
    "Container.1.Image": "nginx:1",
    "Container.1.Arg.1": "-g",
  });
  const { ScalingConfigurations } = await call("DescribeEciScalingConfigurations", { ScalingGroupId });
  expect(ScalingConfigurations).toMatchObject([
    { ScalingConfigurationName: ScalingConfigurationId, Containers: [{ Name: "web", Args: ["-g"] }] },
  ]);
});

test("a policy is described in small letters, however it was asked for", async () => {
  const group = await essGroup(emulator, undefined, { ScalingPolicy: "forceRecycle" });
  expect(await group.describe()).toMatchObject({ ScalingPolicy: "forcerecycle" });
});

test.each<[string, Answer, string]>([
  [
    "more than twenty tags",
    { Tags: Array.from({ length: 21 }, (_, index) => ({ Key: `k${index}` })) },
    "InvalidParameter",
  ],
  ["a type of health check that is none", { HealthCheckTypes: ["PULSE"] }, "InvalidParameter"],
])("a group with %s is refused", async (_what, request, code) => {
  const call = essClient(emulator);
  expect(await codeOf(call("CreateScalingGroup", { MinSize: 0, MaxSize: 1, ...request }))).toBe(code);
});

test.each<[string, Answer]>([
  ["more than twenty commands", { Commands: Array.from({ length: 21 }, () => "a") }],
  ["more than ten arguments", { Args: Array.from({ length: 11 }, () => "a") }],
  ["a command of more than 256 characters", { Commands: ["a".repeat(257)] }],
])("a container with %s is refused", async (_what, changes) => {
  const call = essClient(emulator);
  const { ScalingGroupId } = await call("CreateScalingGroup", { MinSize: 0, MaxSize: 1, GroupType: "ECI" });
  const Containers = [{ Name: "web", Image: "web:1", ...changes }];
  expect(await codeOf(call("CreateEciScalingConfiguration", { ScalingGroupId, Containers }))).toBe("InvalidParameter");
});
