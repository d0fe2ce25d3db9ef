import { enterStandby, exitStandby, setProtection } from "../../simulation/capacity";
import type { Activity, Group, Instance } from "../../simulation/model";
import { Refused } from "../../simulation/refused";
import type { Members } from "./answers";
import { missingParameter, noSuchInstance, wrongInstanceStatus } from "./errors";
import { minutes, type Operation, page, seconds } from "./operation";
import type { Parameters } from "./parameters";
import { essState, findGroup, type ScalingGroup, sourceOf } from "./state";

const describeInstances: Operation = {
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
  if (instance.state === "Terminating") return "Removing";
  return instance.state === "InService" && instance.protected ? "Protected" : instance.state;
}

/** The scaling group finds the region: RegionId is not asked for. */
function onInstances(act: (group: Group, ids: readonly string[], parameters: Parameters) => void): Operation {
  return {
    needsRegion: false,
    run: (parameters, world) => {
      const { group } = findGroup(world, parameters.requiredText("ScalingGroupId"));
      const ids = parameters.texts("InstanceIds");
      if (ids.length === 0) throw missingParameter("InstanceIds.1");
      try {
        act(group, ids, parameters);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        throw (error.refusal === "NoSuchInstance" ? noSuchInstance : wrongInstanceStatus)(error.message);
      }
      return {};
    },
  };
}

const describeActivities: Operation = {
  needsRegion: true,
  run: (parameters, world) => {
    const groupId = parameters.text("ScalingGroupId");
    const ids = parameters.texts("ScalingActivityIds");
    const status = parameters.text("StatusCode");
    const task = parameters.text("InstanceRefreshTaskId");
    if (!groupId && ids.length === 0 && !task) throw missingParameter("ScalingGroupId");
    const wanted = [...essState(world).groups.values()]
      .filter(({ id }) => !groupId || id === groupId)
      .flatMap(({ id, group }) => group.activities.map((activity) => ({ id, activity })))
      .filter(
        ({ activity }) =>
          (ids.length === 0 || ids.includes(activityId(activity))) &&
          (!status || activity.status === status) &&
          (!task || activity.cause.includes(task)),
      )
      .reverse();
    const { items, paging } = page(parameters, wanted);
    return { ...paging, ScalingActivities: items.map(({ id, activity }) => activityMembers(id, activity)) };
  },
};

function activityId({ id }: Activity): string {
  return `asa-${id.slice(0, 20)}`;
}

function activityMembers(groupId: string, activity: Activity): Members {
  const launches = activity.kind === "Launch";
  return {
    ScalingActivityId: activityId(activity),
    ScalingGroupId: groupId,
    StatusCode: activity.status,
    StatusMessage: "",
    Progress: activity.status === "InProgress" ? 50 : 100,
    Cause: activity.cause,
    Description: `${launches ? "Add" : "Remove"} 1 instance`,
    StartTime: minutes(activity.startTime),
    EndTime: activity.endTime === undefined ? undefined : minutes(activity.endTime),
    CreatedInstances: launches ? [activity.instanceId] : [],
    DestroyedInstances: launches ? [] : [activity.instanceId],
    CreatedCapacity: launches ? 1 : 0,
    DestroyedCapacity: launches ? 0 : 1,
  };
}

export const instanceOperations: Readonly<Record<string, Operation>> = {
  DescribeScalingInstances: describeInstances,
  DescribeScalingActivities: describeActivities,
  SetInstancesProtection: onInstances((group, ids, parameters) => {
    const isProtected = parameters.boolean("ProtectedFromScaleIn");
    if (isProtected === undefined) throw missingParameter("ProtectedFromScaleIn");
    setProtection(group, ids, isProtected);
  }),
  EnterStandby: onInstances((group, ids) => enterStandby(group, ids, { decrementDesiredCapacity: true })),
  ExitStandby: onInstances((group, ids) => exitStandby(group, ids)),
};
