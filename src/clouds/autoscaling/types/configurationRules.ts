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
  name: string,
  source: string,
  check: (desired: NonNullable<AutoScalingArguments["desiredConfiguration"]>) => Iterable<ValidationIssue>,
): Rule<AutoScalingArguments> {
  return {
    name,
    reads: ["desiredConfiguration"],
    source,
    check: ({ desiredConfiguration: desired }) => (desired ? check(desired) : []),
  };
}

/** A rule that is asked for each override. */
function overrideRule(
  name: string,
  source: string,
  check: (override: Override, path: string) => Iterable<ValidationIssue>,
) {
  return rule(name, source, function* (desired) {
    for (const [index, override] of overridesOf(desired).entries()) yield* check(override, `${OVERRIDES}[${index}]`);
  });
}

/** A rule that is asked for each set of instance requirements. */
function requirementsRule(
  name: string,
  check: (requirements: Requirements, path: string) => Iterable<ValidationIssue>,
) {
  return overrideRule(name, "InstanceRequirements", ({ instanceRequirements }, path) =>
    instanceRequirements ? check(instanceRequirements, `${path}.instanceRequirements`) : [],
  );
}

export const configurationRules: readonly Rule<AutoScalingArguments>[] = [
  rule("one desired configuration", "DesiredConfiguration", function* ({ launchTemplate, mixedInstancesPolicy }) {
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
  }),
  rule("a launch template for a mixed instances policy", "MixedInstancesPolicy", function* ({ mixedInstancesPolicy }) {
    if (mixedInstancesPolicy && mixedInstancesPolicy.launchTemplate?.launchTemplateSpecification === undefined)
      yield issue(
        `${POLICY}.launchTemplate.launchTemplateSpecification`,
        undefined,
        "name the launch template that instances are launched from",
      );
  }),
  rule("a launch template by id or by name", "LaunchTemplateSpecification", function* (desired) {
    for (const { path, id, name, spelling } of templatesOf(desired)) {
      if ((id === undefined) !== (name === undefined)) continue;
      const [byId, byName] = spelling.map((property) => `\`${property}\``);
      const property = `desiredConfiguration.${path}`;
      const wrong = id === undefined ? "names no launch template" : `has both ${byId} and ${byName}`;
      yield { property, reason: `\`${property}\` ${wrong}; set one of ${byId} and ${byName}` };
    }
  }),
  overrideRule("an instance type or requirements", "LaunchTemplateOverrides", function* (override, path) {
    if (override.instanceType !== undefined && override.instanceRequirements !== undefined)
      yield issue(
        `${path}.instanceType`,
        override.instanceType,
        "leave it out, or the `instanceRequirements` beside it",
      );
  }),
  rule("weights on all overrides or on none", "LaunchTemplateOverrides", function* (desired) {
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
  rule("at most 40 instance types", "LaunchTemplateOverrides", function* (desired) {
    const types = new Set(overridesOf(desired).flatMap(({ instanceType }) => instanceType ?? []));
    if (types.size > LIMITS.types) yield tooMany(`${types.size} instance types`, LIMITS.types);
  }),
  rule("at most 20 launch templates", "LaunchTemplateOverrides", function* (desired) {
    const templates = new Set([...templatesOf(desired)].map(({ id, name }) => id ?? name));
    if (templates.size > LIMITS.templates) yield tooMany(`${templates.size} launch templates`, LIMITS.templates);
  }),
  rule("at most four sets of requirements", "LaunchTemplateOverrides", function* (desired) {
    const sets = overridesOf(desired).filter(({ instanceRequirements }) => instanceRequirements !== undefined).length;
    if (sets > LIMITS.requirements) yield tooMany(`${sets} sets of instance requirements`, LIMITS.requirements);
  }),
  requirementsRule("vCPUs and memory in every set of requirements", function* (requirements, path) {
    for (const name of ["vcpuCount", "memoryMib"] as const) {
      if (requirements[name]?.min === undefined)
        yield issue(`${path}.${name}.min`, undefined, "it must be a whole number of at least 0");
    }
  }),
  requirementsRule("ranges that begin below their end", function* (requirements, path) {
    for (const [name, value] of Object.entries(requirements)) {
      const { min, max } = value as { min?: number; max?: number };
      if (min !== undefined && max !== undefined && min > max)
        yield issue(`${path}.${name}.min`, min, `it must be at most \`max\`, ${max}`);
    }
  }),
  requirementsRule("types that are allowed or types that are left out", function* (requirements, path) {
    if (requirements.allowedInstanceTypes !== undefined && requirements.excludedInstanceTypes !== undefined)
      yield issue(
        `${path}.excludedInstanceTypes`,
        requirements.excludedInstanceTypes,
        "leave it out, or the `allowedInstanceTypes` beside it",
      );
  }),
  requirementsRule("one price protection for Spot Instances", function* (requirements, path) {
    const { spotMaxPricePercentageOverLowestPrice: over, maxSpotPriceAsPercentageOfOptimalOnDemandPrice: of } =
      requirements;
    if (over !== undefined && of !== undefined)
      yield issue(
        `${path}.spotMaxPricePercentageOverLowestPrice`,
        over,
        "leave it out, or the `maxSpotPriceAsPercentageOfOptimalOnDemandPrice` beside it",
      );
  }),
  rule("no priorities among instance requirements", "InstancesDistribution", function* (desired) {
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
  }),
  rule("Spot pools for the lowest price only", "InstancesDistribution", function* (desired) {
    const { spotInstancePools: pools, spotAllocationStrategy: strategy } =
      desired.mixedInstancesPolicy?.instancesDistribution ?? {};
    if (pools && strategy !== undefined && strategy !== "lowest-price")
      yield issue(
        `${POLICY}.instancesDistribution.spotInstancePools`,
        pools,
        `leave it out: it goes with the \`spotAllocationStrategy\` \`lowest-price\`, not with \`${strategy}\``,
      );
  }),
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
