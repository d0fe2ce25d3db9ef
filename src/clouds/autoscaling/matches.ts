/** Whether an instance runs a configuration already, as far as the descriptions of both tell. */
import type { AutoScalingGroup, Instance } from "@aws-sdk/client-auto-scaling";
import { isFloating } from "./types/launchTemplate";
import { type Configuration, type Template, templatesOf } from "./types/templates";
import { savedConfiguration } from "./wire";

/** @returns undefined when that is not known, as with a version that the service resolves */
export function matches(
  instance: Instance,
  group: AutoScalingGroup,
  desired: Configuration | undefined,
): boolean | undefined {
  const configuration = desired ?? savedConfiguration(group);
  const templates = [...templatesOf(configuration)];
  if (templates.length === 0) return instance.LaunchConfigurationName === group.LaunchConfigurationName;
  const overrides = configuration.mixedInstancesPolicy?.launchTemplate?.overrides ?? [];
  const types = overrides.map(({ instanceType }) => instanceType);
  if (overrides.length > 0 && !types.includes(instance.InstanceType)) {
    return types.every((type) => type !== undefined) ? false : undefined;
  }
  const found = templates.map((template) => runs(instance, template));
  return found.includes(true) ? true : found.includes(undefined) ? undefined : false;
}

function runs({ LaunchTemplate: used }: Instance, { id, name, version }: Template): boolean | undefined {
  const isSame =
    used !== undefined && (id === undefined ? name === used.LaunchTemplateName : id === used.LaunchTemplateId);
  if (!isSame) return false;
  return isFloating(version) ? undefined : String(version) === used.Version;
}
