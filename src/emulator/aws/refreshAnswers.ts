import type { Refresh, RefreshStatus } from "../../simulation/model";
import type { Members } from "./answers";
import type { AutoScalingGroup } from "./region";

/** The service's word for each state of the model. */
const statuses: Readonly<Record<RefreshStatus, string>> = {
  Pending: "Pending",
  InProgress: "InProgress",
  // A refresh that waits at a checkpoint is in progress, and says so in its reason.
  CheckpointPause: "InProgress",
  Baking: "Baking",
  Cancelling: "Cancelling",
  RollbackInProgress: "RollbackInProgress",
  Successful: "Successful",
  Failed: "Failed",
  Cancelled: "Cancelled",
  RollbackSuccessful: "RollbackSuccessful",
  RollbackFailed: "RollbackFailed",
  // Only ESS suspends a refresh.
  Paused: "InProgress",
};

export function answeredRefresh(refresh: Refresh, group: AutoScalingGroup): Members {
  const { progress, rollback } = refresh;
  const request = group.refreshRequests.get(refresh.id);
  return {
    InstanceRefreshId: refresh.id,
    AutoScalingGroupName: group.settings.AutoScalingGroupName,
    Status: statuses[refresh.status],
    StatusReason: refresh.reason || undefined,
    StartTime: new Date(refresh.startTime),
    EndTime: refresh.endTime === undefined ? undefined : new Date(refresh.endTime),
    // All replaced is not complete: while it bakes, an alarm can still fail it.
    PercentageComplete: refresh.status === "Successful" ? 100 : Math.min(progress.percentage, 99),
    InstancesToUpdate: progress.instancesToUpdate,
    Preferences: request?.Preferences as Members | undefined,
    DesiredConfiguration: request?.DesiredConfiguration as Members | undefined,
    Strategy: refresh.strategy,
    RollbackDetails: rollback && {
      RollbackReason: rollback.reason,
      RollbackStartTime: new Date(rollback.startTime),
      PercentageCompleteOnRollback: rollback.percentageOnRollback,
      InstancesToUpdateOnRollback: rollback.instancesToUpdateOnRollback,
    },
  };
}
