/** What else a group waits for during a refresh: health checks, connections that drain, lifecycle hooks, a warm pool. */
import type { AutoScalingGroup, Instance, LifecycleHook } from "@aws-sdk/client-auto-scaling";
import { CloudError } from "../../../core/cloud";
import type { GroupSnapshot, InstanceSnapshot, UnknownSnapshot } from "../../../core/snapshot";
import { HOOKS } from "../../common/optional";
import type { AutoScalingClient } from "../requests";

type Waits = Pick<GroupSnapshot, "healthSeconds" | "drainSeconds" | "hooks" | "warmPool" | "unknown">;

// fact: aws-health-takes
const EC2_CHECK_SECONDS = [50, 140] as const;
// fact: aws-deregistration-delay, aws-deregistration-delay-unread
const DEREGISTRATION_SECONDS = 300;
// fact: aws-hook-defaults
const HEARTBEAT_SECONDS = 3_600;
const MOST_PAGES = 20;

export async function waits(
  client: AutoScalingClient,
  group: AutoScalingGroup,
  instanceOf: (instance: Instance) => InstanceSnapshot,
  lifecycleHooks: ReturnType<AutoScalingClient["describeLifecycleHooks"]>,
): Promise<Waits> {
  const unknown: UnknownSnapshot[] = [];
  const orUnknown = async <T>(what: string, asked: Promise<T>): Promise<T | undefined> => {
    try {
      return await asked;
    } catch (error) {
      const permission = error instanceof CloudError ? error.permission : undefined;
      if (permission !== undefined) unknown.push({ what, permission });
      return undefined;
    }
  };
  const [hooks, warmPool] = await Promise.all([
    orUnknown(HOOKS, lifecycleHooks.then(hooksOf)),
    orUnknown("what is in the warm pool", warmPoolOf(client, group, instanceOf)),
  ]);
  return {
    healthSeconds: healthSeconds(group),
    drainSeconds: isBalanced(group) ? DEREGISTRATION_SECONDS : 0,
    hooks,
    warmPool,
    unknown,
  };
}

/** The page of refreshes says that a long grace period lets health checks begin late. */
// fact: aws-grace-delays-health
function healthSeconds({ HealthCheckGracePeriod = 0 }: AutoScalingGroup): readonly [number, number] {
  const [least, most] = EC2_CHECK_SECONDS;
  return [least, Math.max(most, HealthCheckGracePeriod)];
}

function isBalanced({ LoadBalancerNames = [], TargetGroupARNs = [], TrafficSources = [] }: AutoScalingGroup): boolean {
  return LoadBalancerNames.length + TargetGroupARNs.length + TrafficSources.length > 0;
}

function hooksOf({ LifecycleHooks = [] }: { LifecycleHooks?: LifecycleHook[] | undefined }): Waits["hooks"] {
  return LifecycleHooks.map(({ LifecycleHookName: name = "", LifecycleTransition, HeartbeatTimeout }) => ({
    name,
    transition: LifecycleTransition === "autoscaling:EC2_INSTANCE_LAUNCHING" ? "Launching" : "Terminating",
    heartbeatSeconds: HeartbeatTimeout ?? HEARTBEAT_SECONDS,
  }));
}

/** A description of the group says whether there is one. */
async function warmPoolOf(
  client: AutoScalingClient,
  { AutoScalingGroupName, WarmPoolConfiguration }: AutoScalingGroup,
  instanceOf: (instance: Instance) => InstanceSnapshot,
): Promise<Waits["warmPool"]> {
  if (!WarmPoolConfiguration || WarmPoolConfiguration.Status === "PendingDelete") return undefined;
  const instances: InstanceSnapshot[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await client.describeWarmPool({ AutoScalingGroupName, ...(NextToken ? { NextToken } : {}) });
    instances.push(...(answer.Instances ?? []).map(instanceOf));
    NextToken = answer.NextToken;
    if (!NextToken) break;
  }
  const { MinSize = 0, MaxGroupPreparedCapacity = -1 } = WarmPoolConfiguration;
  return {
    minSize: MinSize,
    // fact: aws-warm-pool-defaults
    maxPreparedCapacity: MaxGroupPreparedCapacity === -1 ? undefined : MaxGroupPreparedCapacity,
    instances,
  };
}
