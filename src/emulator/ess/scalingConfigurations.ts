import type { Members } from "./answers";
import { containerMembers } from "./containerMembers";
import { EssError, invalidParameter, missingParameter } from "./errors";
import { minutes, type Operation, page } from "./operation";
import type { Parameters } from "./parameters";
import { readContainers } from "./refreshParameters";
import {
  essState,
  findGroup,
  newId,
  type ScalingConfiguration,
  type ScalingGroup,
  saveRefreshed,
  sourceOf,
} from "./state";

/** The scaling group finds the region: RegionId is not asked for. */
function creating(type: ScalingGroup["type"], read: (parameters: Parameters) => Specific): Operation {
  return {
    needsRegion: false,
    run: (parameters, world) => {
      const group = findGroup(world, parameters.requiredText("ScalingGroupId"));
      if (group.type !== type) {
        throw invalidParameter("ScalingGroupId", `its type is ${group.type}, and the configuration is for ${type}`);
      }
      const { configurations } = essState(world);
      const id = newId(world, "asc");
      const name = parameters.text("ScalingConfigurationName", { least: 2, most: 64 }) ?? id;
      if ([...configurations.values()].some((other) => other.groupId === group.id && other.name === name)) {
        throw new EssError(
          "InvalidScalingConfigurationName.Duplicate",
          400,
          `There is a configuration ${name} already.`,
        );
      }
      configurations.set(id, {
        id,
        groupId: group.id,
        name,
        createdAt: world.now(),
        securityGroupId: parameters.text("SecurityGroupId"),
        ...read(parameters),
      });
      return { ScalingConfigurationId: id };
    },
  };
}

type Specific = Pick<ScalingConfiguration, "instanceTypes" | "imageId" | "containers" | "cpu" | "memory">;

const createEcs = creating("ECS", (parameters) => {
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
});

const createEci = creating("ECI", (parameters) => {
  const containers = readContainers(parameters);
  if (containers.length === 0) throw missingParameter("Containers.1.Image");
  const cpu = Number(parameters.text("Cpu", decimal) ?? 2);
  const memory = Number(parameters.text("Memory", decimal) ?? 4);
  return { imageId: undefined, containers, instanceTypes: [{ name: "eci", weight: 1 }], cpu, memory };
});

const decimal = { pattern: /^\d+(\.\d+)?$/, saying: "it must be a number" };

function describing(type: ScalingGroup["type"], specific: (configuration: ScalingConfiguration) => Members): Operation {
  return {
    needsRegion: true,
    run: (parameters, world) => {
      const { configurations, groups } = essState(world);
      for (const group of groups.values()) saveRefreshed(world, group);
      const groupId = parameters.text("ScalingGroupId");
      const ids = parameters.texts("ScalingConfigurationIds");
      const names = parameters.texts("ScalingConfigurationNames");
      const wanted = [...configurations.values()].filter(
        (configuration) =>
          groups.get(configuration.groupId)?.type === type &&
          (!groupId || configuration.groupId === groupId) &&
          (ids.length === 0 || ids.includes(configuration.id)) &&
          (names.length === 0 || names.includes(configuration.name)),
      );
      const { items, paging } = page(parameters, wanted);
      const isActive = ({ id, groupId: owner }: ScalingConfiguration) => {
        const source = sourceOf(groups.get(owner)?.group.configuration) ?? groups.get(owner)?.active;
        return source !== undefined && "scalingConfigurationId" in source && source.scalingConfigurationId === id;
      };
      return {
        ...paging,
        ScalingConfigurations: items.map((configuration) => ({
          ScalingConfigurationId: configuration.id,
          ScalingConfigurationName: configuration.name,
          ScalingGroupId: configuration.groupId,
          LifecycleState: isActive(configuration) ? "Active" : "Inactive",
          CreationTime: minutes(configuration.createdAt),
          SecurityGroupId: configuration.securityGroupId,
          Cpu: configuration.cpu,
          Memory: configuration.memory,
          ...specific(configuration),
        })),
      };
    },
  };
}

export const scalingConfigurationOperations: Readonly<Record<string, Operation>> = {
  CreateScalingConfiguration: createEcs,
  CreateEciScalingConfiguration: createEci,
  DescribeScalingConfigurations: describing("ECS", ({ imageId, instanceTypes }) => ({
    ImageId: imageId,
    InstanceType: instanceTypes[0]?.name,
    InstanceTypes: instanceTypes.map(({ name }) => name),
    WeightedCapacities: instanceTypes.map(({ weight }) => `${weight}`),
  })),
  DescribeEciScalingConfigurations: describing("ECI", ({ containers }) => ({
    Containers: containers.map(containerMembers),
  })),
};
