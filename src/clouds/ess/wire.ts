/** Between the program's flat arguments and the request of StartInstanceRefresh. */
import type { EssArguments } from "./arguments";
import { given } from "./refresh";
import type { DesiredConfiguration, RefreshOptions } from "./requests";

/** The arguments of the program as the request has them; nothing is filled in. */
export function startOptions(args: EssArguments): RefreshOptions {
  const desiredConfiguration = given<DesiredConfiguration>({
    imageId: args.desiredConfigurationImageId,
    scalingConfigurationId: args.desiredConfigurationScalingConfigurationId,
    launchTemplateId: args.desiredConfigurationLaunchTemplateId,
    launchTemplateVersion: args.desiredConfigurationLaunchTemplateVersion,
    launchTemplateOverrides: args.desiredConfigurationLaunchTemplateOverrides,
    containers: args.desiredConfigurationContainers,
  });
  const { minHealthyPercentage, maxHealthyPercentage, skipMatching, checkpoints, checkpointPauseTime } = args;
  return given({
    minHealthyPercentage,
    maxHealthyPercentage,
    skipMatching,
    checkpoints,
    checkpointPauseTime,
    desiredConfiguration,
  });
}
