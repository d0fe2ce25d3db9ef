/** Whether an instance runs a configuration already, as far as the descriptions of both tell. */
import { unmet } from "../../core/definition/equivalence";
import type { EssArguments } from "./arguments";
import { definition } from "./definition";
import type { Container, ScalingGroup, ScalingInstance } from "./requests";
import { isFloatingVersion } from "./rules";

/** Skip matching compares ids; what an image or containers made of an instance, no operation tells. */
export function matches(instance: ScalingInstance, group: ScalingGroup, args: EssArguments): boolean | undefined {
  const {
    desiredConfigurationImageId: image,
    desiredConfigurationContainers: containers,
    desiredConfigurationScalingConfigurationId: configuration,
    desiredConfigurationLaunchTemplateId: template,
    desiredConfigurationLaunchTemplateVersion: version,
  } = args;
  if (image !== undefined || containers !== undefined) return undefined;
  if (configuration !== undefined) return instance.scalingConfigurationId === configuration;
  if (template !== undefined) return runs(instance, template, version);
  if (group.launchTemplateId) return runs(instance, group.launchTemplateId, group.launchTemplateVersion);
  return instance.scalingConfigurationId === group.activeScalingConfigurationId;
}

function runs(instance: ScalingInstance, template: string, version: string | undefined): boolean | undefined {
  if (instance.launchTemplateId !== template) return false;
  return version === undefined || isFloatingVersion(version) ? undefined : instance.launchTemplateVersion === version;
}

/** True when each container that is desired runs as it is asked; what is not asked of it is left as it is. */
export function runsContainers(
  running: readonly Container[],
  desired: NonNullable<EssArguments["desiredConfigurationContainers"]>,
): boolean {
  const name = "desiredConfigurationContainers";
  const echo = desired.map((container) => running.find((each) => each.name === container.name));
  return echo.every((each) => each !== undefined) && unmet(definition.arguments, name, desired, echo).length === 0;
}
