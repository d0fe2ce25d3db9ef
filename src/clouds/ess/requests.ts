/** The operations of ESS 2022-02-22 that a refresh needs, by the vendor's names: what is asked and what is answered. */

import type { CloudClock } from "../common/cloudClock";
import type { Credentials } from "./credentials";

/** The arguments of a refresh by the vendor's names: what the definition says, at the paths that it says. */
export type RefreshOptions = Readonly<Record<string, unknown>>;

interface StartInstanceRefreshRequest extends RefreshOptions {
  regionId: string;
  scalingGroupId: string;
  clientToken?: string;
}

/** Names one task: for Cancel, Rollback, Suspend and Resume. */
interface InstanceRefreshTaskRequest {
  regionId: string;
  scalingGroupId: string;
  instanceRefreshTaskId: string;
}

interface DescribeInstanceRefreshesRequest {
  regionId: string;
  scalingGroupId?: string;
  /** At most 20. */
  instanceRefreshTaskIds?: string[];
  /** 1 to 50. */
  maxResults?: number;
  nextToken?: string;
}

/** A task as it is described, with the arguments that it was started with. */
export interface InstanceRefreshTask extends RefreshOptions {
  instanceRefreshTaskId?: string;
  scalingGroupId?: string;
  regionId?: string;
  status?: string;
  detail?: string;
  startTime?: string;
  endTime?: string;
  finishedUpdateCapacity?: number;
  totalNeedUpdateCapacity?: number;
}

interface DescribeScalingGroupsRequest {
  regionId: string;
  /** At most 20. */
  scalingGroupIds?: string[];
  /** At most 50; 10 when it is left out. */
  pageSize?: number;
}

/** What a refresh has to know of its group. */
export interface ScalingGroup {
  scalingGroupId?: string;
  /** `ECS` or `ECI`. */
  groupType?: string;
  /** What happens to removed instances: `release`, `recycle`, … */
  scalingPolicy?: string;
  /** How zones are chosen: `PRIORITY`, `BALANCE`, … */
  multiAZPolicy?: string;
  activeScalingConfigurationId?: string;
  launchTemplateId?: string;
  launchTemplateVersion?: string;
}

interface DescribeScalingConfigurationsRequest {
  scalingGroupId?: string;
  regionId: string;
  scalingConfigurationIds?: string[];
  pageSize?: number;
}

export interface ScalingConfiguration {
  scalingConfigurationId?: string;
  imageId?: string;
}

/** A container, in the vendor's names, as a configuration has it. */
export interface Container {
  name?: string;
  image?: string;
  commands?: string[];
  args?: string[];
  environmentVars?: { key?: string; value?: string }[];
}

interface Page {
  regionId: string;
  scalingGroupId: string;
  /** From 1. */
  pageNumber?: number;
  /** At most 50. */
  pageSize?: number;
}

/** A group with its capacity. */
export interface SizedScalingGroup extends ScalingGroup {
  minSize?: number;
  maxSize?: number;
  /** Absent for a group that is scaled by its rules only. */
  desiredCapacity?: number;
  totalCapacity?: number;
  /** In service. */
  activeCapacity?: number;
  /** On its way into the group. */
  pendingCapacity?: number;
  suspendedProcesses?: string[];
}

export interface ScalingInstance {
  instanceId?: string;
  /** `InService`, `Protected`, `Standby`, `Pending`, `Removing`, … */
  lifecycleState?: string;
  healthStatus?: string;
  /** `AutoCreated`, or how it came into the group otherwise: `Attached`, `Managed`. */
  creationType?: string;
  scalingConfigurationId?: string;
  launchTemplateId?: string;
  launchTemplateVersion?: string;
  weightedCapacity?: number;
  /** When it was added to the group, to the second, ISO 8601, UTC. */
  createdTime?: string;
}

export interface ScalingActivity {
  /** To the minute, ISO 8601, UTC. */
  startTime?: string;
  endTime?: string;
  createdCapacity?: number;
  createdInstances?: string[];
  destroyedInstances?: string[];
  /** `Successful`, `Warning`, `Failed`, `InProgress` or `Rejected`. */
  statusCode?: string;
  /** What it is, and why it failed. */
  description?: string;
  statusMessage?: string;
}

export interface LifecycleHook {
  lifecycleHookName?: string;
  /** `Active` or `InActive`. */
  lifecycleHookStatus?: string;
  /** `SCALE_OUT` or `SCALE_IN`. */
  lifecycleTransition?: string;
  /** Seconds. */
  heartbeatTimeout?: number;
}

export interface CallOptions {
  /** Values of the request that no message may hold, whatever the answer echoes. */
  sensitive?: unknown;
  signal?: AbortSignal;
}

/** The operations, one call each. Every error is a `CloudError`. */
export interface EssClient {
  /** Address that is called. */
  readonly address: string;
  readonly clock: CloudClock;
  credentials(): Promise<Credentials>;
  /** To whom the credentials belong, as STS says: an ARN; undefined when it cannot be asked. */
  identity(): Promise<string | undefined>;
  startInstanceRefresh(
    request: StartInstanceRefreshRequest,
    options?: CallOptions,
  ): Promise<{ instanceRefreshTaskId?: string; requestId?: string }>;
  describeInstanceRefreshes(
    request: DescribeInstanceRefreshesRequest,
    options?: CallOptions,
  ): Promise<{ instanceRefreshTasks?: InstanceRefreshTask[]; nextToken?: string; totalCount?: number }>;
  cancelInstanceRefresh(request: InstanceRefreshTaskRequest): Promise<{ requestId?: string }>;
  rollbackInstanceRefresh(request: InstanceRefreshTaskRequest): Promise<{ requestId?: string }>;
  suspendInstanceRefresh(request: InstanceRefreshTaskRequest): Promise<{ requestId?: string }>;
  resumeInstanceRefresh(request: InstanceRefreshTaskRequest): Promise<{ requestId?: string }>;
  describeScalingGroups(request: DescribeScalingGroupsRequest): Promise<{ scalingGroups?: SizedScalingGroup[] }>;
  describeScalingConfigurations(
    request: DescribeScalingConfigurationsRequest,
  ): Promise<{ scalingConfigurations?: ScalingConfiguration[] }>;
  describeEciScalingConfigurations(
    request: DescribeScalingConfigurationsRequest,
  ): Promise<{ scalingConfigurations?: { scalingConfigurationId?: string; containers?: Container[] }[] }>;
  describeScalingInstances(request: Page): Promise<{ scalingInstances?: ScalingInstance[]; totalCount?: number }>;
  describeScalingActivities(
    request: Page & { statusCode?: string },
  ): Promise<{ scalingActivities?: ScalingActivity[] }>;
  describeLifecycleHooks(request: Page): Promise<{ lifecycleHooks?: LifecycleHook[] }>;
}
