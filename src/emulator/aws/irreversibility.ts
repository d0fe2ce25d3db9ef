import type { ResolvedConfiguration } from "./configuration";
import type { LaunchTemplateSpecification } from "./launchConfigurationShapes";
import type { LaunchSource } from "./launchSource";

/**
 * Why a refresh could not be rolled back; undefined where it could. It is what the group has *saved* that decides: a
 * desired `$Latest` is no obstacle. The documents do not say so, but what would be returned to is known then.
 */
export function irreversibility(
  saved: ResolvedConfiguration["details"],
  desired: ResolvedConfiguration | undefined,
): string | undefined {
  // fact: aws-rollback-refused
  if (!desired) return "There is no desired configuration specified for the instance refresh.";
  // fact: aws-rollback-refused
  if (templatesOf(saved.source).some(({ Version }) => Version === "$Latest" || Version === "$Default"))
    return "The Auto Scaling group uses the $Latest or $Default version of a launch template.";
  // fact: aws-rollback-refused
  if (saved.launches.some(({ imageId }) => imageId.startsWith("resolve:ssm:")))
    return "The Auto Scaling group has a launch template that uses a Systems Manager parameter instead of an AMI ID.";
  return undefined;
}

function templatesOf({ LaunchTemplate, MixedInstancesPolicy: policy }: LaunchSource): LaunchTemplateSpecification[] {
  const { LaunchTemplateSpecification: base, Overrides = [] } = policy?.LaunchTemplate ?? {};
  return [LaunchTemplate, base, ...Overrides.map((override) => override.LaunchTemplateSpecification)].filter(
    (template) => template !== undefined,
  );
}
