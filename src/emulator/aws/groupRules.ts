import type { GroupChanges } from "./groupShapes";
import { launchTemplateRefusals, mixedInstancesRefusals, type Refusal } from "./launchConfigurationRules";
import type { LaunchSource } from "./launchSource";

export interface Sizes {
  readonly min: number;
  readonly max: number;
  readonly desired: number;
}

export function sizeRefusals({ min, max, desired }: Sizes): Refusal[] {
  return [
    // fact: aws-group-sizes
    [max < min, `Max bound, ${max}, must be greater than or equal to min bound, ${min}`],
    // fact: aws-group-sizes
    [
      desired < min || desired > max,
      `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
    ],
  ];
}

export function sourceRefusals(source: LaunchSource): Refusal[] {
  const given = [source.LaunchConfigurationName, source.LaunchTemplate, source.MixedInstancesPolicy];
  return [
    // fact: aws-group-one-source
    [
      given.filter((one) => one !== undefined).length !== 1,
      "Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.",
    ],
    ...(source.LaunchTemplate ? launchTemplateRefusals(source.LaunchTemplate) : []),
    ...(source.MixedInstancesPolicy ? mixedInstancesRefusals(source.MixedInstancesPolicy) : []),
  ];
}

export function settingsRefusals(settings: Omit<GroupChanges, "MinSize" | "MaxSize">): Refusal[] {
  const { MinHealthyPercentage: min, MaxHealthyPercentage: max } = settings.InstanceMaintenancePolicy ?? {};
  const given = settings.InstanceMaintenancePolicy !== undefined;
  return [
    // fact: aws-group-names
    [settings.AutoScalingGroupName.includes(":"), "The name of an Auto Scaling group must not contain a colon."],
    // fact: aws-not-negative
    [(settings.HealthCheckGracePeriod ?? 0) < 0, "HealthCheckGracePeriod must not be negative."],
    // fact: aws-not-negative
    [(settings.DefaultCooldown ?? 0) < 0, "DefaultCooldown must not be negative."],
    // fact: aws-maintenance-policy
    [
      given && (min === undefined || max === undefined || (min === -1) !== (max === -1)),
      "Both MinHealthyPercentage and MaxHealthyPercentage must be specified in the InstanceMaintenancePolicy.",
    ],
    // fact: aws-maintenance-policy
    [given && max !== -1 && (max ?? 0) < 100, "MaxHealthyPercentage must be in the range of 100-200."],
    // fact: aws-maintenance-policy
    [
      given && (max ?? 0) - (min ?? 0) > 100,
      "The difference between MinHealthyPercentage and MaxHealthyPercentage cannot be greater than 100.",
    ],
  ];
}
