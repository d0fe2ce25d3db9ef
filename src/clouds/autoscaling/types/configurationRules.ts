/** Rules of a desired configuration. */
import { issue, type Rule, type ValidationIssue } from "../../../core/definition/arguments";
import type { AutoScalingArguments } from "../arguments";
import { templatesOf } from "./templates";

type Policy = NonNullable<NonNullable<AutoScalingArguments["desiredConfiguration"]>["mixedInstancesPolicy"]>;
type Override = NonNullable<NonNullable<Policy["launchTemplate"]>["overrides"]>[number];
type Requirements = NonNullable<Override["instanceRequirements"]>;

const POLICY = "desiredConfiguration.mixedInstancesPolicy";
const OVERRIDES = `${POLICY}.launchTemplate.overrides`;

const LIMITS = { types: 40, templates: 20, requirements: 4 };

/** A rule that reads the desired configuration only. */
function rule(
  text: string,
  source: string,
  check: (desired: NonNullable<AutoScalingArguments["desiredConfiguration"]>) => Iterable<ValidationIssue>,
): Rule<AutoScalingArguments> {
  return {
    text,
    reads: ["desiredConfiguration"],
    source,
    check: ({ desiredConfiguration: desired }) => (desired ? check(desired) : []),
  };
}

/** A rule that is asked for each override. */
function overrideRule(
  text: string,
  source: string,
  check: (override: Override, path: string) => Iterable<ValidationIssue>,
) {
  return rule(text, source, function* (desired) {
    for (const [index, override] of overridesOf(desired).entries()) yield* check(override, `${OVERRIDES}[${index}]`);
  });
}

/** A rule that is asked for each set of instance requirements. */
function requirementsRule(
  text: string,
  check: (requirements: Requirements, path: string) => Iterable<ValidationIssue>,
) {
  return overrideRule(text, "InstanceRequirements", ({ instanceRequirements }, path) =>
    instanceRequirements ? check(instanceRequirements, `${path}.instanceRequirements`) : [],
  );
}

export const configurationRules: readonly Rule<AutoScalingArguments>[] = [
  rule(
    "`desiredConfiguration` has either `launchTemplate` or `mixedInstancesPolicy`.",
    "DesiredConfiguration",
    function* ({ launchTemplate, mixedInstancesPolicy }) {
      if (launchTemplate && mixedInstancesPolicy) {
        yield {
          property: POLICY,
          reason: `\`${POLICY}\` is set beside \`desiredConfiguration.launchTemplate\`; set one of them: they exclude one another`,
        };
      }
      if (!launchTemplate && !mixedInstancesPolicy) {
        yield issue(
          "desiredConfiguration",
          {},
          "set its `launchTemplate` or its `mixedInstancesPolicy`, or leave it out",
        );
      }
    },
  ),
  rule(
    "`mixedInstancesPolicy` needs a `launchTemplateSpecification`.",
    "MixedInstancesPolicy",
    function* ({ mixedInstancesPolicy }) {
      if (mixedInstancesPolicy && mixedInstancesPolicy.launchTemplate?.launchTemplateSpecification === undefined)
        yield issue(
          `${POLICY}.launchTemplate.launchTemplateSpecification`,
          undefined,
          "name the launch template that instances are launched from",
        );
    },
  ),
  rule("A launch template has either an id or a name.", "LaunchTemplateSpecification", function* (desired) {
    for (const { path, id, name, spelling } of templatesOf(desired)) {
      if ((id === undefined) !== (name === undefined)) continue;
      const [byId, byName] = spelling.map((property) => `\`${property}\``);
      const property = `desiredConfiguration.${path}`;
      const wrong = id === undefined ? "names no launch template" : `has both ${byId} and ${byName}`;
      yield { property, reason: `\`${property}\` ${wrong}; set one of ${byId} and ${byName}` };
    }
  }),
  overrideRule(
    "An override has either `instanceType` or `instanceRequirements`.",
    "LaunchTemplateOverrides",
    function* (override, path) {
      if (override.instanceType !== undefined && override.instanceRequirements !== undefined)
        yield issue(
          `${path}.instanceType`,
          override.instanceType,
          "leave it out, or the `instanceRequirements` beside it",
        );
    },
  ),
  rule("Either all overrides have a `weightedCapacity`, or none has.", "LaunchTemplateOverrides", function* (desired) {
    const overrides = overridesOf(desired);
    if (!overrides.some(({ weightedCapacity }) => weightedCapacity !== undefined)) return;
    for (const [index, { weightedCapacity }] of overrides.entries()) {
      if (weightedCapacity === undefined)
        yield issue(
          `${OVERRIDES}[${index}].weightedCapacity`,
          weightedCapacity,
          "other overrides have one: set it on all of them, or on none",
        );
    }
  }),
  rule("The overrides name at most 40 instance types.", "LaunchTemplateOverrides", function* (desired) {
    const types = new Set(overridesOf(desired).flatMap(({ instanceType }) => instanceType ?? []));
    if (types.size > LIMITS.types) yield tooMany(`${types.size} instance types`, LIMITS.types);
  }),
  rule("The overrides name at most 20 launch templates.", "LaunchTemplateOverrides", function* (desired) {
    const templates = new Set([...templatesOf(desired)].map(({ id, name }) => id ?? name));
    if (templates.size > LIMITS.templates) yield tooMany(`${templates.size} launch templates`, LIMITS.templates);
  }),
  rule("At most four overrides have `instanceRequirements`.", "LaunchTemplateOverrides", function* (desired) {
    const sets = overridesOf(desired).filter(({ instanceRequirements }) => instanceRequirements !== undefined).length;
    if (sets > LIMITS.requirements) yield tooMany(`${sets} sets of instance requirements`, LIMITS.requirements);
  }),
  requirementsRule("`instanceRequirements` need `vcpuCount.min` and `memoryMib.min`.", function* (requirements, path) {
    for (const name of ["vcpuCount", "memoryMib"] as const) {
      if (requirements[name]?.min === undefined)
        yield issue(`${path}.${name}.min`, undefined, "it must be a whole number of at least 0");
    }
  }),
  requirementsRule("In a range of `instanceRequirements`, `min` is at most `max`.", function* (requirements, path) {
    for (const [name, value] of Object.entries(requirements)) {
      const { min, max } = value as { min?: number; max?: number };
      if (min !== undefined && max !== undefined && min > max)
        yield issue(`${path}.${name}.min`, min, `it must be at most \`max\`, ${max}`);
    }
  }),
  requirementsRule(
    "`instanceRequirements` have `allowedInstanceTypes` or `excludedInstanceTypes`, not both.",
    function* (requirements, path) {
      if (requirements.allowedInstanceTypes !== undefined && requirements.excludedInstanceTypes !== undefined)
        yield issue(
          `${path}.excludedInstanceTypes`,
          requirements.excludedInstanceTypes,
          "leave it out, or the `allowedInstanceTypes` beside it",
        );
    },
  ),
  requirementsRule(
    "`instanceRequirements` have `spotMaxPricePercentageOverLowestPrice` or `maxSpotPriceAsPercentageOfOptimalOnDemandPrice`, not both.",
    function* (requirements, path) {
      const { spotMaxPricePercentageOverLowestPrice: over, maxSpotPriceAsPercentageOfOptimalOnDemandPrice: of } =
        requirements;
      if (over !== undefined && of !== undefined)
        yield issue(
          `${path}.spotMaxPricePercentageOverLowestPrice`,
          over,
          "leave it out, or the `maxSpotPriceAsPercentageOfOptimalOnDemandPrice` beside it",
        );
    },
  ),
  rule(
    "The allocation strategies `prioritized` and `capacity-optimized-prioritized` do not support `instanceRequirements`.",
    "InstancesDistribution",
    function* (desired) {
      if (!usesRequirements(desired)) return;
      const distribution = desired.mixedInstancesPolicy?.instancesDistribution;
      const priorities = {
        onDemandAllocationStrategy: "prioritized",
        spotAllocationStrategy: "capacity-optimized-prioritized",
      } as const;
      for (const [name, value] of Object.entries(priorities)) {
        if (distribution?.[name as keyof typeof priorities] === value)
          yield issue(
            `${POLICY}.instancesDistribution.${name}`,
            value,
            "it cannot be combined with `instanceRequirements`: choose another",
          );
      }
    },
  ),
  rule(
    "`spotInstancePools` needs the `spotAllocationStrategy` `lowest-price`.",
    "InstancesDistribution",
    function* (desired) {
      const { spotInstancePools: pools, spotAllocationStrategy: strategy } =
        desired.mixedInstancesPolicy?.instancesDistribution ?? {};
      if (pools && strategy !== undefined && strategy !== "lowest-price")
        yield issue(
          `${POLICY}.instancesDistribution.spotInstancePools`,
          pools,
          `leave it out: it goes with the \`spotAllocationStrategy\` \`lowest-price\`, not with \`${strategy}\``,
        );
    },
  ),
];

function overridesOf({ mixedInstancesPolicy }: NonNullable<AutoScalingArguments["desiredConfiguration"]>): Override[] {
  return mixedInstancesPolicy?.launchTemplate?.overrides ?? [];
}

/** True when instance types are chosen by their attributes. */
export function usesRequirements(configuration: NonNullable<AutoScalingArguments["desiredConfiguration"]>): boolean {
  return overridesOf(configuration).some(({ instanceRequirements }) => instanceRequirements !== undefined);
}

function tooMany(what: string, most: number): ValidationIssue {
  return { property: OVERRIDES, reason: `\`${OVERRIDES}\` has ${what}; it must have at most ${most}` };
}
