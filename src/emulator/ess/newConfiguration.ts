import type { World } from "../world";
import { EssError, missingParameter } from "./errors";
import type { Parameters } from "./parameters";
import { readContainers } from "./refreshParameters";
import { essState, newId, type ScalingConfiguration, type ScalingGroup } from "./state";

/** Puts a scaling configuration into a group, by the parameters that create one of the group's type. */
export function newConfiguration(
  world: World,
  group: Pick<ScalingGroup, "id" | "type">,
  parameters: Parameters,
  id = newId(world, "asc"),
): ScalingConfiguration {
  const { configurations } = essState(world);
  const name = parameters.text("ScalingConfigurationName", { least: 2, most: 64 }) ?? id;
  if ([...configurations.values()].some((other) => other.groupId === group.id && other.name === name)) {
    throw new EssError("InvalidScalingConfigurationName.Duplicate", 400, `There is a configuration ${name} already.`);
  }
  const configuration: ScalingConfiguration = {
    id,
    groupId: group.id,
    name,
    createdAt: world.now(),
    securityGroupId: parameters.text("SecurityGroupId"),
    ...(group.type === "ECI" ? readEci(parameters) : readEcs(parameters)),
  };
  configurations.set(id, configuration);
  return configuration;
}

type Specific = Pick<ScalingConfiguration, "instanceTypes" | "imageId" | "containers" | "cpu" | "memory">;

function readEcs(parameters: Parameters): Specific {
  const image = parameters.text("ImageId") ?? parameters.text("ImageName") ?? parameters.text("ImageFamily");
  if (!image) throw missingParameter("ImageId");
  const overrides = parameters.objects("InstanceTypeOverrides").map((override) => ({
    name: override.requiredText("InstanceType"),
    weight: override.integer("WeightedCapacity", 1, 500) ?? 1,
  }));
  const names = parameters.texts("InstanceTypes").filter((name) => name !== "");
  const cpu = parameters.integer("Cpu", 1, 1024);
  const memory = parameters.integer("Memory", 1, 100_000);
  // Where the types are chosen by their size, the service draws one: here it is any.
  if (names.length === 0 && cpu !== undefined) names.push("ecs.g7.large");
  const instanceTypes = overrides.length > 0 ? overrides : names.map((name) => ({ name, weight: 1 }));
  if (instanceTypes.length === 0) throw missingParameter("InstanceType");
  return { imageId: image, containers: [], instanceTypes, cpu, memory };
}

const decimal = { pattern: /^\d+(\.\d+)?$/, saying: "it must be a number" };

function readEci(parameters: Parameters): Specific {
  const containers = readContainers(parameters);
  if (containers.length === 0) throw missingParameter("Containers.1.Image");
  const cpu = Number(parameters.text("Cpu", decimal) ?? 2);
  const memory = Number(parameters.text("Memory", decimal) ?? 4);
  return { imageId: undefined, containers, instanceTypes: [{ name: "eci", weight: 1 }], cpu, memory };
}
