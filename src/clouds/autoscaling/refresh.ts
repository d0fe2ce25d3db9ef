/** A refresh as EC2 Auto Scaling describes it, in the words of the lifecycle. */
import type { InstanceRefresh, RefreshPreferences } from "@aws-sdk/client-auto-scaling";
import { type Arguments, isActive, type PlannedPauses, type Refresh, type Stage, stageOf } from "../../core/cloud";
import { plainText, withPlainTexts } from "../common/plainText";
import { idOf } from "./ids";
import { echoedArguments, toProgram } from "./wire";

const HOUR_S = 3_600;

/** Every status, and where it stands. Baking is not the end: alarms can still fail the refresh. */
export const STATUSES: Readonly<Record<string, Stage>> = {
  Pending: "running",
  InProgress: "running",
  Baking: "running",
  Cancelling: "cancelling",
  RollbackInProgress: "rollingBack",
  Successful: "successful",
  Failed: "failed",
  Cancelled: "cancelled",
  RollbackSuccessful: "rolledBack",
  RollbackFailed: "rollbackFailed",
};

/** A described refresh of a group. */
export function refreshOf(
  described: InstanceRefresh,
  group: string,
  home: { region: string; account: string | undefined },
): Refresh {
  const status = plainText(described.Status ?? "");
  const stage = stageOf(STATUSES, status);
  const { PercentageComplete: percentage, Preferences: preferences, RollbackDetails: rollback } = described;
  // Both fields often say the same.
  const reasons = new Set([described.StatusReason, rollback?.RollbackReason].filter(Boolean));
  const reason = plainText([...reasons].join(" "));
  const startTime = described.StartTime?.toISOString();
  return {
    id: idOf(group, described.InstanceRefreshId ?? ""),
    group,
    status,
    stage,
    ended: !isActive(stage),
    // During a rollback the percentage goes back: it does not tell how far that is.
    ...(percentage === undefined || stage === "rollingBack" ? {} : { fraction: percentage / 100 }),
    ...(status === "Baking" && preferences?.BakeTime ? { pauseMilliseconds: preferences.BakeTime * 1000 } : {}),
    ...(status === "Baking" ? { isBaking: true } : {}),
    ...(described.InstancesToUpdate === undefined ? {} : { notBegun: described.InstancesToUpdate }),
    ...(rollback?.PercentageCompleteOnRollback === undefined
      ? {}
      : { fractionAtRollback: rollback.PercentageCompleteOnRollback / 100 }),
    ...(reason ? { reason } : {}),
    ...(startTime ? { startTime } : {}),
    arguments: echoedArguments(described) as Arguments,
    outputs: outputsOf(described, home),
    plannedPauses: plannedPauses(preferences),
  };
}

/** At the last checkpoint it does not pause: it ends. */
function plannedPauses({
  CheckpointPercentages = [],
  CheckpointDelay = HOUR_S,
  BakeTime = 0,
}: RefreshPreferences = {}): PlannedPauses {
  return {
    checkpoints: CheckpointPercentages.slice(0, -1).map((percentage) => percentage / 100),
    checkpointSeconds: CheckpointDelay,
    bakeSeconds: BakeTime,
    goal: (CheckpointPercentages.at(-1) ?? 100) / 100,
  };
}

function outputsOf(described: InstanceRefresh, home: { region: string; account: string | undefined }): Arguments {
  const { InstanceRefreshId, StatusReason, PercentageComplete, InstancesToUpdate } = described;
  const { StartTime, EndTime, ProgressDetails, RollbackDetails } = described;
  const outputs = toProgram({
    InstanceRefreshId,
    StatusReason,
    PercentageComplete,
    InstancesToUpdate,
    StartTime,
    EndTime,
    ProgressDetails,
    RollbackDetails,
  });
  return {
    ...withPlainTexts(outputs as Arguments),
    region: home.region,
    ...(home.account ? { account: home.account } : {}),
  };
}
