/** The operations of ESS 2022-02-22 that a refresh needs, by the vendor's names: what is asked and what is answered. */

/** A container of a desired configuration. */
export interface Container {
  name?: string;
  image?: string;
  commands?: string[];
  args?: string[];
  environmentVars?: { key?: string; value?: string; fieldRefFieldPath?: string }[];
}

/** What the instances of the group shall be launched from. */
export interface DesiredConfiguration {
  imageId?: string;
  scalingConfigurationId?: string;
  launchTemplateId?: string;
  launchTemplateVersion?: string;
  launchTemplateOverrides?: { instanceType?: string }[];
  containers?: Container[];
}

/** How far and how fast. */
export interface RefreshOptions {
  minHealthyPercentage?: number;
  maxHealthyPercentage?: number;
  skipMatching?: boolean;
  checkpoints?: { percentage?: number }[];
  checkpointPauseTime?: number;
  desiredConfiguration?: DesiredConfiguration;
}

export interface StartInstanceRefreshRequest extends RefreshOptions {
  regionId: string;
  scalingGroupId: string;
  clientToken?: string;
}

/** Names one task: for Cancel, Rollback, Suspend and Resume. */
export interface InstanceRefreshTaskRequest {
  regionId: string;
  scalingGroupId: string;
  instanceRefreshTaskId: string;
}

export interface DescribeInstanceRefreshesRequest {
  regionId: string;
  scalingGroupId?: string;
  /** At most 20. */
  instanceRefreshTaskIds?: string[];
  /** 1 to 50. */
  maxResults?: number;
  nextToken?: string;
}

/** A task as it is described. */
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

export interface DescribeScalingGroupsRequest {
  regionId: string;
  scalingGroupIds?: string[];
}

/** What a refresh has to know of its group. */
export interface ScalingGroup {
  scalingGroupId?: string;
  /** `ECS` or `ECI`. */
  groupType?: string;
  /** What becomes of removed instances: `release`, `recycle`, … */
  scalingPolicy?: string;
  /** How zones are chosen: `PRIORITY`, `BALANCE`, … */
  multiAZPolicy?: string;
  activeScalingConfigurationId?: string;
  launchTemplateId?: string;
  launchTemplateVersion?: string;
}

export interface DescribeScalingConfigurationsRequest {
  regionId: string;
  scalingConfigurationIds?: string[];
}

interface Answer<Body> {
  body?: Body;
}

/**
 * The client of the vendor's package `@alicloud/ess20220222`, as far as it is needed: an instance of that class can be
 * given wherever this is asked for.
 */
export interface EssClient {
  startInstanceRefresh(
    request: StartInstanceRefreshRequest,
  ): Promise<Answer<{ instanceRefreshTaskId?: string; requestId?: string }>>;
  describeInstanceRefreshes(
    request: DescribeInstanceRefreshesRequest,
  ): Promise<Answer<{ instanceRefreshTasks?: InstanceRefreshTask[]; nextToken?: string; totalCount?: number }>>;
  cancelInstanceRefresh(request: InstanceRefreshTaskRequest): Promise<Answer<{ requestId?: string }>>;
  rollbackInstanceRefresh(request: InstanceRefreshTaskRequest): Promise<Answer<{ requestId?: string }>>;
  suspendInstanceRefresh(request: InstanceRefreshTaskRequest): Promise<Answer<{ requestId?: string }>>;
  resumeInstanceRefresh(request: InstanceRefreshTaskRequest): Promise<Answer<{ requestId?: string }>>;
  describeScalingGroups(request: DescribeScalingGroupsRequest): Promise<Answer<{ scalingGroups?: ScalingGroup[] }>>;
  describeScalingConfigurations(
    request: DescribeScalingConfigurationsRequest,
  ): Promise<Answer<{ scalingConfigurations?: { scalingConfigurationId?: string; imageId?: string }[] }>>;
}
