import type { Refresh, RefreshStatus } from "../../simulation/model";
import type { Members } from "./answers";
import type { AutoScalingGroup } from "./region";

/** The service's word for each state of the model. */
const statuses: Readonly<Record<RefreshStatus, string>> = {
  Pending: "Pending", // fact: aws-status-pending
  InProgress: "InProgress", // fact: aws-status-in-progress
  CheckpointPause: "InProgress", // fact: aws-status-checkpoint
  Baking: "Baking", // fact: aws-status-baking
  Cancelling: "Cancelling", // fact: aws-status-cancelling
  RollbackInProgress: "RollbackInProgress", // fact: aws-status-rollback-in-progress
  Successful: "Successful", // fact: aws-status-successful
  Failed: "Failed", // fact: aws-status-failed
  Cancelled: "Cancelled", // fact: aws-status-cancelled
  RollbackSuccessful: "RollbackSuccessful", // fact: aws-status-rollback-successful
  RollbackFailed: "RollbackFailed", // fact: aws-status-rollback-failed
  // Only ESS suspends a refresh.
  Paused: "InProgress", // fact: aws-status-in-progress
};

export function answeredRefresh(refresh: Refresh, group: AutoScalingGroup): Members {
  const { progress, rollback } = refresh;
  const request = group.refreshRequests.get(refresh.id);
  const details = progressDetails(refresh);
  return {
    InstanceRefreshId: refresh.id,
    AutoScalingGroupName: group.settings.AutoScalingGroupName,
    Status: statuses[refresh.status],
    StatusReason: refresh.reason || undefined,
    StartTime: wholeSecond(refresh.begunTime),
    EndTime: wholeSecond(refresh.endTime),
    PercentageComplete: progress.percentage,
    InstancesToUpdate: progress.instancesToUpdate,
    ProgressDetails: details,
    Preferences: request?.Preferences as Members | undefined,
    DesiredConfiguration: request?.DesiredConfiguration as Members | undefined,
    Strategy: request?.Strategy,
    RollbackDetails: rollback && {
      RollbackReason: rollback.reason,
      RollbackStartTime: wholeSecond(rollback.startTime),
      PercentageCompleteOnRollback: rollback.percentageOnRollback,
      InstancesToUpdateOnRollback: rollback.instancesToUpdateOnRollback,
    },
  };
}

/** Of a group with a warm pool: the instances in service, and those of the pool. */
function progressDetails({ progress: { percentage, instancesToUpdate, warmPool } }: Refresh): Members | undefined {
  if (!warmPool) return undefined;
  return {
    LivePoolProgress: {
      PercentageComplete: percentage,
      InstancesToUpdate: Math.max(0, instancesToUpdate - warmPool.instancesToUpdate),
    },
    WarmPoolProgress: { PercentageComplete: warmPool.percentage, InstancesToUpdate: warmPool.instancesToUpdate },
  };
}

function wholeSecond(time: number | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(Math.floor(time / 1000) * 1000);
}
