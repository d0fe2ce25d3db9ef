/** The operations of EC2 Auto Scaling that a refresh needs, in the SDK's types. */
import type {
  CancelInstanceRefreshCommandInput,
  CancelInstanceRefreshCommandOutput,
  DescribeAutoScalingGroupsCommandInput,
  DescribeAutoScalingGroupsCommandOutput,
  DescribeInstanceRefreshesCommandInput,
  DescribeInstanceRefreshesCommandOutput,
  DescribeScalingActivitiesCommandInput,
  DescribeScalingActivitiesCommandOutput,
  RollbackInstanceRefreshCommandInput,
  RollbackInstanceRefreshCommandOutput,
  StartInstanceRefreshCommandInput,
  StartInstanceRefreshCommandOutput,
} from "@aws-sdk/client-auto-scaling";

/** Credentials in memory, valid now. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** A client of one region; every error of a call is a `CloudError`. */
export interface AutoScalingClient {
  readonly region: string;
  /** Host of the vendor's own endpoint in the region. */
  readonly hostname: string;
  credentials(): Promise<Credentials>;
  startInstanceRefresh(request: StartInstanceRefreshCommandInput): Promise<StartInstanceRefreshCommandOutput>;
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
}
