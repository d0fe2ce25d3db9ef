/**
 * The calls that the vendor's Terraform provider makes for a group, a configuration and a refresh, in its order and with
 * its parameters: what is not set goes as an empty text, and what was sent is read back.
 */
import { type Answer, type Call, codeOf } from "./essClient";

export interface Terraform {
  readonly call: Call;
  /** The clock moves while the provider waits. */
  pass(milliseconds: number): void;
}

const retried = "InvalidInstance.NoInstanceNeedBeRefreshed";
const fiveMinutes = 300_000;
const tenMinutes = 600_000;

export async function createGroup(terraform: Terraform, given: Answer): Promise<string> {
  const { call } = terraform;
  const { ScalingGroupId } = await call("CreateScalingGroup", {
    DefaultCooldown: 300,
    MultiAZPolicy: "PRIORITY",
    GroupType: "",
    OnDemandBaseCapacity: 0,
    OnDemandPercentageAboveBaseCapacity: 0,
    ...given,
  });
  const id = ScalingGroupId as string;
  await groupInStatus(terraform, id, "Inactive");
  if (given.LaunchTemplateId) {
    await call("EnableScalingGroup", { RegionId: undefined, ScalingGroupId });
    await call("ModifyScalingGroup", { RegionId: undefined, ScalingGroupId });
  }
  return id;
}

/** As a resource that exists is read, at the next plan or at an import. */
export async function readGroup({ call }: Terraform, id: string): Promise<Answer> {
  const group = listed(await call("DescribeScalingGroups", ids("ScalingGroupIds", id)), "ScalingGroups")[0];
  if (!group) throw new Error(`There is no group ${id}.`);
  await call("ListTagResources", { ResourceType: "scalinggroup", ...ids("ResourceIds", id) });
  await call("DescribeScalingInstances", { ScalingGroupId: id, LifecycleState: "Protected" });
  return group;
}

export async function createConfiguration(terraform: Terraform, groupId: string, given: Answer): Promise<string> {
  const { call } = terraform;
  const { ScalingConfigurationId } = await call("CreateScalingConfiguration", {
    ScalingGroupId: groupId,
    PasswordInherit: false,
    "SystemDisk.Encrypted": false,
    "SystemDisk.KMSKeyId": "",
    "SystemDisk.Category": "cloud_efficiency",
    "ImageOptions.LoginAsNonRoot": false,
    DeletionProtection: false,
    InstanceName: "ESS-Instance",
    InternetMaxBandwidthOut: 0,
    ...given,
  });
  const id = ScalingConfigurationId as string;
  if ((await readConfiguration(terraform, id)).LifecycleState === "Inactive") {
    await call("ModifyScalingGroup", { ScalingGroupId: groupId, ActiveScalingConfigurationId: id });
  }
  if ((await readGroup(terraform, groupId)).LifecycleState === "Inactive") {
    const active = listed(
      await call("DescribeScalingConfigurations", { ScalingGroupId: groupId }),
      "ScalingConfigurations",
    ).find(({ LifecycleState }) => LifecycleState === "Active");
    await call("EnableScalingGroup", {
      ScalingGroupId: groupId,
      ActiveScalingConfigurationId: active?.ScalingConfigurationId,
    });
    await groupInStatus(terraform, groupId, "Active");
  }
  const again = { ScalingConfigurationId: id, InstanceName: "ESS-Instance", "SystemDisk.Category": "cloud_efficiency" };
  await call("ModifyScalingConfiguration", { RegionId: undefined, ...again });
  return id;
}

export async function readConfiguration({ call }: Terraform, id: string): Promise<Answer> {
  const answer = await call("DescribeScalingConfigurations", ids("ScalingConfigurationIds", id));
  const configuration = listed(answer, "ScalingConfigurations")[0];
  if (!configuration) throw new Error(`There is no configuration ${id}.`);
  // The provider takes every weight for a number, and ends where one is none.
  for (const weight of elements(configuration.WeightedCapacities)) {
    if (typeof weight !== "number") throw new TypeError(`The weight ${JSON.stringify(weight)} is no number.`);
  }
  return configuration;
}

export async function createEciConfiguration({ call }: Terraform, groupId: string, given: Answer): Promise<string> {
  const { ScalingConfigurationId } = await call("CreateEciScalingConfiguration", {
    ScalingGroupId: groupId,
    ScalingConfigurationName: "",
    Description: "",
    RestartPolicy: "",
    ResourceGroupId: "",
    DnsPolicy: "",
    EnableSls: false,
    RamRoleName: "",
    AutoCreateEip: false,
    EipBandwidth: 0,
    HostName: "",
    SpotStrategy: "",
    ...given,
  });
  await call("DescribeScalingGroups", ids("ScalingGroupIds", groupId));
  await call("DescribeEciScalingConfigurations", ids("ScalingConfigurationIds", ScalingConfigurationId));
  await call("ModifyScalingGroup", { ScalingGroupId: groupId, ActiveScalingConfigurationId: ScalingConfigurationId });
  await call("EnableScalingGroup", { ScalingGroupId: groupId });
  await call("ModifyEciScalingConfiguration", { ScalingConfigurationId, ContainerGroupName: given.ContainerGroupName });
  return ScalingConfigurationId as string;
}

/** Tries for five minutes, while the service finds nothing to refresh. */
export async function startRefresh(terraform: Terraform, request: Answer): Promise<string> {
  for (let waited = 0; waited < fiveMinutes; waited += 1000) {
    let started: Answer = {};
    const code = await codeOf(
      terraform.call("StartInstanceRefresh", request).then((answer) => {
        started = answer;
      }),
    );
    if (code === "no error") return started.InstanceRefreshTaskId as string;
    if (code !== retried) throw new Error(code);
    terraform.pass(1000);
  }
  throw new Error(retried);
}

export async function readRefresh({ call }: Terraform, groupId: string, id: string): Promise<Answer> {
  const request = { ScalingGroupId: groupId, ...ids("InstanceRefreshTaskIds", id) };
  const [task] = listed(await call("DescribeInstanceRefreshes", request), "InstanceRefreshTasks");
  if (!task) throw new Error(`There is no task ${id}.`);
  return task;
}

/** A changed status is a cancel or a rollback; the update waits for it. */
export async function changeStatus(
  terraform: Terraform,
  groupId: string,
  id: string,
  status: "Cancelled" | "RollbackSuccessful",
): Promise<Answer> {
  const [operation, passing] =
    status === "Cancelled"
      ? ["CancelInstanceRefresh", "Cancelling"]
      : ["RollbackInstanceRefresh", "RollbackInProgress"];
  await terraform.call(operation, { ScalingGroupId: groupId, InstanceRefreshTaskId: id });
  for (let waited = 0; waited < tenMinutes; waited += 1000) {
    const task = await readRefresh(terraform, groupId, id);
    if (task.Status !== passing) return task;
    terraform.pass(1000);
  }
  throw new Error(`It stays ${passing}.`);
}

/** The last configuration goes with its group. */
export async function destroy(terraform: Terraform, groupId: string): Promise<void> {
  const { call } = terraform;
  await call("DeleteScalingGroup", { ScalingGroupId: groupId, ForceDelete: true });
  await call("DeleteScalingGroup", { ScalingGroupId: groupId, ForceDelete: true }).catch((error: { code?: string }) => {
    if (error.code !== "InvalidScalingGroupId.NotFound") throw error;
  });
  const left = listed(await call("DescribeScalingGroups", ids("ScalingGroupIds", groupId)), "ScalingGroups");
  if (left.length > 0) throw new Error(`The group ${groupId} is still there.`);
}

async function groupInStatus(terraform: Terraform, id: string, status: string): Promise<void> {
  for (let waited = 0; waited < fiveMinutes; waited += 1000) {
    const answer = await terraform.call("DescribeScalingGroups", ids("ScalingGroupIds", id));
    if (listed(answer, "ScalingGroups")[0]?.LifecycleState === status) return;
    terraform.pass(1000);
  }
  throw new Error(`The group is not ${status}.`);
}

function ids(name: string, id: unknown): Answer {
  return { [name]: [id] };
}

/** The elements of a list, wrapped as in the older version or plain. */
export function elements(member: unknown): unknown[] {
  if (Array.isArray(member)) return member;
  const [list] = Object.values((member as Answer | undefined) ?? {});
  return Array.isArray(list) ? list : [];
}

function listed(answer: Answer, name: string): Answer[] {
  return elements(answer[name]) as Answer[];
}
