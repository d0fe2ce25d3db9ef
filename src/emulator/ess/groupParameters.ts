import { invalidParameter } from "./errors";
import type { Parameters } from "./parameters";
import { readNumber } from "./settings";
import type { ScalingGroup, Source } from "./state";

// fact: ess-group-sizes
export const largestSize = 2000;
export const groupTypes = ["ECS", "ECI"] as const;
const multiAZPolicies = ["PRIORITY", "BALANCE", "COST_OPTIMIZED", "COMPOSABLE"] as const;
const scalingPolicies = ["recycle", "release", "forcerecycle", "forcerelease"] as const;
const healthCheckTypes = ["NONE", "ECS", "ECI", "LOAD_BALANCER"] as const;
const nameRule = {
  least: 2, // fact: ess-names
  most: 64, // fact: ess-names
};

export function checkSizes(minSize: number, maxSize: number, desired: number | undefined): void {
  if (minSize > maxSize) throw invalidParameter("MinSize", "it must not exceed MaxSize"); // fact: ess-group-sizes
  if (desired !== undefined && (desired < minSize || desired > maxSize)) {
    // fact: ess-group-sizes
    throw invalidParameter("DesiredCapacity", "it must be between MinSize and MaxSize");
  }
}

/** What can also be modified: those that are given. */
export function settings(parameters: Parameters): Partial<ScalingGroup> {
  const lists = (name: string) => (parameters.has(name) ? parameters.texts(name) : undefined);
  const given = {
    name: parameters.text("ScalingGroupName", nameRule),
    multiAZPolicy: parameters.choice("MultiAZPolicy", multiAZPolicies),
    scalingPolicy: parameters.choice("ScalingPolicy", scalingPolicies),
    healthCheckTypes: readHealthCheckTypes(parameters),
    defaultCooldown: parameters.integer("DefaultCooldown", 0, 86_400),
    removalPolicies: lists("RemovalPolicies"),
    vSwitchIds: lists("VSwitchIds"),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Asked for with a single one, or with several. The element of their list has the name of the single parameter. */
function readHealthCheckTypes(parameters: Parameters): readonly string[] | undefined {
  const several = parameters.texts("HealthCheckTypes").filter((type) => type !== "");
  for (const [index, type] of several.entries()) {
    if (!healthCheckTypes.some((known) => known === type)) {
      // fact: ess-health-check-types
      throw invalidParameter(`HealthCheckTypes.${index + 1}`, `it must be one of ${healthCheckTypes.join(", ")}`);
    }
  }
  return several.length > 0 ? several : undefined;
}

export function readTemplate(parameters: Parameters): Source | undefined {
  const launchTemplateId = parameters.text("LaunchTemplateId");
  if (!launchTemplateId) return undefined;
  return {
    launchTemplateId,
    launchTemplateVersion: parameters.text("LaunchTemplateVersion") || "Default",
    overrides: parameters.objects("LaunchTemplateOverrides").map((override) => ({
      instanceType: override.text("InstanceType"),
      weight: override.integer("WeightedCapacity", 1, 500) ?? 1,
      spotPriceLimit: readNumber(override, "SpotPriceLimit"),
    })),
  };
}
