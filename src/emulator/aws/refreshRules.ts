import { launchTemplateRefusals, mixedInstancesRefusals, type Refusal } from "./launchConfigurationRules";
import type { MixedInstancesPolicy } from "./launchConfigurationShapes";
import type { DesiredConfiguration, Preferences, StartInstanceRefresh } from "./refreshShapes";

/** What StartInstanceRefresh refuses, given what the group launches from. */
export function refreshRefusals(request: StartInstanceRefresh, policy: MixedInstancesPolicy | undefined): Refusal[] {
  const { DesiredConfiguration: desired, Preferences: preferences = {} } = request;
  const usesRequirements = hasRequirements(policy);
  return [
    ...preferencesRefusals(preferences),
    ...(desired ? desiredConfigurationRefusals(desired) : []),
    [
      usesRequirements && preferences.SkipMatching === true,
      "SkipMatching is not supported for an Auto Scaling group that uses InstanceRequirements.",
    ],
    [
      (usesRequirements && desired !== undefined) || hasRequirements(desired?.MixedInstancesPolicy),
      "A desired configuration is not supported for an Auto Scaling group that uses InstanceRequirements.",
    ],
    ...(request.Strategy === "ReplaceRootVolume" ? replaceRootVolumeRefusals(desired, policy) : []),
  ];
}

function preferencesRefusals(preferences: Preferences): Refusal[] {
  const { MinHealthyPercentage: min, MaxHealthyPercentage: max, CheckpointPercentages: percentages } = preferences;
  return [
    [
      max !== undefined && min === undefined,
      "If you specify MaxHealthyPercentage, you must also specify MinHealthyPercentage.",
    ],
    [
      max !== undefined && min !== undefined && max - min > 100,
      "The difference between MinHealthyPercentage and MaxHealthyPercentage cannot be greater than 100.",
    ],
    [
      percentages?.some((percentage, index) => index > 0 && percentage <= (percentages[index - 1] ?? 0)) ?? false,
      "CheckpointPercentages must be unique and in ascending order.",
    ],
    [
      preferences.CheckpointDelay !== undefined && !percentages?.length,
      "If you specify CheckpointDelay, you must also specify CheckpointPercentages.",
    ],
  ];
}

function desiredConfigurationRefusals(desired: DesiredConfiguration): Refusal[] {
  const { LaunchTemplate: template, MixedInstancesPolicy: policy } = desired;
  return [
    [
      (template === undefined) === (policy === undefined),
      "The desired configuration must contain either LaunchTemplate or MixedInstancesPolicy.",
    ],
    ...(template ? launchTemplateRefusals(template) : []),
    ...(policy ? mixedInstancesRefusals(policy) : []),
  ];
}

function replaceRootVolumeRefusals(
  desired: DesiredConfiguration | undefined,
  policy: MixedInstancesPolicy | undefined,
): Refusal[] {
  const overrides = desired?.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? [];
  return [
    [
      policy === undefined,
      "The ReplaceRootVolume strategy requires an Auto Scaling group with a MixedInstancesPolicy.",
    ],
    [
      desired?.MixedInstancesPolicy === undefined,
      "The ReplaceRootVolume strategy requires a desired configuration with a MixedInstancesPolicy.",
    ],
    [
      overrides.length === 0 || overrides.some(({ ImageId }) => ImageId === undefined),
      "The ReplaceRootVolume strategy requires an ImageId in every override of the MixedInstancesPolicy.",
    ],
  ];
}

function hasRequirements(policy: MixedInstancesPolicy | undefined): boolean {
  return (
    policy?.LaunchTemplate?.Overrides?.some(({ InstanceRequirements }) => InstanceRequirements !== undefined) ?? false
  );
}
