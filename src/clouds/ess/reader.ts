/** What describes: the client, which looks groups up in batches, and for one preview asks for each fact once. */

import { once } from "../../core/once";
import { batchedLookup } from "../common/batchedLookup";
import type { EssClient, SizedScalingGroup } from "./requests";

/** Groups that one DescribeScalingGroups takes. */
// fact: ess-describe-groups
const MOST_GROUPS = 20;

/** The most that a page has. Who asks for the refreshes of a group asks for so many, so that one answer serves all. */
export const PAGE_OF_REFRESHES = 50;

export interface EssReader extends EssClient {
  /** Undefined when there is no such group. */
  scalingGroup(id: string): Promise<SizedScalingGroup | undefined>;
}

export function readerOf(client: EssClient, regionId: string): EssReader {
  const scalingGroup = batchedLookup(async (scalingGroupIds) => {
    const request = { regionId, scalingGroupIds: [...scalingGroupIds], pageSize: scalingGroupIds.length };
    const { scalingGroups = [] } = await client.describeScalingGroups(request);
    return new Map(scalingGroups.map((group) => [group.scalingGroupId ?? "", group]));
  }, MOST_GROUPS);
  return { ...client, scalingGroup };
}

export function readingOnce(reader: EssReader): EssReader {
  const refreshes = once(reader.describeInstanceRefreshes);
  return {
    ...reader,
    scalingGroup: once(reader.scalingGroup),
    // What can be stopped is not shared.
    describeInstanceRefreshes: (request, options) =>
      options?.signal ? reader.describeInstanceRefreshes(request, options) : refreshes(request),
    describeScalingConfigurations: once(reader.describeScalingConfigurations),
    describeEciScalingConfigurations: once(reader.describeEciScalingConfigurations),
    describeScalingInstances: once(reader.describeScalingInstances),
    describeScalingActivities: once(reader.describeScalingActivities),
    describeLifecycleHooks: once(reader.describeLifecycleHooks),
  };
}
