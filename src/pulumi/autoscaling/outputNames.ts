/** Written by `npm run generate` from the definition in `arguments.ts`: change that, and run it again. */
import type { InstanceRefreshState } from "./types";

/** Names of everything that the resource answers. */
export const outputNames = [
  "autoscalingGroupName",
  "strategy",
  "desiredConfiguration",
  "preferences",
  "status",
  "requestedStatus",
  "echoed",
  "percentageComplete",
  "startTime",
  "endTime",
  "instanceRefreshId",
  "statusReason",
  "instancesToUpdate",
  "progressDetails",
  "rollbackDetails",
  "region",
  "account",
] as const satisfies readonly (keyof InstanceRefreshState)[];
