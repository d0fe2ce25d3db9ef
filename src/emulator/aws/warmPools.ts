import { react } from "../../simulation/advance";
import { activeRefresh } from "../../simulation/refresh";
import { AwsError } from "./errors";
import { findGroup } from "./findGroup";
import { answeredInstance, answeredWarmPool } from "./groupAnswers";
import * as shapes from "./groupShapes";
import { refuse } from "./launchConfigurationRules";
import { type Operation, operationsReadBy } from "./operation";
import { page, pageSize } from "./paging";
import { readRequest } from "./readRequest";
import type { AwsRegion } from "./region";

const operation = operationsReadBy(readRequest);

/** The operations on warm pools, by name. */
export const warmPoolOperations: Readonly<Record<string, Operation<AwsRegion>>> = {
  PutWarmPool: operation(shapes.putWarmPool, (request, region: AwsRegion) => {
    const { model } = findGroup(region, request.AutoScalingGroupName);
    const { MaxGroupPreparedCapacity: prepared, MinSize } = request;
    refuse([
      [
        activeRefresh(model)?.strategy === "ReplaceRootVolume",
        // fact: aws-root-volume-warm-pool
        "You can't add a warm pool to an Auto Scaling group that has an active instance refresh with the ReplaceRootVolume strategy.",
      ],
      [
        prepared !== undefined && prepared !== -1 && prepared < (MinSize ?? 0),
        // fact: aws-warm-pool-sizes
        "MaxGroupPreparedCapacity must not be less than the MinSize of the warm pool.",
      ],
    ]);
    const before = model.warmPool;
    model.warmPool = {
      // fact: aws-warm-pool-defaults
      minSize: MinSize ?? before?.minSize ?? 0,
      // fact: aws-warm-pool-defaults
      maxPreparedCapacity: prepared === -1 ? undefined : (prepared ?? before?.maxPreparedCapacity),
      // fact: aws-warm-pool-defaults
      state: request.PoolState ?? before?.state ?? "Stopped",
      deleting: false,
      instances: before?.instances ?? new Map(),
    };
    react(model);
    return {};
  }),

  DescribeWarmPool: operation(shapes.describeWarmPool, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    const { warmPool } = group.model;
    if (!warmPool) return { Instances: [] };
    const all = [...warmPool.instances.values()];
    const { items, nextToken } = page(all, ({ id }) => id, pageSize(request.MaxRecords, 50, 50), request.NextToken);
    return {
      WarmPoolConfiguration: answeredWarmPool(warmPool),
      Instances: items.map((instance) => answeredInstance(region, group, instance)),
      NextToken: nextToken,
    };
  }),

  DeleteWarmPool: operation(shapes.deleteWarmPool, (request, region: AwsRegion) => {
    const { model } = findGroup(region, request.AutoScalingGroupName);
    const { warmPool } = model;
    // fact: aws-warm-pool-none
    refuse([
      // fact: aws-warm-pool-none
      // fact: aws-warm-pool-none
      [!warmPool, `No warm pool found for Auto Scaling group ${request.AutoScalingGroupName}`],
    ]);
    if (warmPool && warmPool.instances.size > 0 && !request.ForceDelete)
      // fact: aws-warm-pool-in-use
      throw new AwsError("ResourceInUse", 400, "The warm pool has instances. Use ForceDelete to delete it with them.");
    if (warmPool) warmPool.deleting = true;
    react(model);
    return {};
  }),
};
