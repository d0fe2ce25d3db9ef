import { enterStandby, exitStandby, setProtection } from "../../simulation/capacity";
import type { Activity, Group, Instance } from "../../simulation/model";
import { Refused } from "../../simulation/refused";
import { missingParameter, noSuchInstance, wrongInstanceStatus } from "./errors";
import { recordActivity } from "./manualInstances";
import { minutes, type Operation, page, seconds } from "./operation";
import type { Parameters } from "./parameters";
import { essState, findGroup, type ManualActivity, type ScalingGroup, sourceOf } from "./state";

const describeInstances: Operation = {
  // fact: ess-region-required
  needsRegion: true,
  run: (parameters, world) => {
    const groupId = parameters.text("ScalingGroupId");
    const ids = parameters.texts("InstanceIds");
    const state = parameters.text("LifecycleState");
    const states = [...parameters.texts("LifecycleStates"), ...(state ? [state] : [])];
    const health = parameters.text("HealthStatus");
    const creation = parameters.text("CreationType");
    const configuration = parameters.text("ScalingConfigurationId");
    const groups = [...essState(world).groups.values()].filter(({ id }) => !groupId || id === groupId);
    const wanted = groups
      .flatMap((group) => [...group.group.instances.values()].map((instance) => instanceMembers(group, instance)))
      .filter(
        (members) =>
          (ids.length === 0 || ids.includes(members.InstanceId)) &&
          (states.length === 0 || states.includes(members.LifecycleState)) &&
          (!health || members.HealthStatus === health) &&
          (!creation || members.CreationType === creation) &&
          (!configuration || members.ScalingConfigurationId === configuration),
      );
    const { items, paging } = page(parameters, wanted);
    return { ...paging, TotalSpotCount: 0, ScalingInstances: items };
  },
};

function instanceMembers({ id }: ScalingGroup, instance: Instance) {
  const source = sourceOf(instance.configuration);
  const fromConfiguration = source && "scalingConfigurationId" in source ? source : undefined;
  const fromTemplate = source && "launchTemplateId" in source ? source : undefined;
  return {
    InstanceId: instance.id,
    ScalingGroupId: id,
    ScalingConfigurationId: fromConfiguration?.scalingConfigurationId,
    LaunchTemplateId: fromTemplate?.launchTemplateId,
    LaunchTemplateVersion: fromTemplate?.launchTemplateVersion,
    LifecycleState: lifecycleState(instance),
    HealthStatus: instance.healthy ? "Healthy" : "Unhealthy",
    WarmupState: instance.ready ? "NoNeedWarmup" : "WaitingForInstanceWarmup",
    CreationType: instance.manual ? "Attached" : "AutoCreated",
    CreatedTime: seconds(instance.launchedAt),
    CreationTime: minutes(instance.launchedAt),
    WeightedCapacity: instance.type.weight,
  };
}

function lifecycleState(instance: Instance): string {
  // fact: ess-hook-states
  const waits = instance.hooks.size > 0 ? ":Wait" : "";
  if (instance.state === "Terminating") return `Removing${waits}`;
  if (instance.state === "Pending") return `Pending${waits}`;
  return instance.state === "InService" && instance.protected ? "Protected" : instance.state;
}

/**
 * The scaling group finds the region: RegionId is not asked for.
 *
 * @param verb what the activity does that the operation answers; undefined where it answers none
 */
function onInstances(
  verb: string | undefined,
  act: (group: Group, ids: readonly string[], parameters: Parameters) => void,
): Operation {
  return {
    needsRegion: false,
    run: (parameters, world) => {
      const group = findGroup(world, parameters.requiredText("ScalingGroupId"));
      const ids = parameters.texts("InstanceIds");
      if (ids.length === 0) throw missingParameter("InstanceIds.1");
      try {
        act(group.group, ids, parameters);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        throw (error.refusal === "NoSuchInstance" ? noSuchInstance : wrongInstanceStatus)(error.message);
      }
      return verb === undefined ? {} : { ScalingActivityId: recordActivity(world, group, { verb, ids }).id };
    },
  };
}

const describeActivities: Operation = {
  // fact: ess-region-required
  needsRegion: true,
  run: (parameters, world) => {
    const groupId = parameters.text("ScalingGroupId");
    const ids = parameters.texts("ScalingActivityIds");
    const status = parameters.text("StatusCode");
    const task = parameters.text("InstanceRefreshTaskId");
    if (!groupId && ids.length === 0 && !task) throw missingParameter("ScalingGroupId");
    const wanted = [...essState(world).groups.values()]
      .filter(({ id }) => !groupId || id === groupId)
      .flatMap((group) => [
        ...group.group.activities.map((activity) => activityMembers(group, activity)),
        ...group.manualActivities.map((activity) => manualActivityMembers(group, activity)),
      ])
      .filter(
        (members) =>
          (ids.length === 0 || ids.includes(members.ScalingActivityId)) &&
          (!status || members.StatusCode === status) &&
          (!task || members.InstanceRefreshTaskId === task),
      )
      .reverse()
      .sort((left, right) => (left.StartTime < right.StartTime ? 1 : left.StartTime > right.StartTime ? -1 : 0));
    const { items, paging } = page(parameters, wanted);
    return { ...paging, ScalingActivities: items };
  },
};

export function activityId({ id }: Activity): string {
  return `asa-${id.slice(0, 20)}`;
}

function activityMembers({ id, group }: ScalingGroup, activity: Activity) {
  const launches = activity.kind === "Launch";
  const task = /instance refresh (ir-\w+)/.exec(activity.cause)?.[1];
  return {
    ScalingActivityId: activityId(activity),
    ScalingGroupId: id,
    StatusCode: activity.status,
    StatusMessage: "",
    Progress: activity.status === "InProgress" ? 50 : 100,
    Cause: activity.cause,
    // fact: ess-activities
    Description: `${launches ? "Add" : "Remove"} 1 instance`,
    StartTime: minutes(activity.startTime),
    EndTime: activity.endTime === undefined ? undefined : minutes(activity.endTime),
    InstanceRefreshTaskId: task,
    ScalingInstanceNumber: 1,
    TotalCapacity: `${group.engine.units.live}`,
    CreatedInstances: launches ? [activity.instanceId] : [],
    DestroyedInstances: launches ? [] : [activity.instanceId],
    CreatedCapacity: launches ? 1 : 0,
    DestroyedCapacity: launches ? 0 : 1,
  };
}

function manualActivityMembers({ id, group }: ScalingGroup, activity: ManualActivity) {
  return {
    ScalingActivityId: activity.id,
    ScalingGroupId: id,
    StatusCode: "Successful",
    StatusMessage: "",
    Progress: 100,
    Cause: activity.cause,
    Description: activity.description,
    StartTime: minutes(activity.time),
    EndTime: minutes(activity.time),
    InstanceRefreshTaskId: undefined,
    ScalingInstanceNumber: activity.attached.length + activity.removed.length,
    TotalCapacity: `${group.engine.units.live}`,
    AttachedCapacity: `${activity.attached.length}`,
    DestroyedInstances: activity.removed,
  };
}

export const instanceOperations: Readonly<Record<string, Operation>> = {
  // fact: ess-instance-operations
  DescribeScalingInstances: describeInstances,
  // fact: ess-instance-operations
  DescribeScalingActivities: describeActivities,
  SetInstancesProtection: onInstances(undefined, (group, ids, parameters) => {
    const isProtected = parameters.boolean("ProtectedFromScaleIn");
    if (isProtected === undefined) throw missingParameter("ProtectedFromScaleIn");
    setProtection(group, ids, isProtected);
  }),
  // fact: ess-activities
  EnterStandby: onInstances("Set to standby", (group, ids) =>
    enterStandby(group, ids, { decrementDesiredCapacity: true }),
  ),
  // fact: ess-activities
  ExitStandby: onInstances("Return to service", (group, ids) => exitStandby(group, ids)),
};
