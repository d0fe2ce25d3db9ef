/** Written by `npm run generate` from the definition in `arguments.ts`: change that, and run it again. */
import type { InstanceRefreshState } from "./types";

/** Names of everything that the resource answers. */
export const outputNames = [
  "scalingGroupId",
  "desiredConfigurationImageId",
  "desiredConfigurationScalingConfigurationId",
  "desiredConfigurationLaunchTemplateId",
  "desiredConfigurationLaunchTemplateVersion",
  "desiredConfigurationLaunchTemplateOverrides",
  "desiredConfigurationContainers",
  "minHealthyPercentage",
  "maxHealthyPercentage",
  "skipMatching",
  "checkpoints",
  "checkpointPauseTime",
  "status",
  "requestedStatus",
  "echoed",
  "percentageComplete",
  "startTime",
  "endTime",
  "detail",
  "finishedUpdateCapacity",
  "totalNeedUpdateCapacity",
  "regionId",
] as const satisfies readonly (keyof InstanceRefreshState)[];
