import { join } from "node:path";
import { createEmulator, type Emulator } from "../../src/emulator";
import { operations } from "../../src/emulator/ess/service";
import { type Answer, type Call, essClient } from "./essClient";
import { minute } from "./essGroup";
import { differences, type Models } from "./essModels";
import { pythonWith } from "./python/packages";

const sdk = pythonWith("alibabacloud_ess20220222");
const withModels = typeof sdk === "string" ? test.skip : test;
const why = typeof sdk === "string" ? ` (${sdk})` : "";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await createEmulator({ speed: 0, startTime: Date.UTC(2026, 0, 1) });
});
afterEach(() => emulator.close());

const registry = "registry-vpc.cn-hangzhou.aliyuncs.com/eci_open";

/** Every operation, with as many parameters as it takes. */
async function playEverything(call: Call): Promise<void> {
  const id = async (operation: string, request: Answer, member: string) =>
    (await call(operation, request))[member] as string;

  const ScalingGroupId = await id(
    "CreateScalingGroup",
    {
      ScalingGroupName: "web",
      MinSize: 0,
      MaxSize: 20,
      DesiredCapacity: 4,
      DefaultCooldown: 200,
      RemovalPolicies: ["OldestInstance"],
      VSwitchIds: ["vsw-1", "vsw-2"],
      HealthCheckTypes: ["ECS", "LOAD_BALANCER"],
      MultiAZPolicy: "PRIORITY",
      ScalingPolicy: "forceRelease",
      GroupDeletionProtection: true,
      OnDemandBaseCapacity: 1,
      OnDemandPercentageAboveBaseCapacity: 50,
      SpotInstancePools: 2,
      SpotInstanceRemedy: true,
      CompensateWithOnDemand: true,
      SpotAllocationStrategy: "lowestPrice",
      AllocationStrategy: "priority",
      AzBalance: true,
      StopInstanceTimeout: 60,
      MaxInstanceLifetime: 86_400,
      ResourceGroupId: "rg-1",
      CapacityOptions: { OnDemandBaseCapacity: 1, CompensateWithOnDemand: true, PriceComparisonMode: "PricePerUnit" },
      AlbServerGroups: [{ AlbServerGroupId: "sgp-1", Port: 80, Weight: 50 }],
      ServerGroups: [{ ServerGroupId: "sgp-2", Port: 80, Weight: 50, Type: "ALB" }],
      VServerGroups: [
        { LoadBalancerId: "lb-1", VServerGroupAttributes: [{ VServerGroupId: "rsp-1", Port: 80, Weight: 50 }] },
      ],
      LoadBalancerIds: '["lb-1"]',
      DBInstanceIds: '["rm-1"]',
      Tags: [{ Key: "team", Value: "web" }],
    },
    "ScalingGroupId",
  );
  const group = { ScalingGroupId };
  const ScalingConfigurationId = await id(
    "CreateScalingConfiguration",
    {
      ...group,
      ImageId: "m-1",
      InstanceTypeOverrides: [{ InstanceType: "ecs.g7.large", WeightedCapacity: 2 }],
      SecurityGroupIds: ["sg-1"],
      InstanceName: "ESS-Instance",
      InternetMaxBandwidthOut: 10,
      Password: "Secret-1",
      Cpu: 2,
      Memory: 8,
      SpotPriceLimits: [{ InstanceType: "ecs.g7.large", PriceLimit: 0.5 }],
      SystemDisk: { Category: "cloud_essd", Size: 40, DiskName: "root", Encrypted: true, PerformanceLevel: "PL1" },
      DataDisks: [{ Size: 20, Category: "cloud_essd", DeleteWithInstance: true, Encrypted: "true" }],
      Tags: '{"team":"web"}',
      InstancePatternInfos: [{ Cores: 2, Memory: 8, MaxPrice: 1.5, Architectures: ["X86"] }],
      NetworkInterfaces: [{ InstanceType: "Primary", SecurityGroupIds: ["sg-1"], Ipv6AddressCount: 1 }],
      CustomPriorities: [{ InstanceType: "ecs.g7.large", VswitchId: "vsw-1" }],
      ImageOptions: { LoginAsNonRoot: true },
      PrivatePoolOptions: { Id: "eap-1", MatchCriteria: "Open" },
      ResourcePoolOptions: { Strategy: "None", PrivatePoolIds: ["eap-1"], PrivatePoolTags: [{ Key: "a", Value: "b" }] },
      SecurityOptions: { ConfidentialComputingMode: "Enclave" },
      UserData: "ZWNobyBoZWxsbw==",
    },
    "ScalingConfigurationId",
  );
  await call("ModifyScalingConfiguration", { ScalingConfigurationId, InstanceName: "web", Override: true });
  await call("EnableScalingGroup", { ...group, ActiveScalingConfigurationId: ScalingConfigurationId });
  emulator.clock.advance(minute);
  await call("ModifyScalingGroup", { ...group, DefaultCooldown: 100, MaxInstanceLifetime: 90_000 });

  await call("AttachInstances", { ...group, InstanceIds: ["i-1", "i-2", "i-3"] });
  await call("DetachInstances", { ...group, InstanceIds: ["i-1"] });
  await call("RemoveInstances", { ...group, InstanceIds: ["i-2", "i-none"], IgnoreInvalidInstance: true });
  await call("SetInstancesProtection", { ...group, InstanceIds: ["i-3"], ProtectedFromScaleIn: true });
  await call("EnterStandby", { ...group, InstanceIds: ["i-3"] });
  await call("ExitStandby", { ...group, InstanceIds: ["i-3"] });
  await call("SetInstanceHealth", { InstanceId: "i-3", HealthStatus: "Unhealthy" });
  for (const kind of ["AlbServerGroups", "ServerGroups", "VServerGroups"] as const) {
    const list = {
      AlbServerGroups: [{ AlbServerGroupId: "sgp-3", Port: 80, Weight: 50 }],
      ServerGroups: [{ ServerGroupId: "sgp-4", Port: 80, Weight: 50, Type: "NLB" }],
      VServerGroups: [
        { LoadBalancerId: "lb-2", VServerGroupAttributes: [{ VServerGroupId: "rsp-2", Port: 80, Weight: 50 }] },
      ],
    };
    await call(`Attach${kind}`, { ...group, [kind]: list[kind] });
    await call("DescribeScalingGroups", { ScalingGroupIds: [ScalingGroupId] });
    await call(`Detach${kind}`, { ...group, [kind]: list[kind] });
  }
  await call("AttachLoadBalancers", { ...group, LoadBalancers: ["lb-3"] });
  await call("DetachLoadBalancers", { ...group, LoadBalancers: ["lb-3"] });
  await call("AttachDBInstances", { ...group, DBInstances: ["rm-3"] });
  await call("DetachDBInstances", { ...group, DBInstances: ["rm-3"] });
  const hook = { LifecycleHookName: "warm", LifecycleTransition: "SCALE_OUT", HeartbeatTimeout: 600 };
  const LifecycleHookId = await id("CreateLifecycleHook", { ...group, ...hook }, "LifecycleHookId");
  await call("ModifyLifecycleHook", { LifecycleHookId, NotificationMetadata: "web" });
  await call("DescribeLifecycleHooks", group);
  await call("ModifyScalingGroup", { ...group, DesiredCapacity: 8 });
  emulator.clock.advance(2 * minute);
  const { ScalingActivities } = await call("DescribeScalingActivities", { ...group, StatusCode: "InProgress" });
  const [waiting] = ScalingActivities as Answer[];
  const { LifecycleActions } = await call("DescribeLifecycleActions", {
    ScalingActivityId: waiting?.ScalingActivityId,
  });
  const lifecycleActionToken = (LifecycleActions as Answer[])[0]?.LifecycleActionToken;
  await call("RecordLifecycleActionHeartbeat", { lifecycleHookId: LifecycleHookId, lifecycleActionToken });
  await call("CompleteLifecycleAction", { LifecycleHookId, LifecycleActionToken: lifecycleActionToken });
  await call("DeleteLifecycleHook", { LifecycleHookId });
  await call("SuspendProcesses", { ...group, Processes: ["ScaleIn"] });
  await call("DescribeScalingGroups");
  await call("ResumeProcesses", { ...group, Processes: ["ScaleIn"] });
  await call("TagResources", { ResourceType: "scalinggroup", ResourceIds: [ScalingGroupId], Tags: [{ Key: "a" }] });
  await call("ListTagResources", { ResourceType: "scalinggroup" });
  await call("UntagResources", { ResourceType: "scalinggroup", ResourceIds: [ScalingGroupId], TagKeys: ["a"] });
  await call("ChangeResourceGroup", {
    ResourceType: "scalinggroup",
    ResourceId: ScalingGroupId,
    NewResourceGroupId: "rg-2",
  });

  const refresh = async (request: Answer) => ({
    ...group,
    InstanceRefreshTaskId: await id("StartInstanceRefresh", { ...group, ...request }, "InstanceRefreshTaskId"),
  });
  const first = await refresh({
    DesiredConfiguration: { ImageId: "m-2" },
    Strategy: "Rolling",
    SkipMatching: false,
    Checkpoints: [{ Percentage: 50 }, { Percentage: 100 }],
    CheckpointPauseTime: 5,
  });
  emulator.clock.advance(minute);
  await call("DescribeInstanceRefreshes", { InstanceRefreshTaskIds: [first.InstanceRefreshTaskId] });
  await call("SuspendInstanceRefresh", first);
  await call("ResumeInstanceRefresh", first);
  await call("RollbackInstanceRefresh", first);
  emulator.clock.advance(60 * minute);
  const second = await refresh({
    DesiredConfiguration: {
      LaunchTemplateId: "lt-1",
      LaunchTemplateVersion: "2",
      LaunchTemplateOverrides: [{ InstanceType: "ecs.g7.large" }],
    },
  });
  await call("CancelInstanceRefresh", second);
  emulator.clock.advance(60 * minute);
  const failing = await refresh({ DesiredConfiguration: { ImageId: "m-unhealthy" } });
  emulator.clock.advance(120 * minute);
  await call("DescribeInstanceRefreshes", { ...group, InstanceRefreshTaskIds: [failing.InstanceRefreshTaskId] });
  await call("DescribeInstanceRefreshes", { ...group, MaxResults: 1 });
  await call("DescribeScalingInstances", group);
  await call("DescribeScalingActivities", { ...group, PageSize: 50 });
  await call("DescribeScalingGroups");
  await call("DescribeScalingConfigurations", group);

  await playContainers(call);
  await call("SetGroupDeletionProtection", { ...group, GroupDeletionProtection: false });
  await call("DisableScalingGroup", group);
  await call("DeleteScalingConfiguration", { ScalingConfigurationId });
  await call("DeleteScalingGroup", { ...group, ForceDelete: true });
}

async function playContainers(call: Call): Promise<void> {
  const { ScalingGroupId } = await call("CreateScalingGroup", { MinSize: 0, MaxSize: 4, GroupType: "ECI" });
  const probe = {
    Exec: { Commands: ["true"] },
    HttpGet: { Path: "/", Port: 80, Scheme: "HTTP" },
    TcpSocket: { Port: 80 },
    PeriodSeconds: 5,
  };
  const container = {
    Name: "web",
    Image: `${registry}/nginx:1`,
    Commands: ["sleep"],
    Args: ["100"],
    Cpu: 0.5,
    Memory: 1,
    EnvironmentVars: [{ Key: "PATH", Value: "/bin", FieldRefFieldPath: "fieldPath" }],
    LivenessProbe: probe,
    ReadinessProbe: probe,
    SecurityContext: { Capability: { Add: ["NET_ADMIN"] }, RunAsUser: 1000, ReadOnlyRootFilesystem: true },
    Ports: [{ Port: 80, Protocol: "TCP" }],
    VolumeMounts: [{ MountPath: "/data", Name: "data", ReadOnly: false }],
  };
  const { ScalingConfigurationId } = await call("CreateEciScalingConfiguration", {
    ScalingGroupId,
    ContainerGroupName: "test",
    Cpu: 2,
    Memory: 4,
    EnableSls: true,
    SpotPriceLimit: 0.25,
    Containers: [container],
    InitContainers: [
      {
        Name: "init",
        Image: `${registry}/busybox:1`,
        Args: ["1"],
        Commands: ["echo"],
        Cpu: 0.5,
        InitContainerEnvironmentVars: [{ Key: "A", Value: "b" }],
        SecurityContext: { Capability: { Adds: ["NET_ADMIN"] }, RunAsUser: 1000 },
      },
    ],
    Volumes: [{ Name: "data", Type: "NFSVolume", NFSVolume: { Path: "/", Server: "nas", ReadOnly: false } }],
    DnsConfigSearchs: ["a.example"],
    DnsConfigOptions: [{ Name: "ndots", Value: "2" }],
    HostAliases: [{ Hostnames: ["a"], Ip: "10.0.0.1" }],
    SecurityContextSysctls: [{ Name: "net.core.somaxconn", Value: "1024" }],
    ImageRegistryCredentials: [{ Server: "registry", UserName: "me", Password: "Secret-2" }],
    AcrRegistryInfos: [{ Domains: ["registry"], InstanceId: "cri-1" }],
    Tags: [{ Key: "team", Value: "web" }],
  });
  await call("ModifyEciScalingConfiguration", { ScalingConfigurationId, Cpu: 4, RestartPolicy: "Always" });
  await call("EnableScalingGroup", { ScalingGroupId, ActiveScalingConfigurationId: ScalingConfigurationId });
  await call("DescribeEciScalingConfigurations", { ScalingGroupId });
  await call("DisableScalingGroup", { ScalingGroupId });
  await call("DeleteEciScalingConfiguration", { ScalingConfigurationId });
}

interface Played {
  readonly operation: string;
  readonly answer: Answer;
}

async function played(version?: string): Promise<Played[]> {
  const seen: Played[] = [];
  const call = essClient(emulator, version === undefined ? {} : { version });
  await playEverything(async (operation, request) => {
    const answer = await call(operation, request);
    seen.push({ operation, answer });
    return answer;
  });
  return seen;
}

withModels(`every answer has the members and the types of the vendor's models${why}`, async () => {
  if (typeof sdk === "string") return;
  const models = JSON.parse(await sdk.run(join(__dirname, "python/essModels.py"))) as Models;
  const answers = await played();
  const unlike = answers.flatMap(({ operation, answer }) => differences(models, operation, answer));
  expect([...new Set(unlike)]).toEqual([]);
  expect(new Set(answers.map(({ operation }) => operation))).toEqual(new Set(Object.keys(operations)));
});

test("no answer repeats a password", async () => {
  expect(JSON.stringify(await played())).not.toMatch(/Secret-\d/);
});
