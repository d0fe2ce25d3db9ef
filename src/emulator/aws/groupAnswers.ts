import type { Instance, LifecycleState, WarmPool } from "../../simulation/model";
import type { Member, Members } from "./answers";
import { launchOf, type ResolvedConfiguration } from "./configuration";
import type { AutoScalingGroup, AwsRegion } from "./region";

export function answeredGroup(region: AwsRegion, group: AutoScalingGroup, withInstances: boolean): Members {
  const { model, settings } = group;
  const { AvailabilityZones, ...echoed } = settings;
  return {
    ...(echoed as Members),
    AutoScalingGroupARN: group.arn,
    ...(configurationOf(group).details.source as Members),
    MinSize: model.minSize,
    MaxSize: model.maxSize,
    DesiredCapacity: model.desiredCapacity,
    AvailabilityZones: availabilityZones(region, group),
    Instances: withInstances
      ? [...model.instances.values()].map((instance) => answeredInstance(region, group, instance))
      : [],
    CreatedTime: group.createdTime,
    SuspendedProcesses: [...group.suspensions].map(([ProcessName, SuspensionReason]) => ({
      ProcessName,
      SuspensionReason,
    })),
    WarmPoolConfiguration: model.warmPool && answeredWarmPool(model.warmPool),
    WarmPoolSize: model.warmPool?.instances.size,
    // fact: aws-delete-in-progress
    Status: group.deleting ? "Delete in progress" : undefined,
    EnabledMetrics: [],
    Tags: answeredTags(group),
    TrafficSources: [],
    LoadBalancerNames: settings.LoadBalancerNames ?? [],
    TargetGroupARNs: settings.TargetGroupARNs ?? [],
  };
}

/** What the group launches from, as its owner or the last successful refresh has left it. */
export function configurationOf(group: AutoScalingGroup): ResolvedConfiguration {
  return group.model.configuration as ResolvedConfiguration;
}

export function answeredInstance(region: AwsRegion, group: AutoScalingGroup, instance: Instance): Members {
  const launch = launchOf(instance);
  const { source } = (instance.configuration as ResolvedConfiguration).details;
  return {
    InstanceId: instance.id,
    InstanceType: instance.type.name,
    AvailabilityZone: availabilityZone(region, group, instance),
    LifecycleState: lifecycleState(group, instance),
    // An instance that will never be healthy is not found out before the grace period has passed.
    HealthStatus: instance.state === "Terminating" && !instance.healthy ? "Unhealthy" : "Healthy",
    LaunchConfigurationName: source.LaunchConfigurationName,
    LaunchTemplate: launch?.template as Member,
    ImageId: launch?.imageId,
    ProtectedFromScaleIn: instance.protected,
    WeightedCapacity: launch?.weightedCapacity,
  };
}

export function answeredWarmPool(pool: WarmPool): Members {
  return {
    MaxGroupPreparedCapacity: pool.maxPreparedCapacity,
    MinSize: pool.minSize,
    PoolState: pool.state,
    Status: pool.deleting ? "PendingDelete" : undefined,
  };
}

const lifecycleStates: Readonly<Record<LifecycleState, string>> = {
  Pending: "Pending", // fact: aws-lifecycle-states
  InService: "InService", // fact: aws-lifecycle-states
  ReplacingRootVolume: "ReplacingRootVolume", // fact: aws-lifecycle-root-volume
  Standby: "Standby", // fact: aws-lifecycle-states
  Terminating: "Terminating", // fact: aws-lifecycle-states
  Detached: "Detached", // fact: aws-lifecycle-states
  WarmedPending: "Warmed:Pending", // fact: aws-lifecycle-warmed
  Warmed: "Warmed", // fact: aws-lifecycle-warmed
  WarmedTerminating: "Warmed:Terminating", // fact: aws-lifecycle-warmed
};

function lifecycleState({ model }: AutoScalingGroup, instance: Instance): string {
  const state = lifecycleStates[instance.state];
  if (instance.state === "Warmed") return `${state}:${model.warmPool?.state ?? "Stopped"}`;
  // A hook holds it up.
  return instance.hooks.size > 0 ? `${state}:Wait` : state;
}

export function answeredTags(group: AutoScalingGroup): Members[] {
  return [...group.tags.values()].map(({ Key, Value, PropagateAtLaunch }) => ({
    ResourceId: group.settings.AutoScalingGroupName,
    ResourceType: "auto-scaling-group",
    Key,
    Value: Value ?? "",
    PropagateAtLaunch: PropagateAtLaunch ?? false,
  }));
}

export function availabilityZone(region: AwsRegion, group: AutoScalingGroup, { id }: { id: string }): string {
  const zones = availabilityZones(region, group);
  return zones[Number.parseInt(id.slice(-4), 16) % zones.length] ?? "";
}

/** The subnet of an instance: of a group that names zones only, one that stands for the zone. */
export function subnet(region: AwsRegion, group: AutoScalingGroup, instance: { id: string }): string {
  const zone = availabilityZone(region, group, instance);
  const subnets = group.settings.VPCZoneIdentifier?.split(",") ?? [];
  return subnets[availabilityZones(region, group).indexOf(zone)]?.trim() ?? `subnet-${zone}`;
}

// Subnets belong to no network here: each stands for a zone of its own.
function availabilityZones(region: AwsRegion, group: AutoScalingGroup): readonly string[] {
  const { AvailabilityZones: zones, VPCZoneIdentifier: subnets } = group.settings;
  return zones?.length
    ? zones
    : (subnets ?? "").split(",").map((_, index) => `${region.world.region}${"abcdef"[index % 6]}`);
}
