/** Versions of launch templates that the service resolves by itself. */
import type { EssArguments } from "./arguments";
import { isFloatingVersion } from "./rules";

/** A warning where the service resolves the version of the launch template by itself. */
export function floatingVersion(args: EssArguments): string | undefined {
  const { desiredConfigurationLaunchTemplateId: template, desiredConfigurationLaunchTemplateVersion: version } = args;
  if (template === undefined || (version !== undefined && !isFloatingVersion(version))) return undefined;
  const left = version === undefined ? "left out" : `\`${version}\``;
  return `\`desiredConfigurationLaunchTemplateVersion\` is ${left}: a new version of the template will not be a change of this program, and nothing can be rolled back. Give the number.`;
}
