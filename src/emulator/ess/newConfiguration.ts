import type { World } from "../world";
import { configurationDefaults, configurationShape } from "./configurationShape";
import { matchingOf } from "./configurations";
import { eciConfigurationShape } from "./eciConfigurationShape";
import { EssError, invalidParameter, missingParameter } from "./errors";
import type { Parameters } from "./parameters";
import { readContainers } from "./refreshParameters";
import { readSettings, type Settings } from "./settings";
import { type Container, essState, newId, type ScalingConfiguration, type ScalingGroup } from "./state";

/** Puts a scaling configuration into a group, by the parameters that create one of the group's type. */
export function newConfiguration(
  world: World,
  group: Pick<ScalingGroup, "id" | "type">,
  parameters: Parameters,
  id = newId(world, "asc"),
): ScalingConfiguration {
  const configuration: ScalingConfiguration = {
    id,
    groupId: group.id,
    createdAt: world.now(),
    name: readName(world, group.id, id, parameters) ?? id,
    instanceTypes: [],
    isWeighted: false,
    imageId: undefined,
    containers: [],
    matching: "",
    settings: group.type === "ECI" ? { Cpu: 2, Memory: 4 } : configurationDefaults,
  };
  change(configuration, group.type, parameters);
  if (group.type === "ECI" && configuration.containers.length === 0) throw missingParameter("Containers.1.Image");
  if (group.type === "ECS" && !configuration.imageId) throw missingParameter("ImageId");
  if (configuration.instanceTypes.length === 0) throw missingParameter("InstanceType");
  configuration.matching = matchingOf(configuration.imageId, configuration.containers);
  essState(world).configurations.set(id, configuration);
  return configuration;
}

/** Changes what the request gives; the instances that were launched before are not compared by it. */
export function modifyConfiguration(
  world: World,
  configuration: ScalingConfiguration,
  type: ScalingGroup["type"],
  parameters: Parameters,
): void {
  const name = readName(world, configuration.groupId, configuration.id, parameters);
  change(configuration, type, parameters);
  if (name !== undefined) configuration.name = name;
}

function readName(world: World, groupId: string, id: string, parameters: Parameters): string | undefined {
  const name = parameters.text("ScalingConfigurationName", { least: 2, most: 64 });
  if (name === undefined) return undefined;
  for (const other of essState(world).configurations.values()) {
    if (other.groupId !== groupId || other.name !== name || other.id === id) continue;
    // fact: ess-names-are-unique
    throw new EssError("InvalidScalingConfigurationName.Duplicate", 400, `There is a configuration ${name} already.`);
  }
  return name;
}

function change(configuration: ScalingConfiguration, type: ScalingGroup["type"], parameters: Parameters): void {
  const changed = type === "ECI" ? readEci(configuration, parameters) : readEcs(configuration, parameters);
  Object.assign(configuration, changed);
}

type Specific = Pick<ScalingConfiguration, "instanceTypes" | "isWeighted" | "imageId" | "containers" | "settings">;

function readEcs(before: ScalingConfiguration, parameters: Parameters): Specific {
  const given = readSettings(parameters, configurationShape);
  const settings = { ...before.settings, ...given, ...readTags(parameters), ...readPassword(parameters) };
  const named = parameters.text("ImageName") || parameters.text("ImageFamily") || undefined;
  const imageId = parameters.text("ImageId") || before.imageId || named;
  return { imageId, containers: [], settings, ...readTypes(before, settings, parameters) };
}

function readTypes(
  { instanceTypes, isWeighted }: ScalingConfiguration,
  settings: Settings,
  parameters: Parameters,
): Pick<ScalingConfiguration, "instanceTypes" | "isWeighted"> {
  const overrides = parameters.objects("InstanceTypeOverrides").map((override) => ({
    name: override.requiredText("InstanceType"),
    weight: override.integer("WeightedCapacity", 1, 500) ?? 1,
  }));
  if (overrides.length > 0) return { instanceTypes: overrides, isWeighted: true };
  const names = parameters.texts("InstanceTypes").filter((name) => name !== "");
  if (names.length > 0) return { instanceTypes: names.map((name) => ({ name, weight: 1 })), isWeighted: false };
  if (instanceTypes.length > 0) return { instanceTypes, isWeighted };
  // Where the types are chosen by their size, the service draws one: here it is any.
  const isChosen = settings.Cpu !== undefined || settings.InstancePatternInfos !== undefined;
  return { instanceTypes: isChosen ? [{ name: "ecs.g7.large", weight: 1 }] : [], isWeighted: false };
}

/** One JSON object here; everywhere else tags are a list. */
function readTags(parameters: Parameters): Settings {
  const text = parameters.text("Tags");
  if (!text) return {};
  let tags: unknown;
  try {
    tags = JSON.parse(text);
  } catch {
    tags = undefined;
  }
  if (typeof tags !== "object" || tags === null) throw invalidParameter("Tags", "it must be a JSON object"); // fact: ess-invalid-parameter
  return { Tags: Object.entries(tags).map(([key, value]) => ({ Key: key, Value: String(value) })) };
}

/** A password is never described, only that there is one. */
function readPassword(parameters: Parameters): Settings {
  return parameters.text("Password") ? { PasswordSetted: true } : {};
}

function readEci(before: ScalingConfiguration, parameters: Parameters): Specific {
  const given = readSettings(parameters, eciConfigurationShape);
  return {
    imageId: undefined,
    containers: readEciContainers(before, parameters),
    settings: { ...before.settings, ...given },
    instanceTypes: [{ name: "eci", weight: 1 }],
    isWeighted: false,
  };
}

/** All of them are replaced, unless the request says that they are updated one by one. */
function readEciContainers({ containers }: ScalingConfiguration, parameters: Parameters): readonly Container[] {
  const given = readContainers(parameters);
  if (given.length === 0) return containers;
  if (parameters.text("ContainersUpdateType") !== "IncrementalUpdate") return given;
  const names = new Set(given.map(({ name }) => name));
  return [...containers.filter(({ name }) => !names.has(name)), ...given];
}
