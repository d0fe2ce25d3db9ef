/** The operations of ESS 2022-02-22 that tell how a group stands, by the vendor's names. */
import type { EssClient, ScalingGroup } from "./requests";

export interface Page {
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
}

interface Answer<Body> {
  body?: Body;
}

/** The client of the vendor's package has these operations too. */
export interface EssGroupClient
  extends Pick<EssClient, "describeScalingGroups" | "describeScalingConfigurations" | "describeInstanceRefreshes"> {
  describeScalingInstances(
    request: Page,
  ): Promise<Answer<{ scalingInstances?: ScalingInstance[]; totalCount?: number }>>;
  describeScalingActivities(
    request: Page & { statusCode?: string },
  ): Promise<Answer<{ scalingActivities?: ScalingActivity[] }>>;
}
