/** What a connection to ESS is, and may do. */
import type { Diagnosis } from "../../core/diagnosis";
import { checkPermissions } from "../common/permissionChecks";
import type { EssClient } from "./requests";

const ACTS = ["StartInstanceRefresh", "CancelInstanceRefresh", "RollbackInstanceRefresh"];
const COMMANDS = ["SuspendInstanceRefresh", "ResumeInstanceRefresh"];

export async function diagnose(client: EssClient, regionId: string, scalingGroupId: string): Promise<Diagnosis> {
  const group = { regionId, scalingGroupId };
  const permissions = checkPermissions([
    {
      permission: "ess:DescribeScalingGroups",
      ask: () => client.describeScalingGroups({ regionId, scalingGroupIds: [scalingGroupId] }),
    },
    {
      permission: "ess:DescribeInstanceRefreshes",
      ask: () => client.describeInstanceRefreshes({ ...group, maxResults: 1 }),
    },
    {
      permission: "ess:DescribeScalingConfigurations",
      ask: () => client.describeScalingConfigurations({ ...group, scalingConfigurationIds: [] }),
    },
    ...ACTS.map((operation) => ({ permission: `ess:${operation}` })),
    {
      permission: "ess:DescribeScalingInstances",
      leftOut: "there is no forecast",
      ask: () => client.describeScalingInstances({ ...group, pageNumber: 1, pageSize: 1 }),
    },
    {
      permission: "ess:DescribeScalingActivities",
      leftOut: "a forecast assumes how long launches take",
      ask: () => client.describeScalingActivities({ ...group, pageSize: 1 }),
    },
    {
      permission: "ess:DescribeLifecycleHooks",
      leftOut: "a forecast leaves lifecycle hooks out",
      ask: () => client.describeLifecycleHooks({ ...group, pageSize: 1 }),
    },
    ...COMMANDS.map((operation) => ({ permission: `ess:${operation}`, leftOut: "for suspend and resume only" })),
  ]);
  const [{ accessKeyId }, identity] = await Promise.all([client.credentials(), client.identity()]);
  return { endpoint: client.address, accessKeyId, identity, permissions: await permissions };
}
