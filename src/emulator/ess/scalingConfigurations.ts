import { setConfiguration } from "../../simulation/capacity";
import type { World } from "../world";
import type { Members } from "./answers";
import { configurationFrom, sourceFrom } from "./configurations";
import { containerMembers } from "./containerMembers";
import { EssError, invalidParameter } from "./errors";
import { modifyConfiguration, newConfiguration } from "./newConfiguration";
import { minutes, type Operation, page } from "./operation";
import {
  essState,
  findConfiguration,
  findGroup,
  type ScalingConfiguration,
  type ScalingGroup,
  saveRefreshed,
} from "./state";

type Type = ScalingGroup["type"];

/** The scaling group finds the region: RegionId is not asked for. */
function creating(type: Type): Operation {
  return {
    needsRegion: false,
    run: (parameters, world) => {
      const group = findGroup(world, parameters.requiredText("ScalingGroupId"));
      if (group.type !== type) {
        // fact: ess-configuration-of-type
        throw invalidParameter("ScalingGroupId", `its type is ${group.type}, and the configuration is for ${type}`);
      }
      return { ScalingConfigurationId: newConfiguration(world, group, parameters).id };
    },
  };
}

/** The group launches from the changed configuration from now on, when it is the active one. */
function modifying(type: Type): Operation {
  return {
    needsRegion: false,
    run: (parameters, world) => {
      const configuration = findConfiguration(world, parameters.requiredText("ScalingConfigurationId"));
      const group = essState(world).groups.get(configuration.groupId);
      if (group?.type !== type) throw invalidParameter("ScalingConfigurationId", `it is not one of a group of ${type}`); // fact: ess-configuration-of-type
      modifyConfiguration(world, configuration, type, parameters);
      if (!isActive(group, configuration)) return {};
      group.active = sourceFrom(configuration);
      if (group.enabled) setConfiguration(group.group, configurationFrom(essState(world), group.active));
      return {};
    },
  };
}

const deleting: Operation = {
  // fact: ess-region-of-what-is-named
  needsRegion: false,
  run: (parameters, world) => {
    const configuration = findConfiguration(world, parameters.requiredText("ScalingConfigurationId"));
    const group = essState(world).groups.get(configuration.groupId);
    if (group?.enabled && isActive(group, configuration)) {
      // fact: ess-delete-active-configuration
      throw new EssError(
        "IncorrectScalingConfigurationLifecycleState",
        400,
        `The current lifecycle state of the scaling configuration ${configuration.id} does not support this operation.`,
      );
    }
    if (group && isActive(group, configuration)) group.active = undefined;
    essState(world).configurations.delete(configuration.id);
    return {};
  },
};

function isActive(group: ScalingGroup | undefined, { id }: ScalingConfiguration): boolean {
  const source = group?.active;
  return source !== undefined && "scalingConfigurationId" in source && source.scalingConfigurationId === id;
}

function describing(type: Type, specific: (configuration: ScalingConfiguration) => Members): Operation {
  return {
    needsRegion: true,
    run: (parameters, world) => {
      const ids = parameters.texts("ScalingConfigurationIds");
      // fact: ess-describe-configurations
      if (ids.length > 10) throw invalidParameter("ScalingConfigurationIds", "there may be at most 10");
      const wanted = find(world, type, {
        groupId: parameters.text("ScalingGroupId"),
        ids,
        names: parameters.texts("ScalingConfigurationNames"),
      });
      const { items, paging } = page(parameters, wanted);
      return {
        ...paging,
        ScalingConfigurations: items.map((configuration) => ({
          ...configuration.settings,
          ScalingConfigurationId: configuration.id,
          ScalingConfigurationName: configuration.name,
          ScalingGroupId: configuration.groupId,
          LifecycleState: isActive(essState(world).groups.get(configuration.groupId), configuration)
            ? "Active"
            : "Inactive",
          CreationTime: minutes(configuration.createdAt),
          ...specific(configuration),
        })),
      };
    },
  };
}

interface Wanted {
  readonly groupId: string | undefined;
  readonly ids: readonly string[];
  readonly names: readonly string[];
}

function find(world: World, type: Type, { groupId, ids, names }: Wanted): ScalingConfiguration[] {
  const { configurations, groups } = essState(world);
  for (const group of groups.values()) saveRefreshed(world, group);
  return [...configurations.values()].filter(
    (configuration) =>
      groups.get(configuration.groupId)?.type === type &&
      (!groupId || configuration.groupId === groupId) &&
      (ids.length === 0 || ids.includes(configuration.id)) &&
      (names.length === 0 || names.includes(configuration.name)),
  );
}

export const scalingConfigurationOperations: Readonly<Record<string, Operation>> = {
  CreateScalingConfiguration: creating("ECS"),
  CreateEciScalingConfiguration: creating("ECI"),
  ModifyScalingConfiguration: modifying("ECS"),
  ModifyEciScalingConfiguration: modifying("ECI"),
  // fact: ess-configuration-operations
  DeleteScalingConfiguration: deleting,
  // fact: ess-configuration-operations
  DeleteEciScalingConfiguration: deleting,
  DescribeScalingConfigurations: describing("ECS", ({ imageId, instanceTypes, isWeighted }) => ({
    ImageId: imageId,
    InstanceType: instanceTypes[0]?.name,
    InstanceTypes: instanceTypes.map(({ name }) => name),
    WeightedCapacities: isWeighted ? instanceTypes.map(({ weight }) => weight) : [],
  })),
  DescribeEciScalingConfigurations: describing("ECI", ({ containers }) => ({
    Containers: containers.map(containerMembers),
  })),
};
