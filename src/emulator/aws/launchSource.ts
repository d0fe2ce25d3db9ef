import { AwsError, validationError } from "./errors";
import type { LaunchConfiguration } from "./groupShapes";
import type { LaunchTemplateSpecification, MixedInstancesPolicy } from "./launchConfigurationShapes";
import type { LaunchTemplate, LaunchTemplates, LaunchTemplateVersion } from "./launchTemplates";

/** What a group or a refresh says that machines are launched from: one of the three. */
export interface LaunchSource {
  readonly LaunchConfigurationName?: string | undefined;
  readonly LaunchTemplate?: LaunchTemplateSpecification | undefined;
  readonly MixedInstancesPolicy?: MixedInstancesPolicy | undefined;
}

/** Where launch sources are looked up. */
export interface LaunchCatalog {
  readonly launchTemplates: LaunchTemplates;
  readonly launchConfigurations: ReadonlyMap<string, LaunchConfiguration>;
}

/** @throws AwsError `ValidationError` when there is no such template, or no such version */
export function lookUp(
  specification: LaunchTemplateSpecification,
  { launchTemplates }: LaunchCatalog,
): { template: LaunchTemplate; version: LaunchTemplateVersion } {
  try {
    const template = launchTemplates.find(specification);
    return { template, version: launchTemplates.version(template, specification.Version) };
  } catch (error) {
    throw error instanceof AwsError ? fullyFormed(error.message) : error;
  }
}

// fact: aws-template-fully-formed
export const fullyFormed = (message: string) =>
  validationError(`You must use a valid fully-formed launch template. ${message}`);

/** A source as the service gives it back: each template with its id, its name and the version that was asked for. */
export function completed(source: LaunchSource, catalog: LaunchCatalog): LaunchSource {
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
