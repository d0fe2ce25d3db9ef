import type { Configuration, InstanceType } from "../../simulation/model";
import { AwsError, validationError } from "./errors";
import type { LaunchConfiguration } from "./groupShapes";
import type { LaunchTemplateSpecification, MixedInstancesPolicy, Override } from "./launchConfigurationShapes";
import type { LaunchTemplates } from "./launchTemplates";

/** What a group or a refresh says that machines are launched from: one of the three. */
export interface LaunchSource {
  readonly LaunchConfigurationName?: string | undefined;
  readonly LaunchTemplate?: LaunchTemplateSpecification | undefined;
  readonly MixedInstancesPolicy?: MixedInstancesPolicy | undefined;
}

/** What one machine is launched from, after every reference has been followed. */
export interface Launch {
  readonly instanceType: string;
  readonly weight: number;
  /** As written in the override; undefined where it has none. */
  readonly weightedCapacity: string | undefined;
  readonly imageId: string;
  /** With id, name and a numbered version; undefined for a launch configuration. */
  readonly template: Required<LaunchTemplateSpecification> | undefined;
}

/** A configuration of the model, and what it was made from. */
export interface ResolvedConfiguration extends Configuration {
  readonly details: { readonly source: LaunchSource; readonly launches: readonly Launch[] };
}

/** Where launch sources are looked up. */
export interface LaunchCatalog {
  readonly launchTemplates: LaunchTemplates;
  readonly launchConfigurations: ReadonlyMap<string, LaunchConfiguration>;
}

/** Part of an image's id that makes every instance launched from it fail its health checks. */
const unhealthyMark = "unhealthy";

/** Not documented: long enough to be seen. */
const launchSeconds = [30, 60] as const;

/**
 * Follows a source to what its machines are launched from now: `$Latest` and `$Default` become numbers.
 *
 * @throws AwsError `ValidationError` when something that it names is not there
 */
export function resolveConfiguration(source: LaunchSource, catalog: LaunchCatalog): ResolvedConfiguration {
  const launches = launchesOf(source, catalog);
  const first = launches[0];
  if (!first)
    throw validationError(
      "Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.",
    );
  return {
    // Skip matching compares template, version, image and instance types, wherever they are written down.
    key: JSON.stringify(
      launches.map(({ template, imageId, instanceType }) => [
        template ? `${template.LaunchTemplateId}:${template.Version}` : source.LaunchConfigurationName,
        imageId,
        instanceType,
      ]),
    ),
    healthy: !launches.some(({ imageId }) => imageId.includes(unhealthyMark)),
    launchSeconds,
    instanceTypes: launches.map(({ instanceType, weight }): InstanceType => ({ name: instanceType, weight })),
    details: { source: completed(source, catalog), launches },
  };
}

/** What a machine of a type was launched from. */
export function launchOf(configuration: Configuration, instanceType: string): Launch | undefined {
  return (configuration as ResolvedConfiguration).details.launches.find(
    (launch) => launch.instanceType === instanceType,
  );
}

function launchesOf(source: LaunchSource, catalog: LaunchCatalog): Launch[] {
  const { LaunchConfigurationName: name, LaunchTemplate: template, MixedInstancesPolicy: policy } = source;
  if (name !== undefined) return [launchFromConfiguration(name, catalog)];
  if (template) return [launchFromTemplate(template, {}, catalog)];
  const base = policy?.LaunchTemplate?.LaunchTemplateSpecification;
  if (policy && !base) throw validationError("The mixed instances policy must contain a launch template.");
  if (!base) return [];
  const overrides = policy.LaunchTemplate?.Overrides ?? [];
  if (overrides.length === 0) return [launchFromTemplate(base, {}, catalog)];
  return overrides.map((override) =>
    launchFromTemplate(override.LaunchTemplateSpecification ?? base, override, catalog),
  );
}

function launchFromConfiguration(name: string, catalog: LaunchCatalog): Launch {
  const found = catalog.launchConfigurations.get(name);
  if (!found)
    throw validationError(
      `Launch configuration name not found - A launch configuration with the name: ${name} does not exist`,
    );
  return {
    instanceType: found.InstanceType ?? "m1.small",
    weight: 1,
    weightedCapacity: undefined,
    imageId: found.ImageId ?? "",
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
  if (typeof imageId !== "string") throw fullyFormed("The request must contain the parameter ImageId");
  const instanceType = override.InstanceType ?? typeWithin(override) ?? version.data.InstanceType;
  return {
    // EC2's own default.
    instanceType: typeof instanceType === "string" ? instanceType : "m1.small",
    weight: Number(override.WeightedCapacity ?? 1),
    weightedCapacity: override.WeightedCapacity,
    imageId,
    template: { LaunchTemplateId: template.id, LaunchTemplateName: template.name, Version: String(version.number) },
  };
}

// Which types meet a set of requirements is AWS's knowledge: the first that is allowed by name stands for all of them.
function typeWithin({ InstanceRequirements: requirements }: Override): string | undefined {
  if (!requirements) return undefined;
  return requirements.AllowedInstanceTypes?.find((type) => !type.includes("*")) ?? "m5.large";
}

function lookUp(specification: LaunchTemplateSpecification, { launchTemplates }: LaunchCatalog) {
  try {
    const template = launchTemplates.find(specification);
    return { template, version: launchTemplates.version(template, specification.Version) };
  } catch (error) {
    throw error instanceof AwsError ? fullyFormed(error.message) : error;
  }
}

const fullyFormed = (message: string) =>
  validationError(`You must use a valid fully-formed launch template. ${message}`);

/** A source as the service gives it back: each template with its id, its name and the version that was asked for. */
function completed(source: LaunchSource, catalog: LaunchCatalog): LaunchSource {
  const complete = (specification: LaunchTemplateSpecification): LaunchTemplateSpecification => {
    const { template } = lookUp(specification, catalog);
    return {
      LaunchTemplateId: template.id,
      LaunchTemplateName: template.name,
      Version: specification.Version ?? "$Default",
    };
  };
  const { LaunchConfigurationName, LaunchTemplate, MixedInstancesPolicy: policy } = source;
  if (LaunchConfigurationName !== undefined) return { LaunchConfigurationName };
  if (LaunchTemplate) return { LaunchTemplate: complete(LaunchTemplate) };
  const { LaunchTemplateSpecification: base, Overrides } = policy?.LaunchTemplate ?? {};
  return {
    MixedInstancesPolicy: {
      ...policy,
      LaunchTemplate: {
        LaunchTemplateSpecification: base && complete(base),
        Overrides: Overrides?.map((override) => ({
          ...override,
          LaunchTemplateSpecification:
            override.LaunchTemplateSpecification && complete(override.LaunchTemplateSpecification),
        })),
      },
    },
  };
}
