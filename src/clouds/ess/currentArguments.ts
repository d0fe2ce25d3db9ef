/** The arguments of a refresh to what a group launches from now: what a new program for the group begins with. */
import type { EssArguments } from "./arguments";
import type { SizedScalingGroup } from "./requests";

export function currentArguments(scalingGroupId: string, group: SizedScalingGroup): EssArguments {
  const { launchTemplateId: template, launchTemplateVersion: version, activeScalingConfigurationId: active } = group;
  return {
    scalingGroupId,
    ...(template
      ? {
          desiredConfigurationLaunchTemplateId: template,
          ...(version ? { desiredConfigurationLaunchTemplateVersion: version } : {}),
        }
      : active
        ? { desiredConfigurationScalingConfigurationId: active }
        : {}),
    minHealthyPercentage: 90,
    maxHealthyPercentage: 110,
    skipMatching: true,
  };
}
