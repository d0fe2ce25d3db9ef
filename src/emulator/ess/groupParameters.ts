import { invalidParameter } from "./errors";
import type { Parameters } from "./parameters";
import type { ScalingGroup, Source } from "./state";

export const largestSize = 2000;
export const groupTypes = ["ECS", "ECI"] as const;
const multiAZPolicies = ["PRIORITY", "BALANCE", "COST_OPTIMIZED", "COMPOSABLE"] as const;
const scalingPolicies = ["recycle", "release", "forcerecycle", "forcerelease"] as const;
const healthCheckTypes = ["NONE", "ECS", "ECI", "LOAD_BALANCER"] as const;
const nameRule = { least: 2, most: 64 };

export function checkSizes(minSize: number, maxSize: number, desired: number | undefined): void {
  if (minSize > maxSize) throw invalidParameter("MinSize", "it must not exceed MaxSize");
  if (desired !== undefined && (desired < minSize || desired > maxSize)) {
    throw invalidParameter("DesiredCapacity", "it must be between MinSize and MaxSize");
  }
}

/** What can also be modified: those that are given. */
export function settings(parameters: Parameters) {
  const removalPolicies = parameters.texts("RemovalPolicies");
  const given = {
    name: parameters.text("ScalingGroupName", nameRule),
    multiAZPolicy: parameters.choice("MultiAZPolicy", multiAZPolicies),
    scalingPolicy: parameters.choice("ScalingPolicy", scalingPolicies),
    healthCheckType: parameters.choice("HealthCheckType", healthCheckTypes),
    defaultCooldown: parameters.integer("DefaultCooldown", 0, 86_400),
    removalPolicies: removalPolicies.length > 0 ? removalPolicies : undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<ScalingGroup>;
}

export function readTemplate(parameters: Parameters): Source | undefined {
  const launchTemplateId = parameters.text("LaunchTemplateId");
  if (!launchTemplateId) return undefined;
  return {
    launchTemplateId,
    launchTemplateVersion: parameters.text("LaunchTemplateVersion") ?? "Default",
    overrides: parameters.objects("LaunchTemplateOverrides").map((override) => ({
      instanceType: override.text("InstanceType"),
      weight: override.integer("WeightedCapacity", 1, 500) ?? 1,
    })),
  };
}
