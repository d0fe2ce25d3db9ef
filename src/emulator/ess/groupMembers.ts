import type { Group, Instance } from "../../simulation/model";
import type { Members } from "./answers";
import { minutes } from "./operation";
import { type ScalingGroup, type Source, sourceOf } from "./state";

/** What is described of a group that says nothing about it. */
const groupDefaults = {
  GroupDeletionProtection: false, // fact: ess-group-defaults
  SystemSuspended: false, // fact: ess-group-defaults
  IsElasticStrengthInAlarm: false, // fact: ess-group-defaults
};

/** A group as it is described. */
export function groupMembers(group: ScalingGroup, region: string): Members {
  const { group: model } = group;
  const source = sourceOf(model.configuration) ?? group.active;
  const capacity = capacities(model);
  return {
    ...groupDefaults,
    ...group.settings,
    ScalingGroupId: group.id,
    ScalingGroupName: group.name,
    RegionId: region,
    GroupType: group.type,
    LifecycleState: group.enabled ? "Active" : "Inactive",
    CreationTime: minutes(group.createdAt),
    MinSize: model.minSize,
    MaxSize: model.maxSize,
    DesiredCapacity: group.desiredCapacity === undefined ? undefined : desired(group),
    EnableDesiredCapacity: group.desiredCapacity !== undefined,
    ...capacity,
    TotalInstanceCount: model.instances.size,
    ...activeMembers(source),
    MultiAZPolicy: group.multiAZPolicy,
    ScalingPolicy: group.scalingPolicy,
    HealthCheckType: group.healthCheckTypes.length === 1 ? group.healthCheckTypes[0] : undefined,
    HealthCheckTypes: group.healthCheckTypes,
    DefaultCooldown: group.defaultCooldown,
    VSwitchId: group.vSwitchIds[0],
    VSwitchIds: group.vSwitchIds,
    RemovalPolicies: group.removalPolicies,
    // Clients read these lists without asking whether they are there.
    DBInstanceIds: group.dbInstanceIds,
    LoadBalancerIds: group.loadBalancerIds,
    SuspendedProcesses: [...group.suspendedProcesses],
    Tags: [...group.tags].map(([key, value]) => ({ TagKey: key, TagValue: value })),
  };
}

/** The model takes instances in standby out of what is desired; the service does not. */
export function standbyUnits(model: Group): number {
  let units = 0;
  for (const { state, type } of model.instances.values()) if (state === "Standby") units += type.weight;
  return units;
}

function desired({ enabled, desiredCapacity, group }: ScalingGroup): number | undefined {
  return enabled ? group.desiredCapacity + standbyUnits(group) : desiredCapacity;
}

/** A group's capacity by state, in units. */
function capacities(model: Group) {
  const units = { Active: 0, Pending: 0, Standby: 0, Protected: 0, Removing: 0 };
  for (const instance of model.instances.values()) units[kind(instance)] += instance.type.weight;
  return {
    TotalCapacity: units.Active + units.Pending + units.Standby + units.Protected + units.Removing,
    ActiveCapacity: units.Active,
    PendingCapacity: units.Pending,
    StandbyCapacity: units.Standby,
    ProtectedCapacity: units.Protected,
    RemovingCapacity: units.Removing,
  };
}

function kind(instance: Instance) {
  switch (instance.state) {
    case "InService":
      return instance.protected ? "Protected" : "Active";
    case "Standby":
      return "Standby";
    case "Terminating":
      return "Removing";
    default:
      return "Pending";
  }
}

function activeMembers(source: Source | undefined): Members {
  if (!source) return {};
  if ("scalingConfigurationId" in source) return { ActiveScalingConfigurationId: source.scalingConfigurationId };
  return {
    LaunchTemplateId: source.launchTemplateId,
    LaunchTemplateVersion: source.launchTemplateVersion,
    LaunchTemplateOverrides: source.overrides.map(({ instanceType, weight, spotPriceLimit }) => ({
      InstanceType: instanceType,
      WeightedCapacity: weight,
      SpotPriceLimit: spotPriceLimit,
    })),
  };
}
