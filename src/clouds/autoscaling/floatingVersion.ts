/** Versions of launch templates that the service resolves by itself. */
import type { AutoScalingArguments } from "./arguments";
import { isFloating } from "./types/launchTemplate";
import { templatesOf, templateText } from "./types/templates";

/** A warning where the service resolves the version of a launch template by itself. */
export function floatingVersion({ desiredConfiguration = {} }: AutoScalingArguments): string | undefined {
  const template = [...templatesOf(desiredConfiguration)].find(({ version }) => isFloating(version));
  if (!template) return undefined;
  return `\`desiredConfiguration\` asks for ${templateText(template)}: a new version of the template will not be a change of this program, and a success saves it on the group, after which nothing can be rolled back. Give the number, such as \`template.latestVersion\`.`;
}
