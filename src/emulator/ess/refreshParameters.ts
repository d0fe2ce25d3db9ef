import type { Members } from "./answers";
import { matchingOf, sourceFrom } from "./configurations";
import { containerMembers } from "./containerMembers";
import { containerShape } from "./eciConfigurationShape";
import { invalidParameter, noSuchConfiguration, unsupportedGroup } from "./errors";
import type { Parameters } from "./parameters";
import { readSettings } from "./settings";
import type { Container, EssState, ReadPreferences, ScalingGroup, Source } from "./state";

/** The desired configuration as it was given, and where instances would come from. */
export interface Desired {
  readonly source: Source;
  readonly irreversible: string | undefined;
  /** As a described task gives it back. */
  readonly given: Members;
}

const choices = ["ImageId", "ScalingConfigurationId", "LaunchTemplateId", "Containers"] as const;

/** Undefined: the active configuration. */
export function readDesired(
  state: EssState,
  group: ScalingGroup,
  active: Source,
  parameters: Parameters,
): Desired | undefined {
  const desired = parameters.object("DesiredConfiguration");
  if (!desired) return undefined;
  const given = choices.filter((name) => desired.has(name));
  if (given.length > 1) {
    // fact: ess-one-desired-configuration
    throw invalidParameter("DesiredConfiguration", `${given.join(" and ")} exclude one another`);
  }
  for (const name of ["LaunchTemplateVersion", "LaunchTemplateOverrides"]) {
    if (desired.has(name) && given[0] !== "LaunchTemplateId") {
      // fact: ess-overrides-need-template
      throw invalidParameter(`DesiredConfiguration.${name}`, "it needs LaunchTemplateId");
    }
  }
  switch (given[0]) {
    case "ImageId":
      return fromImage(active, desired.requiredText("ImageId"));
    case "ScalingConfigurationId":
      return fromConfiguration(state, group, desired.requiredText("ScalingConfigurationId"));
    case "LaunchTemplateId":
      return fromTemplate(group, desired);
    case "Containers":
      return fromContainers(group, active, readContainers(desired));
    default:
      return undefined;
  }
}

function fromImage(active: Source, imageId: string): Desired {
  if ("launchTemplateId" in active) {
    // fact: ess-image-and-template
    throw invalidParameter("DesiredConfiguration.ImageId", "the active configuration comes from a launch template");
  }
  const matching = matchingOf(imageId, active.containers);
  return { source: { ...active, imageId, matching }, irreversible: undefined, given: { ImageId: imageId } };
}

function fromConfiguration(state: EssState, group: ScalingGroup, id: string): Desired {
  const configuration = state.configurations.get(id);
  if (configuration?.groupId !== group.id) throw noSuchConfiguration(id);
  return {
    source: sourceFrom(configuration),
    irreversible: undefined,
    given: { ScalingConfigurationId: id },
  };
}

/** Overrides of a refresh have no weights: a type keeps the one that it has in the group. */
function fromTemplate(group: ScalingGroup, desired: Parameters): Desired {
  const version = desired.text("LaunchTemplateVersion", {
    pattern: /^(\d+|Default|Latest)$/,
    // fact: ess-template-versions
    saying: "it must be a number, Default or Latest",
  });
  const launchTemplateId = desired.requiredText("LaunchTemplateId");
  const launchTemplateVersion = version ?? "Default";
  const active = group.active && "overrides" in group.active ? group.active.overrides : [];
  const overrides = desired.objects("LaunchTemplateOverrides").map((override) => {
    const instanceType = override.text("InstanceType");
    const known = active.find((each) => each.instanceType === instanceType);
    return { instanceType, weight: known?.weight ?? 1, spotPriceLimit: known?.spotPriceLimit };
  });
  return {
    source: { launchTemplateId, launchTemplateVersion, overrides },
    // fact: ess-template-irreversible
    irreversible: /^\d+$/.test(launchTemplateVersion)
      ? undefined
      : "A task whose launch template version is Default or Latest cannot be rolled back.",
    given: {
      LaunchTemplateId: launchTemplateId,
      LaunchTemplateVersion: version,
      LaunchTemplateOverrides: overrides.map(({ instanceType }) => ({ InstanceType: instanceType })),
    },
  };
}

/** Only containers that the group has by that name are changed; without an image they keep theirs. */
function fromContainers(group: ScalingGroup, active: Source, containers: readonly Container[]): Desired {
  if (group.type !== "ECI") throw unsupportedGroup("Containers are for scaling groups of the type ECI."); // fact: ess-containers-of-eci
  if ("launchTemplateId" in active) {
    // fact: ess-image-and-template
    throw invalidParameter("DesiredConfiguration.Containers", "the active configuration comes from a launch template");
  }
  const changed = new Map(containers.map((container) => [container.name, container]));
  const change = (container: Container) => {
    const to = container.name === undefined ? undefined : changed.get(container.name);
    return to ? { ...to, image: to.image ?? container.image, settings: container.settings } : container;
  };
  const desired = active.containers.map(change);
  return {
    source: { ...active, containers: desired, matching: matchingOf(active.imageId, desired) },
    irreversible: undefined,
    given: { Containers: containers.map(containerMembers) },
  };
}

export function readContainers(parameters: Parameters): Container[] {
  return parameters.objects("Containers").map((container) => {
    const commands = container.texts("Commands", { most: 256 });
    const args = container.texts("Args");
    if (commands.length > 20) throw invalidParameter("Containers.N.Commands", "there may be at most 20"); // fact: ess-container-limits
    if (args.length > 10) throw invalidParameter("Containers.N.Args", "there may be at most 10"); // fact: ess-container-limits
    return {
      name: container.text("Name"),
      image: container.text("Image"),
      settings: readSettings(container, containerShape),
      commands,
      args,
      environmentVars: container.objects("EnvironmentVars").map((variable) => ({
        key: variable.text("Key", {
          pattern: /^[A-Za-z_][A-Za-z0-9_]{0,127}$/,
          // fact: ess-environment
          saying: "it must be 1 to 128 letters, digits and underscores, and not begin with a digit",
        }),
        value: variable.text("Value", { most: 256 }),
        fieldRefFieldPath: variable.text("FieldRefFieldPath"),
      })),
    };
  });
}

export function readPreferences(parameters: Parameters): ReadPreferences {
  const checkpoints = parameters
    .objects("Checkpoints")
    .map((checkpoint) => checkpoint.requiredInteger("Percentage", 1, 100));
  for (const [index, percentage] of checkpoints.entries()) {
    if (percentage <= (checkpoints[index - 1] ?? 0)) {
      // fact: ess-checkpoints-ascend
      throw invalidParameter(`Checkpoints.${index + 1}.Percentage`, "the percentages must ascend");
    }
  }
  if (checkpoints.length > 0 && checkpoints.at(-1) !== 100) {
    // fact: ess-checkpoints-end
    throw invalidParameter(`Checkpoints.${checkpoints.length}.Percentage`, "the last must be 100");
  }
  return {
    minHealthyPercentage: parameters.integer("MinHealthyPercentage", 0, 100) ?? 80,
    maxHealthyPercentage: parameters.integer("MaxHealthyPercentage", 100, 200) ?? 120,
    skipMatching: parameters.boolean("SkipMatching") ?? true,
    checkpoints,
    checkpointPauseSeconds: 60 * (parameters.integer("CheckpointPauseTime", 1, 2880) ?? 60),
    strategy: parameters.text("Strategy"),
  };
}
