/** The options of the command line in the names of the resource. */
import { type Arguments, OptionError, type RefreshOptions } from "../../core/cloud";
import { given } from "./wire";

const SECONDS_PER_MINUTE = 60;

/** @throws OptionError when an option is not for this cloud */
export function argumentsOf(group: string, args: Arguments, options: RefreshOptions): Arguments {
  for (const name of ["warmup", "bake"] as const)
    if (options[name] !== undefined) throw new OptionError(`--${name} is not for groups of Alibaba Cloud ESS.`);
  return {
    ...args,
    ...given<Arguments>({
      scalingGroupId: group,
      minHealthyPercentage: options.min,
      maxHealthyPercentage: options.max,
      skipMatching: options.skipMatching,
      checkpoints: options.checkpoints?.map((percentage) => ({ percentage })),
      checkpointPauseTime: options.pause === undefined ? undefined : options.pause / SECONDS_PER_MINUTE,
      desiredConfigurationImageId: options.image,
      desiredConfigurationScalingConfigurationId: options.scalingConfiguration,
      desiredConfigurationLaunchTemplateId: options.launchTemplate,
      desiredConfigurationLaunchTemplateVersion: options.launchTemplateVersion,
    }),
  };
}
