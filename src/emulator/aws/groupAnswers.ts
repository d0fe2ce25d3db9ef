import type { Instance } from "../../simulation/model";
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
    SuspendedProcesses: [],
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
    LifecycleState: instance.state,
    // An instance that will never be healthy is not found out before the grace period has passed.
    HealthStatus: instance.state === "Terminating" && !instance.healthy ? "Unhealthy" : "Healthy",
    LaunchConfigurationName: source.LaunchConfigurationName,
    LaunchTemplate: launch?.template as Member,
    ImageId: launch?.imageId,
    ProtectedFromScaleIn: instance.protected,
    WeightedCapacity: launch?.weightedCapacity,
  };
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

// Subnets belong to no network here: each stands for a zone of its own.
function availabilityZones(region: AwsRegion, group: AutoScalingGroup): readonly string[] {
  const { AvailabilityZones: zones, VPCZoneIdentifier: subnets } = group.settings;
  return zones?.length
    ? zones
    : (subnets ?? "").split(",").map((_, index) => `${region.world.region}${"abcdef"[index % 6]}`);
}
