import { createEmulator, type Emulator } from "../../src/emulator";
import { type Answer, codeOf, essClient } from "./essClient";
import * as terraform from "./terraform";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await createEmulator({ speed: 0, startTime: Date.UTC(2026, 0, 1) });
});
afterEach(() => emulator.close());

const preferences = {
  MinHealthyPercentage: 90,
  MaxHealthyPercentage: 150,
  CheckpointPauseTime: 1,
  SkipMatching: false,
};

/** The lists that the older version names by their element. */
const olderNames: Readonly<Record<string, string>> = {
  Containers: "Container",
  InstanceIds: "InstanceId",
  InstanceRefreshTaskIds: "InstanceRefreshTaskId",
  InstanceTypeOverrides: "InstanceTypeOverride",
  Processes: "Process",
  ResourceIds: "ResourceId",
  ScalingActivityIds: "ScalingActivityId",
  ScalingConfigurationIds: "ScalingConfigurationId",
  ScalingGroupIds: "ScalingGroupId",
  SpotPriceLimits: "SpotPriceLimit",
};

function inOlderWords(request: Answer = {}): Answer {
  return Object.fromEntries(Object.entries(request).map(([name, value]) => [olderNames[name] ?? name, value]));
}

describe.each(["2014-08-28", "2022-02-22"])("Terraform, by version %s of the API,", (version) => {
  let provider: terraform.Terraform;
  beforeEach(() => {
    const call = essClient(emulator, { version });
    provider = {
      call: version === "2014-08-28" ? (operation, request) => call(operation, inOlderWords(request)) : call,
      pass: emulator.clock.advance,
    };
  });

  const checkpoints = (...percentages: number[]) => percentages.map((Percentage) => ({ Percentage }));
  const group = { MinSize: 0, MaxSize: 10, DesiredCapacity: 1, ScalingGroupName: "tf-test", VSwitchIds: ["vsw-1"] };
  const configuration = { ImageId: "m-1", InstanceTypes: ["ecs.g7.large"], SecurityGroupId: "sg-1" };

  test("refreshes to an image in the apply that makes the group, cancels it, imports it, and destroys everything", async () => {
    const groupId = await terraform.createGroup(provider, group);
    const configurationId = await terraform.createConfiguration(provider, groupId, configuration);
    const request = { ScalingGroupId: groupId, ...preferences, Checkpoints: checkpoints(50, 70, 100) };
    const id = await terraform.startRefresh(provider, { ...request, DesiredConfiguration: { ImageId: "m-2" } });
    expect(await terraform.readRefresh(provider, groupId, id)).toMatchObject({
      ...preferences,
      ScalingGroupId: groupId,
      DesiredConfiguration: { ImageId: "m-2" },
    });
    expect(await terraform.changeStatus(provider, groupId, id, "Cancelled")).toMatchObject({ Status: "Cancelled" });
    const imported = await terraform.readRefresh(provider, groupId, id);
    expect(terraform.elements(imported.Checkpoints)).toEqual(checkpoints(50, 70, 100));
    expect(await terraform.readConfiguration(provider, configurationId)).toMatchObject({ ImageId: "m-1" });
    await terraform.destroy(provider, groupId);
  });

  test("refreshes to a launch template with overrides", async () => {
    const groupId = await terraform.createGroup(provider, group);
    await terraform.createConfiguration(provider, groupId, configuration);
    const DesiredConfiguration = {
      LaunchTemplateId: "lt-1",
      LaunchTemplateVersion: "Default",
      LaunchTemplateOverrides: [{ InstanceType: "ecs.g7.large" }, { InstanceType: "ecs.g7.xlarge" }],
    };
    const request = { ScalingGroupId: groupId, ...preferences, Checkpoints: checkpoints(50, 60, 100) };
    const id = await terraform.startRefresh(provider, { ...request, DesiredConfiguration });
    const imported = await terraform.readRefresh(provider, groupId, id);
    const { LaunchTemplateOverrides: overrides, ...desired } = imported.DesiredConfiguration as Answer;
    expect(desired).toEqual({ LaunchTemplateId: "lt-1", LaunchTemplateVersion: "Default" });
    expect(terraform.elements(overrides)).toEqual(DesiredConfiguration.LaunchTemplateOverrides);
    await terraform.destroy(provider, groupId);
  });

  test("refreshes containers, with field paths, and rolls back", async () => {
    const groupId = await terraform.createGroup(provider, { ...group, GroupType: "ECI" });
    const container = { Name: "container-1", Image: "redis:5", Cpu: 2, Memory: 4 };
    await terraform.createEciConfiguration(provider, groupId, {
      SecurityGroupId: "sg-1",
      ContainerGroupName: "test",
      Cpu: 2,
      Memory: 4,
      Containers: [container],
    });
    const Containers = [
      {
        Name: "container-1",
        Image: "tomcat:8",
        Commands: ["sleep", "echo 1"],
        Args: ["999999", "8888"],
        EnvironmentVars: [
          { Key: "PATH", Value: "/usr/local/bin", FieldRefFieldPath: "fieldPath" },
          { Key: "PATH1", Value: "/usr/local/bin1", FieldRefFieldPath: "" },
        ],
      },
    ];
    const request = { ScalingGroupId: groupId, ...preferences, Checkpoints: checkpoints(50, 60, 100) };
    const id = await terraform.startRefresh(provider, { ...request, DesiredConfiguration: { Containers } });
    emulator.clock.advance(30_000);
    expect(await terraform.changeStatus(provider, groupId, id, "RollbackSuccessful")).toMatchObject({
      Status: "RollbackSuccessful",
    });
    const { DesiredConfiguration } = await terraform.readRefresh(provider, groupId, id);
    const [read] = terraform.elements((DesiredConfiguration as Answer).Containers) as Answer[];
    expect({
      ...read,
      Commands: terraform.elements(read?.Commands),
      Args: terraform.elements(read?.Args),
      EnvironmentVars: terraform.elements(read?.EnvironmentVars),
    }).toEqual(Containers[0]);
    const { ScalingConfigurations } = await provider.call("DescribeEciScalingConfigurations", {
      ScalingGroupId: groupId,
    });
    expect(ScalingConfigurations).toMatchObject([{ Cpu: 2, Memory: 4, Containers: [container] }]);
    await terraform.destroy(provider, groupId);
  });

  test("reads back every setting of a group and of a configuration as it was sent", async () => {
    const settings = {
      DefaultCooldown: 200,
      GroupDeletionProtection: false,
      OnDemandBaseCapacity: 2,
      OnDemandPercentageAboveBaseCapacity: 30,
      SpotInstancePools: 3,
      SpotInstanceRemedy: true,
      CompensateWithOnDemand: false,
      SpotAllocationStrategy: "lowestPrice",
      AllocationStrategy: "priority",
      AzBalance: true,
      MultiAZPolicy: "COST_OPTIMIZED",
      StopInstanceTimeout: 60,
      ResourceGroupId: "rg-1",
    };
    const groupId = await terraform.createGroup(provider, { ...group, ...settings });
    expect(await terraform.readGroup(provider, groupId)).toMatchObject(settings);
    const id = await terraform.createConfiguration(provider, groupId, {
      ...configuration,
      InstanceTypes: undefined,
      InstanceTypeOverrides: [{ InstanceType: "ecs.g7.large", WeightedCapacity: 2 }],
      SpotPriceLimits: [{ InstanceType: "ecs.g7.large", PriceLimit: 0.25 }],
      "SystemDisk.Encrypted": true,
      InstanceName: "",
      HostName: "web",
    });
    const read = await terraform.readConfiguration(provider, id);
    expect(read).toMatchObject({
      InstanceName: "ESS-Instance",
      SystemDiskCategory: "cloud_efficiency",
      InternetMaxBandwidthOut: 0,
      PasswordInherit: false,
      HostName: "web",
      [version === "2014-08-28" ? "SystemDisk.Encrypted" : "SystemDiskEncrypted"]: true,
    });
    expect(terraform.elements(read.WeightedCapacities)).toEqual([2]);
    const limits = terraform.elements(read[version === "2014-08-28" ? "SpotPriceLimit" : "SpotPriceLimits"]);
    expect(limits).toEqual([{ InstanceType: "ecs.g7.large", PriceLimit: 0.25 }]);
    await terraform.destroy(provider, groupId);
  });

  test("has a refresh wait for the first instance, and a program that does not wait is refused", async () => {
    const groupId = await terraform.createGroup(provider, group);
    await terraform.createConfiguration(provider, groupId, configuration);
    const request = { ScalingGroupId: groupId, DesiredConfiguration: { ImageId: "m-2" } };
    expect(await codeOf(provider.call("StartInstanceRefresh", request))).toBe(
      "InvalidInstance.NoInstanceNeedBeRefreshed",
    );
    const before = emulator.clock.now();
    await terraform.startRefresh(provider, request);
    expect(emulator.clock.now()).toBeGreaterThan(before);
  });

  test("attaches and removes instances, and finds the activities of both", async () => {
    const groupId = await terraform.createGroup(provider, group);
    await terraform.createConfiguration(provider, groupId, configuration);
    for (const operation of ["AttachInstances", "RemoveInstances"]) {
      const request = { ScalingGroupId: groupId, InstanceIds: ["i-1"] };
      const { ScalingActivityId } = await provider.call(operation, request);
      const { ScalingActivities } = await provider.call("DescribeScalingActivities", {
        ScalingActivityIds: [ScalingActivityId],
      });
      expect(terraform.elements(ScalingActivities)).toMatchObject([{ StatusCode: "Successful" }]);
    }
    await provider.call("SuspendProcesses", { ScalingGroupId: groupId, Processes: ["ScaleIn"] });
    const { SuspendedProcesses } = await terraform.readGroup(provider, groupId);
    expect(terraform.elements(SuspendedProcesses)).toEqual(["ScaleIn"]);
  });
});
