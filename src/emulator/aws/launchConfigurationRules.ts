import { validationError } from "./errors";
import type { LaunchTemplateSpecification, MixedInstancesPolicy, Override } from "./launchConfigurationShapes";

/** A condition that a request must not meet, and what the service says when it does. */
export type Refusal = readonly [refused: boolean, message: string];

/** @throws AwsError `ValidationError` with the first refusal */
export function refuse(refusals: Iterable<Refusal>): void {
  for (const [refused, message] of refusals) if (refused) throw validationError(message);
}

export function launchTemplateRefusals(template: LaunchTemplateSpecification): Refusal[] {
  const version = template.Version;
  return [
    // fact: aws-template-named
    [
      (template.LaunchTemplateId === undefined) === (template.LaunchTemplateName === undefined),
      "Valid requests must contain either LaunchTemplateId or LaunchTemplateName",
    ],
    // fact: aws-template-reference
    [
      version !== undefined && !/^(\$Latest|\$Default|[1-9]\d*)$/.test(version),
      "Invalid launch template version: either '$Default', '$Latest', or a numeric version are allowed.",
    ],
  ];
}

const onDemandStrategies = ["lowest-price", "prioritized"];
const spotStrategies = [
  "lowest-price",
  "capacity-optimized",
  "capacity-optimized-prioritized",
  "price-capacity-optimized",
];

export function mixedInstancesRefusals(policy: MixedInstancesPolicy): Refusal[] {
  const template = policy.LaunchTemplate?.LaunchTemplateSpecification;
  const overrides = policy.LaunchTemplate?.Overrides ?? [];
  const distribution = policy.InstancesDistribution ?? {};
  const weighted = overrides.filter(({ WeightedCapacity }) => WeightedCapacity !== undefined);
  const required = overrides.filter(({ InstanceRequirements }) => InstanceRequirements !== undefined);
  const pools = distribution.SpotInstancePools;
  const percentage = distribution.OnDemandPercentageAboveBaseCapacity ?? 100;
  return [
    ...[template, ...overrides.map(({ LaunchTemplateSpecification }) => LaunchTemplateSpecification)].flatMap((used) =>
      used ? launchTemplateRefusals(used) : [],
    ),
    // fact: aws-overrides-limit
    [overrides.length > 40, "You can specify up to 40 instance types per Auto Scaling group."],
    // fact: aws-weights
    [
      weighted.some(({ WeightedCapacity }) => !/^[1-9]\d{0,2}$/.test(WeightedCapacity ?? "")),
      "WeightedCapacity must be a whole number from 1 to 999.",
    ],
    // fact: aws-weights
    [
      weighted.length > 0 && weighted.length < overrides.length,
      "If you specify a value for WeightedCapacity for one instance type, you must specify it for all of them.",
    ],
    // fact: aws-requirements
    [
      required.length > 0 && overrides.some(({ InstanceType }) => InstanceType !== undefined),
      "You can't specify InstanceType when you specify InstanceRequirements.",
    ],
    // fact: aws-requirements
    [required.length > 4, "You can specify up to four sets of instance requirements per Auto Scaling group."],
    // fact: aws-requirements
    [required.some(namesAllowedAndExcluded), "You can't specify both AllowedInstanceTypes and ExcludedInstanceTypes."],
    [
      !isOneOf(onDemandStrategies, distribution.OnDemandAllocationStrategy),
      `Invalid OnDemandAllocationStrategy. Valid values: ${onDemandStrategies.join(", ")}`,
    ],
    // fact: aws-requirements
    [
      required.length > 0 && distribution.OnDemandAllocationStrategy === "prioritized",
      "The OnDemandAllocationStrategy prioritized can't be used with InstanceRequirements.",
    ],
    [
      !isOneOf(spotStrategies, distribution.SpotAllocationStrategy),
      `Invalid SpotAllocationStrategy. Valid values: ${spotStrategies.join(", ")}`,
    ],
    // fact: aws-requirements
    [
      required.length > 0 && distribution.SpotAllocationStrategy === "capacity-optimized-prioritized",
      "The SpotAllocationStrategy capacity-optimized-prioritized can't be used with InstanceRequirements.",
    ],
    // fact: aws-spot-pools
    [pools !== undefined && (pools < 1 || pools > 20), "SpotInstancePools must be in the range of 1-20."],
    // fact: aws-spot-pools
    [
      pools !== undefined && (distribution.SpotAllocationStrategy ?? "lowest-price") !== "lowest-price",
      "SpotInstancePools is only available with the lowest-price SpotAllocationStrategy.",
    ],
    // fact: aws-not-negative
    [(distribution.OnDemandBaseCapacity ?? 0) < 0, "OnDemandBaseCapacity must not be negative."],
    // fact: aws-on-demand
    [percentage < 0 || percentage > 100, "OnDemandPercentageAboveBaseCapacity must be in the range of 0-100."],
  ];
}

function namesAllowedAndExcluded({ InstanceRequirements: requirements }: Override): boolean {
  return requirements?.AllowedInstanceTypes !== undefined && requirements.ExcludedInstanceTypes !== undefined;
}

function isOneOf(values: readonly string[], value: string | undefined): boolean {
  return value === undefined || values.includes(value);
}
