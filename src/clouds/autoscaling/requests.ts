/** The operations of EC2 Auto Scaling that a refresh needs, in the SDK's types. */
import type {
  CancelInstanceRefreshCommandInput,
  CancelInstanceRefreshCommandOutput,
  DescribeAutoScalingGroupsCommandInput,
  DescribeAutoScalingGroupsCommandOutput,
  DescribeInstanceRefreshesCommandInput,
  DescribeInstanceRefreshesCommandOutput,
  DescribeLifecycleHooksCommandInput,
  DescribeLifecycleHooksCommandOutput,
  DescribeScalingActivitiesCommandInput,
  DescribeScalingActivitiesCommandOutput,
  DescribeWarmPoolCommandInput,
  DescribeWarmPoolCommandOutput,
  RollbackInstanceRefreshCommandInput,
  RollbackInstanceRefreshCommandOutput,
  StartInstanceRefreshCommandInput,
  StartInstanceRefreshCommandOutput,
} from "@aws-sdk/client-auto-scaling";
import type { NodeHttpHandler } from "@smithy/node-http-handler";
import type { CloudClock } from "../common/cloudClock";
import type { Credentials } from "./credentials";

/** A client of one region; every error of a call is a `CloudError`. */
export interface AutoScalingClient {
  readonly region: string;
  /** Address that is called. */
  readonly address: string;
  /** Host of the vendor's own endpoint in the region. */
  readonly hostname: string;
  readonly clock: CloudClock;
  /** What sends the requests, for other services too. */
  readonly handler: NodeHttpHandler;
  credentials(): Promise<Credentials>;
  /** @param sensitive values of the request that no message may hold, whatever the answer echoes */
  startInstanceRefresh(
    request: StartInstanceRefreshCommandInput,
    sensitive?: unknown,
  ): Promise<StartInstanceRefreshCommandOutput>;
  cancelInstanceRefresh(request: CancelInstanceRefreshCommandInput): Promise<CancelInstanceRefreshCommandOutput>;
  rollbackInstanceRefresh(request: RollbackInstanceRefreshCommandInput): Promise<RollbackInstanceRefreshCommandOutput>;
  describeInstanceRefreshes(
    request: DescribeInstanceRefreshesCommandInput,
    abortSignal?: AbortSignal,
  ): Promise<DescribeInstanceRefreshesCommandOutput>;
  describeAutoScalingGroups(
    request: DescribeAutoScalingGroupsCommandInput,
  ): Promise<DescribeAutoScalingGroupsCommandOutput>;
  describeScalingActivities(
    request: DescribeScalingActivitiesCommandInput,
  ): Promise<DescribeScalingActivitiesCommandOutput>;
  describeLifecycleHooks(request: DescribeLifecycleHooksCommandInput): Promise<DescribeLifecycleHooksCommandOutput>;
  describeWarmPool(request: DescribeWarmPoolCommandInput): Promise<DescribeWarmPoolCommandOutput>;
}
