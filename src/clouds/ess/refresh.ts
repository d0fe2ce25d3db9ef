/** A task as ESS describes it, in the words of the lifecycle. */
import type { Arguments, PlannedPauses, Refresh, Stage } from "../../core/cloud";
import type { InstanceRefreshTask } from "./requests";

/** Every status of the vendor, and where it stands. */
export const STATUSES: Readonly<Record<string, Stage>> = {
  Pending: "running",
  InProgress: "running",
  Paused: "running",
  CheckpointPause: "running",
  Cancelling: "cancelling",
  RollbackInProgress: "rollingBack",
  Successful: "successful",
  Failed: "failed",
  Cancelled: "cancelled",
  RollbackSuccessful: "rolledBack",
  RollbackFailed: "rollbackFailed",
};

export const DEFAULT_PAUSE_MIN = 60;
const MINUTE_S = 60;

export function refreshOf(task: InstanceRefreshTask, region: string): Refresh {
  const { desiredConfiguration: desired = {}, finishedUpdateCapacity: replaced, totalNeedUpdateCapacity: total } = task;
  const status = task.status ?? "";
  const stage = STATUSES[status] ?? "unknown";
  const fraction =
    stage === "successful" ? 1 : replaced !== undefined && total ? Math.min(replaced / total, 1) : undefined;
  return given<Refresh>({
    id: task.instanceRefreshTaskId ?? "",
    group: task.scalingGroupId ?? "",
    status,
    stage,
    ended: stage !== "running" && stage !== "cancelling" && stage !== "rollingBack",
    fraction,
    pauseMilliseconds:
      status === "CheckpointPause" ? (task.checkpointPauseTime ?? DEFAULT_PAUSE_MIN) * 60_000 : undefined,
    reason: task.detail || undefined,
    replaced,
    total,
    startTime: task.startTime,
    arguments: given<Arguments>({
      scalingGroupId: task.scalingGroupId,
      desiredConfigurationImageId: desired.imageId,
      desiredConfigurationScalingConfigurationId: desired.scalingConfigurationId,
      desiredConfigurationLaunchTemplateId: desired.launchTemplateId,
      desiredConfigurationLaunchTemplateVersion: desired.launchTemplateVersion,
      desiredConfigurationLaunchTemplateOverrides: desired.launchTemplateOverrides,
      desiredConfigurationContainers: desired.containers,
      minHealthyPercentage: task.minHealthyPercentage,
      maxHealthyPercentage: task.maxHealthyPercentage,
      skipMatching: task.skipMatching,
      checkpoints: task.checkpoints,
      checkpointPauseTime: task.checkpointPauseTime,
    }),
    outputs: given<Arguments>({
      detail: task.detail,
      startTime: task.startTime,
      endTime: task.endTime,
      finishedUpdateCapacity: replaced,
      totalNeedUpdateCapacity: total,
      regionId: task.regionId ?? region,
    }),
    plannedPauses: plannedPauses(task),
  });
}

/** At 100 percent it pauses like at every other checkpoint; it has no bake time. */
function plannedPauses({
  checkpoints = [],
  checkpointPauseTime = DEFAULT_PAUSE_MIN,
}: InstanceRefreshTask): PlannedPauses {
  return {
    checkpoints: checkpoints.map(({ percentage = 100 }) => percentage / 100),
    checkpointSeconds: checkpointPauseTime * MINUTE_S,
    bakeSeconds: 0,
    goal: 1,
  };
}

/** Without what is undefined, empty text, or an empty list: that is how the wire says that nothing was set. */
export function given<Target extends object>(values: { [K in keyof Target]: Target[K] | undefined }): Target {
  const isSet = (value: unknown) =>
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isSet(value))) as Target;
}
