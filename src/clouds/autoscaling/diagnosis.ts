/** What a connection to EC2 Auto Scaling is, and may do. */
import { CloudError, type ConnectionSettings } from "../../core/cloud";
import type { Diagnosis } from "../../core/diagnosis";
import { checkPermissions, type Probe } from "../common/permissionChecks";
import type { AutoScalingClient } from "./requests";
import { servicesOf } from "./services/services";
import type { Template } from "./types/templates";

const ACTS = ["StartInstanceRefresh", "CancelInstanceRefresh", "RollbackInstanceRefresh"];
/** Whether it exists does not matter. */
const ANY_TEMPLATE: Template = {
  id: "lt-00000000000000000",
  name: undefined,
  version: undefined,
  path: "launchTemplate",
  spelling: ["id", "name"],
};

export async function diagnose(
  client: AutoScalingClient,
  settings: ConnectionSettings,
  group: string,
): Promise<Diagnosis> {
  const [{ accessKeyId }, identity, permissions] = await Promise.all([
    client.credentials(),
    servicesOf(client, settings).identity(),
    checkPermissions(probesOf(client, settings, group)),
  ]);
  return { endpoint: client.address, accessKeyId, identity, permissions, advice: adviceOf(identity, group) };
}

function probesOf(client: AutoScalingClient, settings: ConnectionSettings, name: string): Probe[] {
  const group = { AutoScalingGroupName: name };
  return [
    {
      permission: "autoscaling:DescribeAutoScalingGroups",
      ask: () => client.describeAutoScalingGroups({ AutoScalingGroupNames: [name] }),
    },
    {
      permission: "autoscaling:DescribeInstanceRefreshes",
      ask: () => client.describeInstanceRefreshes({ ...group, MaxRecords: 1 }),
    },
    ...ACTS.map((operation) => ({ permission: `autoscaling:${operation}` })),
    {
      permission: "autoscaling:DescribeScalingActivities",
      leftOut: "a forecast assumes how long launches take",
      ask: () => client.describeScalingActivities({ ...group, MaxRecords: 1 }),
    },
    {
      permission: "autoscaling:DescribeLifecycleHooks",
      leftOut: "a forecast leaves lifecycle hooks out",
      ask: () => client.describeLifecycleHooks(group),
    },
    {
      permission: "autoscaling:DescribeWarmPool",
      leftOut: "a forecast leaves the warm pool out",
      ask: () => client.describeWarmPool({ ...group, MaxRecords: 1 }),
    },
    {
      permission: "cloudwatch:DescribeAlarms",
      leftOut: "alarms are not checked before a start",
      ask: asking(client, settings, (services) => services.alarmStates(["instance-refresh"])),
    },
    {
      permission: "ec2:DescribeLaunchTemplateVersions",
      leftOut: "versions of launch templates are not checked before a start",
      ask: asking(client, settings, (services) => services.versionOf(ANY_TEMPLATE)),
    },
  ];
}

/** Calls of these services end without an error: what they could not do stands beside their answer. */
function asking(
  client: AutoScalingClient,
  settings: ConnectionSettings,
  call: (services: ReturnType<typeof servicesOf>) => Promise<unknown>,
) {
  return async () => {
    let line: string | undefined;
    const unchecked = (said: string) => {
      line = said;
    };
    const answer = await call(servicesOf(client, settings, { unchecked }));
    if (line === undefined && answer !== undefined) return;
    const message = line ?? "no answer";
    const permission = line && "missing";
    throw new CloudError({ operation: "Describe", code: "NotChecked", kind: "final", message, permission });
  };
}

/** A session of a role is asked for by its role. */
function adviceOf(identity: string | undefined, group: string): string | undefined {
  if (identity === undefined) return undefined;
  const principal = identity.replace(
    /^arn:(aws[\w-]*):sts::(\d+):assumed-role\/([^/]+)\/.*$/,
    "arn:$1:iam::$2:role/$3",
  );
  const [, partition = "aws", account = "*"] = /^arn:([^:]+):[^:]+::(\d+):/.exec(identity) ?? [];
  const resource = `arn:${partition}:autoscaling:*:${account}:autoScalingGroup:*:autoScalingGroupName/${group}`;
  const actions = ACTS.map((operation) => `autoscaling:${operation}`).join(" ");
  return `aws iam simulate-principal-policy --policy-source-arn ${principal} --action-names ${actions} --resource-arns '${resource}'`;
}
