import type { Members } from "./answers";
import { containerMembers } from "./containerMembers";
import { invalidParameter } from "./errors";
import { newConfiguration } from "./newConfiguration";
import { minutes, type Operation, page } from "./operation";
import { essState, findGroup, type ScalingConfiguration, type ScalingGroup, saveRefreshed, sourceOf } from "./state";

/** The scaling group finds the region: RegionId is not asked for. */
function creating(type: ScalingGroup["type"]): Operation {
  return {
    needsRegion: false,
    run: (parameters, world) => {
      const group = findGroup(world, parameters.requiredText("ScalingGroupId"));
      if (group.type !== type) {
        throw invalidParameter("ScalingGroupId", `its type is ${group.type}, and the configuration is for ${type}`);
      }
      return { ScalingConfigurationId: newConfiguration(world, group, parameters).id };
    },
  };
}

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
  CreateScalingConfiguration: creating("ECS"),
  CreateEciScalingConfiguration: creating("ECI"),
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
