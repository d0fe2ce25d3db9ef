import { createEmulator, type Emulator } from "../../src/emulator";
import { type Answer, codeOf, essClient } from "./essClient";
import { EssGroup, essGroup, hour, minute, second } from "./essGroup";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await createEmulator({ speed: 0, startTime: Date.UTC(2026, 0, 1) });
});
afterEach(() => emulator.close());

const nothing = "InvalidInstance.NoInstanceNeedBeRefreshed";

describe("a refresh finds nothing to do", () => {
  test("while no instance is in service yet, and starts once one is", async () => {
    const call = essClient(emulator);
    const { ScalingGroupId } = await call("CreateScalingGroup", { MinSize: 0, MaxSize: 20, DesiredCapacity: 3 });
    const configuration = { ScalingGroupId, ImageId: "m-slow-10to60", InstanceType: "ecs.g7.large" };
    const { ScalingConfigurationId } = await call("CreateScalingConfiguration", configuration);
    await call("EnableScalingGroup", { ScalingGroupId, ActiveScalingConfigurationId: ScalingConfigurationId });
    const group = new EssGroup(emulator, call, ScalingGroupId as string, ScalingConfigurationId as string);
    expect(await codeOf(group.start())).toBe(nothing);
    while ((await group.instances({ LifecycleState: "InService" })).length === 0) emulator.clock.advance(second);
    await group.start();
  });

  test("in an empty group, and where all instances are protected, in standby or attached", async () => {
    expect(await codeOf((await essGroup(emulator, undefined, { DesiredCapacity: 0 })).start())).toBe(nothing);
    const group = await essGroup(emulator, undefined, { DesiredCapacity: 2 });
    const [one, two] = (await group.instances()).map(({ InstanceId }) => InstanceId);
    const request = { ScalingGroupId: group.id };
    await group.call("SetInstancesProtection", { ...request, InstanceIds: [one], ProtectedFromScaleIn: true });
    await group.call("EnterStandby", { ...request, InstanceIds: [two] });
    await group.call("AttachInstances", { ...request, InstanceIds: ["i-attached"] });
    expect(await codeOf(group.start())).toBe(nothing);
  });

  test("in an active configuration that was edited in place, unless matching is not skipped", async () => {
    const group = await essGroup(emulator);
    const request = { ScalingConfigurationId: group.configurationId };
    await group.call("ModifyScalingConfiguration", { ...request, ImageId: "m-2" });
    expect(await codeOf(group.start({}))).toBe(nothing);
    expect(await codeOf(group.start({ DesiredConfiguration: request }))).toBe(nothing);
    await group.start({ SkipMatching: false });
    emulator.clock.advance(hour);
    expect(await group.task()).toMatchObject({ Status: "Successful", FinishedUpdateCapacity: 10 });
    const { ScalingConfigurations } = await group.call("DescribeScalingConfigurations");
    expect(ScalingConfigurations).toMatchObject([{ ImageId: "m-2" }]);
  });
});

test("instances that are launching when a refresh starts are left alone", async () => {
  const group = await essGroup(emulator);
  await group.call("ModifyScalingGroup", { ScalingGroupId: group.id, DesiredCapacity: 12 });
  expect(await group.instances({ LifecycleState: "Pending" })).toHaveLength(2);
  const launching = (await group.instances({ LifecycleState: "Pending" })).map(({ InstanceId }) => InstanceId);
  await group.start();
  expect(await group.task()).toMatchObject({ TotalNeedUpdateCapacity: 10 });
  emulator.clock.advance(hour);
  expect(await group.task()).toMatchObject({ Status: "Successful", FinishedUpdateCapacity: 10 });
  const left = (await group.instances()).map(({ InstanceId }) => InstanceId);
  expect(left).toEqual(expect.arrayContaining(launching));
});

test("a rollback returns instances too that the refresh is launching", async () => {
  const group = await essGroup(emulator);
  const id = await group.start({ DesiredConfiguration: { ImageId: "m-slow-600" } });
  emulator.clock.advance(minute);
  expect(await group.instances({ LifecycleState: "Pending" })).not.toHaveLength(0);
  await group.on("Rollback", id);
  emulator.clock.advance(hour);
  expect(await group.task()).toMatchObject({ Status: "RollbackSuccessful" });
  expect(await group.describe()).toMatchObject({ ActiveCapacity: 10, PendingCapacity: 0 });
});

describe("by hand", () => {
  const activity = async (group: EssGroup, { ScalingActivityId }: Answer) => {
    const { ScalingActivities } = await group.call("DescribeScalingActivities", {
      ScalingActivityIds: [ScalingActivityId],
    });
    return (ScalingActivities as Answer[])[0];
  };

  test("instances are attached; the desired capacity grows by them, and a refresh leaves them alone", async () => {
    const group = await essGroup(emulator);
    const request = { ScalingGroupId: group.id, InstanceIds: ["i-1", "i-2"] };
    const answer = await group.call("AttachInstances", request);
    expect(await activity(group, answer)).toMatchObject({
      StatusCode: "Successful",
      Description: "Attach 2 instances",
    });
    expect(await group.describe()).toMatchObject({ DesiredCapacity: 12, ActiveCapacity: 12 });
    expect(await group.instances({ CreationType: "Attached" })).toHaveLength(2);
    await group.start();
    emulator.clock.advance(hour);
    expect(await group.task()).toMatchObject({ Status: "Successful", TotalNeedUpdateCapacity: 10 });
    expect(await group.instances({ CreationType: "Attached" })).toHaveLength(2);
    expect(await codeOf(group.call("AttachInstances", request))).toBe("InvalidInstanceId.InUse");
  });

  test("instances are detached and go on running, or removed and released", async () => {
    const group = await essGroup(emulator);
    await group.call("AttachInstances", { ScalingGroupId: group.id, InstanceIds: ["i-1", "i-2"] });
    const [own, other] = (await group.instances({ CreationType: "AutoCreated" })).map(({ InstanceId }) => InstanceId);
    await group.call("DetachInstances", { ScalingGroupId: group.id, InstanceIds: [own, "i-1"] });
    expect(await group.describe()).toMatchObject({ DesiredCapacity: 10, ActiveCapacity: 10, RemovingCapacity: 0 });
    await group.call("RemoveInstances", { ScalingGroupId: group.id, InstanceIds: [other, "i-2"] });
    expect(await group.describe()).toMatchObject({ DesiredCapacity: 8, ActiveCapacity: 8, RemovingCapacity: 1 });
  });

  test("what is removed without lowering the desired capacity is replaced", async () => {
    const group = await essGroup(emulator);
    const [{ InstanceId }] = (await group.instances()) as [Answer];
    const request = { ScalingGroupId: group.id, InstanceIds: [InstanceId], DecreaseDesiredCapacity: false };
    await group.call("RemoveInstances", request);
    emulator.clock.advance(minute);
    expect(await group.describe()).toMatchObject({ DesiredCapacity: 10, ActiveCapacity: 10 });
  });

  test("an instance that is removed while a refresh runs is not waited for", async () => {
    const group = await essGroup(emulator);
    await group.start();
    emulator.clock.advance(10 * second);
    const old = (await group.instances({ LifecycleState: "InService" })).at(-1);
    await group.call("RemoveInstances", { ScalingGroupId: group.id, InstanceIds: [old?.InstanceId] });
    emulator.clock.advance(hour);
    expect(await group.task()).toMatchObject({ Status: "Successful", TotalNeedUpdateCapacity: 9 });
    expect(await group.describe()).toMatchObject({ ActiveCapacity: 9 });
  });

  test("sizes are held, and instances must be there", async () => {
    const group = await essGroup(emulator, undefined, { MinSize: 10, MaxSize: 11 });
    const on = (operation: string, InstanceIds: unknown[]) =>
      codeOf(group.call(operation, { ScalingGroupId: group.id, InstanceIds }));
    const [{ InstanceId }] = (await group.instances()) as [Answer];
    expect(await on("AttachInstances", ["i-1", "i-2"])).toBe("IncorrectCapacity.MaxSize");
    expect(await on("RemoveInstances", [InstanceId])).toBe("IncorrectCapacity.MinSize");
    expect(await on("DetachInstances", [InstanceId])).toBe("IncorrectCapacity.MinSize");
    expect(await on("RemoveInstances", ["i-none"])).toBe("InvalidInstanceId.NotFound");
    expect(await on("AttachInstances", [])).toBe("MissingParameter");
    expect(
      await on(
        "AttachInstances",
        Array.from({ length: 21 }, (_, index) => `i-${index}`),
      ),
    ).toBe("InvalidParameter");
    expect(await on("AttachInstances", ["i-1", "i-1"])).toBe("InvalidParameter");
  });

  test("an instance is declared unhealthy, and replaced", async () => {
    const group = await essGroup(emulator);
    const [{ InstanceId }] = (await group.instances()) as [Answer];
    await group.call("SetInstanceHealth", { RegionId: undefined, InstanceId, HealthStatus: "Unhealthy" });
    expect(await group.instances({ HealthStatus: "Unhealthy" })).toMatchObject([{ InstanceId }]);
    emulator.clock.advance(5 * minute);
    expect(await group.instances({ InstanceIds: [InstanceId] })).toEqual([]);
    expect(await group.describe()).toMatchObject({ ActiveCapacity: 10 });
  });
});

test("a disabled group keeps its instances, launches none, and cannot be refreshed", async () => {
  const group = await essGroup(emulator);
  await group.call("DisableScalingGroup", { ScalingGroupId: group.id });
  const [{ InstanceId }] = (await group.instances()) as [Answer];
  await group.call("SetInstanceHealth", { InstanceId, HealthStatus: "Unhealthy" });
  emulator.clock.advance(hour);
  expect(await group.describe()).toMatchObject({ LifecycleState: "Inactive", ActiveCapacity: 9 });
  expect(await codeOf(group.start())).toBe("IncorrectScalingGroupStatus");
  expect(await codeOf(group.call("DisableScalingGroup", { ScalingGroupId: group.id }))).toBe(
    "IncorrectScalingGroupStatus",
  );
  await group.call("EnableScalingGroup", { ScalingGroupId: group.id });
  emulator.clock.advance(minute);
  expect(await group.describe()).toMatchObject({ LifecycleState: "Active", ActiveCapacity: 10 });
});

test("a group is not disabled while a refresh runs", async () => {
  const group = await essGroup(emulator);
  await group.start();
  expect(await codeOf(group.call("DisableScalingGroup", { ScalingGroupId: group.id }))).toBe(
    "IncorrectScalingGroupStatus",
  );
});

describe("a scaling configuration", () => {
  test("that is changed in place is what the group launches from next", async () => {
    const group = await essGroup(emulator);
    await group.call("ModifyScalingConfiguration", {
      RegionId: undefined,
      ScalingConfigurationId: group.configurationId,
      ImageId: "m-slow-600",
    });
    await group.call("ModifyScalingGroup", { ScalingGroupId: group.id, DesiredCapacity: 11 });
    emulator.clock.advance(5 * minute);
    expect(await group.describe()).toMatchObject({ PendingCapacity: 1 });
    emulator.clock.advance(10 * minute);
    expect(await group.describe()).toMatchObject({ ActiveCapacity: 11 });
  });

  test("is deleted when it is not the active one", async () => {
    const group = await essGroup(emulator);
    const other = { ScalingGroupId: group.id, ImageId: "m-2", InstanceType: "ecs.g7.large" };
    const { ScalingConfigurationId } = await group.call("CreateScalingConfiguration", other);
    const remove = (id: unknown) =>
      codeOf(group.call("DeleteScalingConfiguration", { RegionId: undefined, ScalingConfigurationId: id }));
    expect(await remove(group.configurationId)).toBe("IncorrectScalingConfigurationLifecycleState");
    expect(await remove(ScalingConfigurationId)).toBe("no error");
    expect(await remove(ScalingConfigurationId)).toBe("InvalidScalingConfigurationId.NotFound");
    expect(await group.call("DescribeScalingConfigurations")).toMatchObject({ TotalCount: 1 });
  });

  test("takes updated containers one by one, or all at once", async () => {
    const call = essClient(emulator);
    const { ScalingGroupId } = await call("CreateScalingGroup", { GroupType: "ECI", MinSize: 0, MaxSize: 4 });
    const container = (Name: string, Image: string) => ({ Name, Image });
    const { ScalingConfigurationId } = await call("CreateEciScalingConfiguration", {
      ScalingGroupId,
      Containers: [container("web", "web:1"), container("log", "log:1")],
    });
    const images = async () => {
      const { ScalingConfigurations } = await call("DescribeEciScalingConfigurations", { ScalingGroupId });
      const [{ Containers }] = ScalingConfigurations as [{ Containers: Answer[] }];
      return Containers.map(({ Image }) => Image).sort();
    };
    const modify = (request: Answer) => call("ModifyEciScalingConfiguration", { ScalingConfigurationId, ...request });
    await modify({ ContainersUpdateType: "IncrementalUpdate", Containers: [container("web", "web:2")] });
    expect(await images()).toEqual(["log:1", "web:2"]);
    await modify({ Containers: [container("web", "web:3")] });
    expect(await images()).toEqual(["web:3"]);
  });
});

test("a group that is protected from deletion is deleted after the protection is lifted", async () => {
  const group = await essGroup(emulator, undefined, { GroupDeletionProtection: true });
  const request = { ScalingGroupId: group.id, ForceDelete: true };
  expect(await codeOf(group.call("DeleteScalingGroup", request))).toBe("InvalidOperation.GroupDeletionProtection");
  await group.call("SetGroupDeletionProtection", { ScalingGroupId: group.id, GroupDeletionProtection: false });
  await group.call("DeleteScalingGroup", request);
});

test("tags are listed of every group, or by key and value", async () => {
  const one = await essGroup(emulator, undefined, { Tags: [{ Key: "team", Value: "web" }] });
  await essGroup(emulator, undefined, { Tags: [{ Key: "team", Value: "db" }] });
  const list = async (request: Answer) => {
    const { TagResources } = await one.call("ListTagResources", { ResourceType: "scalinggroup", ...request });
    return (TagResources as Answer[]).map(({ TagValue }) => TagValue);
  };
  expect(await list({})).toEqual(["web", "db"]);
  expect(await list({ Tags: [{ Key: "team", Value: "db" }] })).toEqual(["db"]);
  expect(await list({ ResourceIds: [one.id] })).toEqual(["web"]);
});

test("types of an override keep in a refresh the weights that they have in the group", async () => {
  const call = essClient(emulator);
  const template = { LaunchTemplateId: "lt-1", LaunchTemplateVersion: "1" };
  const { ScalingGroupId } = await call("CreateScalingGroup", {
    MinSize: 0,
    MaxSize: 20,
    DesiredCapacity: 8,
    ...template,
    LaunchTemplateOverrides: [{ InstanceType: "ecs.g7.4xlarge", WeightedCapacity: 4, SpotPriceLimit: 0.5 }],
  });
  await call("EnableScalingGroup", { ScalingGroupId });
  emulator.clock.advance(minute);
  const group = new EssGroup(emulator, call, ScalingGroupId as string, "");
  expect(await group.describe()).toMatchObject({
    TotalInstanceCount: 2,
    LaunchTemplateOverrides: [{ WeightedCapacity: 4, SpotPriceLimit: 0.5 }],
  });
  await group.start({
    DesiredConfiguration: {
      ...template,
      LaunchTemplateVersion: "2",
      LaunchTemplateOverrides: [{ InstanceType: "ecs.g7.4xlarge" }],
    },
    MinHealthyPercentage: 0,
  });
  emulator.clock.advance(hour);
  expect(await group.task()).toMatchObject({ Status: "Successful", TotalNeedUpdateCapacity: 8 });
  expect(await group.describe()).toMatchObject({ TotalInstanceCount: 2, TotalCapacity: 8 });
});

test("a task gives back the strategy that it was given", async () => {
  const group = await essGroup(emulator);
  await group.start({ Strategy: "Rolling", DesiredConfiguration: { ImageId: "m-2" } });
  expect(await group.task()).toMatchObject({ Strategy: "Rolling" });
});
