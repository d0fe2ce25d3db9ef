/** What `@pulumi/alicloud` calls for the resources of a RollingGroup, as read in terraform-provider-alicloud. */
import type { Emulator } from "../../../src/emulator";
import { essClient } from "../../emulator/essClient";
import type { Bridged } from "./provider";

/** The version of the API that the Terraform provider speaks. */
const VERSION = "2014-08-28";

/** What ModifyScalingGroup calls what the program gives. */
const PARAMETERS: Readonly<Record<string, string>> = {
  minSize: "MinSize",
  maxSize: "MaxSize",
  desiredCapacity: "DesiredCapacity",
  launchTemplateId: "LaunchTemplateId",
  launchTemplateVersion: "LaunchTemplateVersion",
};

interface Described {
  MinSize: number;
  MaxSize: number;
  LaunchTemplateId: string;
  LaunchTemplateVersion: string;
}

export function alicloudResources(emulator: Emulator): Record<string, Bridged> {
  const ess = essClient(emulator, { version: VERSION });
  /** ECS, which has the templates, is not in the emulator: ESS takes a version by its number, whatever it holds. */
  const versions = new Map<string, number>();

  const launchTemplate: Bridged = {
    named: "launchTemplateName",
    // The Terraform provider does not say at planning that there will be another.
    newAtChange: [],
    async create() {
      const id = `lt-${versions.size + 1}`;
      versions.set(id, 1);
      return id;
    },
    async update(id, _news, changed) {
      if (changed.length > 0) versions.set(id, (versions.get(id) ?? 0) + 1);
    },
    read: async (id) => ({ latestVersionNumber: versions.get(id) }),
    delete: async (id) => void versions.delete(id),
  };

  const group: Bridged = {
    named: "scalingGroupName",
    newAtChange: [],
    async create(inputs) {
      const { ScalingGroupId } = await ess("CreateScalingGroup", {
        ScalingGroupName: inputs.scalingGroupName,
        MultiAZPolicy: inputs.multiAzPolicy ?? "PRIORITY",
        ...Object.fromEntries(Object.entries(PARAMETERS).map(([name, parameter]) => [parameter, inputs[name]])),
      });
      await ess("EnableScalingGroup", { ScalingGroupId });
      return String(ScalingGroupId);
    },
    async update(id, news, changed) {
      const known = changed.flatMap((name) => (PARAMETERS[name] ? [[PARAMETERS[name], news[name]]] : []));
      await ess("ModifyScalingGroup", { ScalingGroupId: id, ...Object.fromEntries(known) });
    },
    async read(id) {
      const { ScalingGroups } = await ess("DescribeScalingGroups", { "ScalingGroupId.1": id });
      const [found] = (ScalingGroups as { ScalingGroup: Described[] }).ScalingGroup;
      return (
        found && {
          minSize: found.MinSize,
          maxSize: found.MaxSize,
          launchTemplateId: found.LaunchTemplateId,
          launchTemplateVersion: found.LaunchTemplateVersion,
        }
      );
    },
    delete: async (id) => void (await ess("DeleteScalingGroup", { ScalingGroupId: id, ForceDelete: true })),
  };

  const instanceRefresh: Bridged = {
    named: "id",
    newAtChange: [],
    async create({ scalingGroupId, desiredConfigurationImageId }) {
      const { InstanceRefreshTaskId } = await ess("StartInstanceRefresh", {
        ScalingGroupId: scalingGroupId,
        DesiredConfiguration: { ImageId: desiredConfigurationImageId },
        SkipMatching: false,
      });
      return `${scalingGroupId}:${InstanceRefreshTaskId}`;
    },
    update: async () => {},
    async read(id) {
      const [group, task] = id.split(":");
      const { InstanceRefreshTasks } = await ess("DescribeInstanceRefreshes", { ScalingGroupId: group });
      const tasks = (
        InstanceRefreshTasks as { InstanceRefreshTask: { InstanceRefreshTaskId: string; Status: string }[] }
      ).InstanceRefreshTask;
      const found = tasks.find(({ InstanceRefreshTaskId }) => InstanceRefreshTaskId === task);
      return (
        found && { status: found.Status, skipMatching: false, minHealthyPercentage: 80, maxHealthyPercentage: 120 }
      );
    },
    delete: async () => {},
  };

  return {
    "alicloud:ess/instanceRefresh:InstanceRefresh": instanceRefresh,
    "alicloud:ecs/ecsLaunchTemplate:EcsLaunchTemplate": launchTemplate,
    "alicloud:ess/scalingGroup:ScalingGroup": group,
  };
}
