/** The launch templates that a configuration names, in whichever of their two spellings, and where. */
import type { z } from "zod";
import { isFloating, type launchTemplate } from "./launchTemplate";
import type { mixedInstancesPolicy } from "./mixedInstancesPolicy";

/** What instances run: desired by the arguments, or saved on a group. */
export interface Configuration {
  launchTemplate?: z.infer<typeof launchTemplate> | undefined;
  mixedInstancesPolicy?: z.infer<typeof mixedInstancesPolicy> | undefined;
}

/** A launch template as it is named. */
export interface Template {
  /** Where, within the configuration: `launchTemplate`, `mixedInstancesPolicy.launchTemplate.overrides[0].…`. */
  path: string;
  id: string | undefined;
  name: string | undefined;
  version: string | number | undefined;
  /** Names of the properties that hold id and name. */
  spelling: readonly [id: string, name: string];
}

/** Every launch template of a configuration. */
export function* templatesOf(configuration: Configuration): Iterable<Template> {
  const { launchTemplate, mixedInstancesPolicy } = configuration;
  if (launchTemplate) {
    const { id, name, version } = launchTemplate;
    yield { path: "launchTemplate", id, name, version, spelling: ["id", "name"] };
  }
  const within = "mixedInstancesPolicy.launchTemplate";
  const policy = mixedInstancesPolicy?.launchTemplate;
  const specifications = [
    { path: `${within}.launchTemplateSpecification`, specification: policy?.launchTemplateSpecification },
    ...(policy?.overrides ?? []).map((override, index) => ({
      path: `${within}.overrides[${index}].launchTemplateSpecification`,
      specification: override.launchTemplateSpecification,
    })),
  ];
  for (const { path, specification } of specifications) {
    if (!specification) continue;
    const { launchTemplateId: id, launchTemplateName: name, version } = specification;
    yield { path, id, name, version, spelling: ["launchTemplateId", "launchTemplateName"] };
  }
}

/** True when the configuration says by number what every instance launches from: nothing floats, nothing is left to the group. */
export function isExplicit(configuration: Configuration): boolean {
  const { launchTemplate, mixedInstancesPolicy } = configuration;
  const { launchTemplateSpecification, overrides = [] } = mixedInstancesPolicy?.launchTemplate ?? {};
  const own = overrides.length > 0 && overrides.every((override) => override.launchTemplateSpecification !== undefined);
  const named = launchTemplate !== undefined || launchTemplateSpecification !== undefined || own;
  return named && ![...templatesOf(configuration)].some(({ version }) => isFloating(version));
}

/** A template in a few words, for messages. */
export function templateText({ id, name, version }: Template): string {
  return `version ${version === undefined ? "`$Default`" : `\`${version}\``} of launch template ${name ?? id ?? "?"}`;
}
