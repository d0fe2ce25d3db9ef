/** A task as ESS describes it, in the words of the lifecycle. */

import { type Arguments, type PlannedPauses, type Refresh, type Stage, stageOf } from "../../core/cloud";
import { sensitiveValues } from "../../core/definition/sensitiveValues";
import { toolCommand } from "../../core/lifecycle/commands";
import { plainText } from "../common/plainText";
import { Secrets } from "../common/secrets";
import type { EssArguments } from "./arguments";
import { definition } from "./definition";
import type { InstanceRefreshTask } from "./requests";
import { echoedArguments, given } from "./wire";

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

const DEFAULT_PAUSE_MIN = 60;
const MINUTE_S = 60;

export function refreshOf(task: InstanceRefreshTask, region: string): Refresh {
  const { finishedUpdateCapacity: replaced, totalNeedUpdateCapacity: total } = task;
  const echo = echoedArguments(task);
  const detail = task.detail && said(task.detail, echo);
  const status = plainText(task.status ?? "");
  const stage = stageOf(STATUSES, status);
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
      status === "CheckpointPause" ? (echo.checkpointPauseTime ?? DEFAULT_PAUSE_MIN) * 60_000 : undefined,
    reason: detail ?? (status === "Paused" ? suspendedText(task, region) : undefined),
    replaced,
    total,
    startTime: task.startTime,
    arguments: echo,
    outputs: given<Arguments>({
      detail,
      startTime: task.startTime,
      endTime: task.endTime,
      finishedUpdateCapacity: replaced,
      totalNeedUpdateCapacity: total,
      regionId: task.regionId ?? region,
    }),
    plannedPauses: plannedPauses(echo),
  });
}

/** The service says nothing of it, and it lasts until somebody ends it. */
function suspendedText({ instanceRefreshTaskId: id = "" }: InstanceRefreshTask, region: string): string {
  return `it is suspended, and goes on when somebody resumes it: ${toolCommand("resume", id, "--region", region)}`;
}

/** At 100 percent it pauses like at every other checkpoint; it has no bake time. */
function plannedPauses({
  checkpoints = [],
  checkpointPauseTime = DEFAULT_PAUSE_MIN,
}: Partial<EssArguments>): PlannedPauses {
  return {
    checkpoints: checkpoints.map(({ percentage = 100 }) => percentage / 100),
    checkpointSeconds: checkpointPauseTime * MINUTE_S,
    bakeSeconds: 0,
    goal: 1,
  };
}

/** The cloud's words, which may tell how a container was started. */
export function said(detail: string, echo: Arguments): string {
  return plainText(new Secrets(...sensitiveValues(definition.arguments, echo)).scrub(detail));
}
