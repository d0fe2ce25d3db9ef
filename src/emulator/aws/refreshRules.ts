import { launchTemplateRefusals, mixedInstancesRefusals, type Refusal } from "./launchConfigurationRules";
import type { MixedInstancesPolicy } from "./launchConfigurationShapes";
import type { LaunchSource } from "./launchSource";
import type { DesiredConfiguration, Preferences, StartInstanceRefresh } from "./refreshShapes";

/** What StartInstanceRefresh looks at beside the request. */
export interface RefreshedGroup {
  /** What it launches from. */
  readonly source: LaunchSource;
  /** The types of its instances. */
  readonly instanceTypes: readonly string[];
  readonly hasWarmPool: boolean;
}

/** What StartInstanceRefresh refuses. */
export function refreshRefusals(request: StartInstanceRefresh, group: RefreshedGroup): Refusal[] {
  const { DesiredConfiguration: desired, Preferences: preferences = {} } = request;
  const policy = group.source.MixedInstancesPolicy;
  const usesRequirements = hasRequirements(policy);
  return [
    ...preferencesRefusals(preferences),
    ...(desired ? desiredConfigurationRefusals(desired) : []),
    // fact: aws-requirements-refresh
    [
      usesRequirements && preferences.SkipMatching === true,
      "SkipMatching is not supported for an Auto Scaling group that uses InstanceRequirements.",
    ],
    [
      group.source.LaunchConfigurationName !== undefined && preferences.SkipMatching === true,
      // fact: aws-skip-matching-launch-configuration
      "SkipMatching is not supported for an Auto Scaling group that uses a launch configuration.",
    ],
    // fact: aws-requirements-refresh
    [
      (usesRequirements && desired !== undefined) || hasRequirements(desired?.MixedInstancesPolicy),
      "A desired configuration is not supported for an Auto Scaling group that uses InstanceRequirements.",
    ],
    ...(request.Strategy === "ReplaceRootVolume" ? replaceRootVolumeRefusals(desired, group) : []),
  ];
}

function preferencesRefusals(preferences: Preferences): Refusal[] {
  const { MinHealthyPercentage: min, MaxHealthyPercentage: max, CheckpointPercentages: percentages } = preferences;
  return [
    // fact: aws-max-needs-min
    [
      max !== undefined && min === undefined,
      "If you specify MaxHealthyPercentage, you must also specify MinHealthyPercentage.",
    ],
    // fact: aws-healthy-range
    [
      max !== undefined && min !== undefined && max - min > 100,
      "The difference between MinHealthyPercentage and MaxHealthyPercentage cannot be greater than 100.",
    ],
    // fact: aws-checkpoints-ascend
    [
      percentages?.some((percentage, index) => index > 0 && percentage <= (percentages[index - 1] ?? 0)) ?? false,
      "CheckpointPercentages must be unique and in ascending order.",
    ],
    // fact: aws-delay-needs-checkpoints
    [
      preferences.CheckpointDelay !== undefined && !percentages?.length,
      "If you specify CheckpointDelay, you must also specify CheckpointPercentages.",
    ],
  ];
}

function desiredConfigurationRefusals(desired: DesiredConfiguration): Refusal[] {
  const { LaunchTemplate: template, MixedInstancesPolicy: policy } = desired;
  return [
    // fact: aws-one-desired
    [
      (template === undefined) === (policy === undefined),
      "The desired configuration must contain either LaunchTemplate or MixedInstancesPolicy.",
    ],
    ...(template ? launchTemplateRefusals(template) : []),
    ...(policy ? mixedInstancesRefusals(policy) : []),
  ];
}

function replaceRootVolumeRefusals(desired: DesiredConfiguration | undefined, group: RefreshedGroup): Refusal[] {
  const policy = group.source.MixedInstancesPolicy;
  const overrides = desired?.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? [];
  const types = policy?.LaunchTemplate?.Overrides?.map(({ InstanceType }) => InstanceType) ?? [];
  const strange = group.instanceTypes.find((type) => !types.includes(type));
  const moving = [policy, desired?.MixedInstancesPolicy].some((each) => each && followsVersions(each));
  return [
    // fact: aws-root-volume-policy
    [
      policy === undefined,
      "The ReplaceRootVolume strategy requires an Auto Scaling group with a MixedInstancesPolicy.",
    ],
    // fact: aws-root-volume-policy
    [
      desired?.MixedInstancesPolicy === undefined,
      "The ReplaceRootVolume strategy requires a desired configuration with a MixedInstancesPolicy.",
    ],
    [
      moving,
      // fact: aws-root-volume-versions
      "The ReplaceRootVolume strategy does not support the $Latest or $Default version of a launch template.",
    ],
    [
      policy !== undefined && strange !== undefined,
      // fact: aws-root-volume-types
      `The ReplaceRootVolume strategy requires every instance to have a type of the MixedInstancesPolicy: ${strange} is not one.`,
    ],
    [
      group.hasWarmPool,
      // fact: aws-root-volume-warm-pool
      "The ReplaceRootVolume strategy does not support an Auto Scaling group with a warm pool.",
    ],
    // fact: aws-root-volume-policy
    [
      overrides.length === 0 || overrides.some(({ ImageId }) => ImageId === undefined),
      "The ReplaceRootVolume strategy requires an ImageId in every override of the MixedInstancesPolicy.",
    ],
  ];
}

/** Whether a template of the policy is `$Latest` or `$Default`, which a version that is left out means too. */
function followsVersions({ LaunchTemplate: template }: MixedInstancesPolicy): boolean {
  return [
    template?.LaunchTemplateSpecification,
    ...(template?.Overrides ?? []).map((override) => override.LaunchTemplateSpecification),
  ].some((each) => each && (each.Version === undefined || each.Version.startsWith("$")));
}

function hasRequirements(policy: MixedInstancesPolicy | undefined): boolean {
  return (
    policy?.LaunchTemplate?.Overrides?.some(({ InstanceRequirements }) => InstanceRequirements !== undefined) ?? false
  );
}
