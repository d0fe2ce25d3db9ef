import type {
  DescribeScalingActivitiesCommandInput,
  DescribeScalingActivitiesCommandOutput,
} from "@aws-sdk/client-auto-scaling";
import type { AutoScalingClient } from "./requests";

/** The operations that tell how a group stands, in the SDK's types. */
export interface ActivityClient extends Pick<AutoScalingClient, "describeAutoScalingGroups"> {
  describeScalingActivities(
    request: DescribeScalingActivitiesCommandInput,
  ): Promise<DescribeScalingActivitiesCommandOutput>;
}
