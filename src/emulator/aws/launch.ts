import type { InstanceType } from "../../simulation/model";
import { validationError } from "./errors";
import type { LaunchTemplateSpecification, Override } from "./launchConfigurationShapes";
import { fullyFormed, type LaunchCatalog, type LaunchSource, lookUp } from "./launchSource";

/** What one machine is launched from, after every reference has been followed. */
export interface Launch extends InstanceType {
  /** As written in the override; undefined where it has none. */
  readonly weightedCapacity: string | undefined;
  readonly imageId: string;
  /** Whether its user data turns the machine off, so that status checks find it. */
  readonly powersOff: boolean;
  /** With id, name and a numbered version; undefined for a launch configuration. */
  readonly template: Required<LaunchTemplateSpecification> | undefined;
}

/** EC2's own. */
const defaultInstanceType = "m1.small";

/** Every kind of machine that a source launches, of which there is at least one. */
export function launchesOf(source: LaunchSource, catalog: LaunchCatalog): Launch[] {
  const { LaunchConfigurationName: name, LaunchTemplate: template, MixedInstancesPolicy: policy } = source;
  if (name !== undefined) return [launchFromConfiguration(name, catalog)];
  if (template) return [launchFromTemplate(template, {}, catalog)];
  const base = policy?.LaunchTemplate?.LaunchTemplateSpecification;
  // fact: aws-policy-needs-template
  if (!base) throw validationError("The mixed instances policy must contain a launch template.");
  const overrides = policy?.LaunchTemplate?.Overrides ?? [];
  if (overrides.length === 0) return [launchFromTemplate(base, {}, catalog)];
  return overrides.map((override) =>
    launchFromTemplate(override.LaunchTemplateSpecification ?? base, override, catalog),
  );
}

function launchFromConfiguration(name: string, catalog: LaunchCatalog): Launch {
  const found = catalog.launchConfigurations.get(name);
  // fact: aws-launch-configurations
  if (!found)
    throw validationError(
      `Launch configuration name not found - A launch configuration with the name: ${name} does not exist`,
    );
  return {
    name: found.InstanceType ?? defaultInstanceType,
    weight: 1,
    weightedCapacity: undefined,
    imageId: found.ImageId ?? "",
    powersOff: powersOff(found.UserData),
    template: undefined,
  };
}

function launchFromTemplate(
  specification: LaunchTemplateSpecification,
  override: Override,
  catalog: LaunchCatalog,
): Launch {
  const { template, version } = lookUp(specification, catalog);
  const imageId = override.ImageId ?? version.data.ImageId;
  // fact: aws-template-fully-formed
  if (typeof imageId !== "string") throw fullyFormed("The request must contain the parameter ImageId");
  const instanceType = override.InstanceType ?? typeWithin(override) ?? version.data.InstanceType;
  return {
    name: typeof instanceType === "string" ? instanceType : defaultInstanceType,
    weight: Number(override.WeightedCapacity ?? 1),
    weightedCapacity: override.WeightedCapacity,
    imageId,
    powersOff: powersOff(version.data.UserData),
    template: { LaunchTemplateId: template.id, LaunchTemplateName: template.name, Version: String(version.number) },
  };
}

function powersOff(userData: unknown): boolean {
  return typeof userData === "string" && /\bpoweroff\b/.test(Buffer.from(userData, "base64").toString("utf8"));
}

// Which types meet a set of requirements is AWS's knowledge: the first that is allowed by name stands for all of them.
function typeWithin({ InstanceRequirements: requirements }: Override): string | undefined {
  if (!requirements) return undefined;
  return requirements.AllowedInstanceTypes?.find((type) => !type.includes("*")) ?? "m5.large";
}
