import { ess } from "../../src/clouds/ess/module";
import type { Emulator } from "../../src/emulator";
import { essClient } from "../emulator/essClient";
import type { TestCloud } from "./testCloud";

const REGION = "cn-hangzhou";

interface Task {
  InstanceRefreshTaskId: string;
  Status: string;
  Detail?: string;
}

interface Instance {
  InstanceId: string;
  LifecycleState: string;
  HealthStatus: string;
}

/** ESS in the emulator, called by the operations' names and not through this package's client. */
export function essTestCloud(emulator: Emulator): TestCloud {
  const { accessKeyId, secretAccessKey } = emulator;
  const client = essClient(emulator, { region: REGION });
  const call = async <Body>(action: string, request: Record<string, unknown>) =>
    (await client(action, request)) as Body;

  async function instances(group: string): Promise<Instance[]> {
    return (
      await call<{ ScalingInstances: Instance[] }>("DescribeScalingInstances", { ScalingGroupId: group, PageSize: 50 })
    ).ScalingInstances;
  }
  const task = (group: string, id: string) => ({ ScalingGroupId: group, InstanceRefreshTaskId: id });
  let groups = 0;

  return {
    cloud: ess,
    settings: { region: REGION, endpoint: emulator.url, credentials: { accessKeyId, secretAccessKey } },
    service: "ess",
    call,
    async createGroup(instances) {
      const size = { MinSize: 0, MaxSize: instances * 3, DesiredCapacity: instances };
      const { ScalingGroupId } = await call<{ ScalingGroupId: string }>("CreateScalingGroup", {
        ScalingGroupName: `web-${groups++}`,
        MultiAZPolicy: "PRIORITY",
        ...size,
      });
      const { ScalingConfigurationId } = await call<{ ScalingConfigurationId: string }>("CreateScalingConfiguration", {
        ScalingGroupId,
        ImageId: "m-first",
        InstanceType: "ecs.g7.large",
      });
      await call("EnableScalingGroup", { ScalingGroupId, ActiveScalingConfigurationId: ScalingConfigurationId });
      emulator.clock.advance(3_600_000);
      return ScalingGroupId;
    },
    argumentsFor: async (group, image) => ({ scalingGroupId: group, desiredConfigurationImageId: `m-${image}` }),
    vagueArgumentsFor: async (group, image) => ({
      scalingGroupId: group,
      desiredConfigurationLaunchTemplateId: `lt-${image}`,
      desiredConfigurationLaunchTemplateVersion: "Latest",
    }),
    async startElsewhere(group, image, preferences = {}) {
      const request = { ScalingGroupId: group, DesiredConfiguration: { ImageId: `m-${image}` }, ...preferences };
      return (await call<{ InstanceRefreshTaskId: string }>("StartInstanceRefresh", request)).InstanceRefreshTaskId;
    },
    cancelElsewhere: async (group, id) => void (await call("CancelInstanceRefresh", task(group, id))),
    rollbackElsewhere: async (group, id) => void (await call("RollbackInstanceRefresh", task(group, id))),
    pass: async (milliseconds) => emulator.clock.advance(milliseconds),
    deleteGroup: async (group) => void (await call("DeleteScalingGroup", { ScalingGroupId: group, ForceDelete: true })),
    async refreshes(group) {
      const { InstanceRefreshTasks } = await call<{ InstanceRefreshTasks: Task[] }>("DescribeInstanceRefreshes", {
        ScalingGroupId: group,
      });
      return InstanceRefreshTasks.map(({ InstanceRefreshTaskId: id, Status: status, Detail: reason }) => ({
        id,
        status,
        reason,
      }));
    },
    instances: async (group) => (await instances(group)).map(({ InstanceId }) => InstanceId).sort(),
    inService: async (group) =>
      (await instances(group)).filter(
        ({ LifecycleState, HealthStatus }) => LifecycleState === "InService" && HealthStatus === "Healthy",
      ).length,
    async launches(group) {
      const { ScalingGroups } = await call<{ ScalingGroups: { ActiveScalingConfigurationId: string }[] }>(
        "DescribeScalingGroups",
        { ScalingGroupIds: [group] },
      );
      const { ScalingConfigurations } = await call<{ ScalingConfigurations: { ImageId: string }[] }>(
        "DescribeScalingConfigurations",
        {
          ScalingConfigurationIds: [ScalingGroups[0]?.ActiveScalingConfigurationId],
        },
      );
      return ScalingConfigurations[0]?.ImageId ?? "nothing";
    },
  };
}
