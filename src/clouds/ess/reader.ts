/** What describes: the client, which looks things up in batches, and for one preview asks for each fact once. */

import { once } from "../../core/once";
import { batchedLookup } from "../common/batchedLookup";
import type { EssClient, ScalingConfiguration, SizedScalingGroup } from "./requests";

/** Groups that one DescribeScalingGroups takes. */
// fact: ess-describe-groups
const MOST_GROUPS = 20;
/** Configurations that one DescribeScalingConfigurations takes. */
// fact: ess-describe-configurations
const MOST_CONFIGURATIONS = 10;

/** The most that a page has. Who asks for the refreshes of a group asks for so many, so that one answer serves all. */
export const PAGE_OF_REFRESHES = 50;

interface ConfigurationOf {
  readonly groupId: string;
  readonly id: string;
}

export interface EssReader extends EssClient {
  /** Undefined when there is no such group. */
  scalingGroup(id: string): Promise<SizedScalingGroup | undefined>;
  /** Undefined when the group has no such configuration of ECS instances. */
  scalingConfiguration(of: ConfigurationOf): Promise<ScalingConfiguration | undefined>;
}

export function readerOf(client: EssClient, regionId: string): EssReader {
  const scalingGroup = batchedLookup(async (scalingGroupIds) => {
    const request = { regionId, scalingGroupIds: [...scalingGroupIds], pageSize: scalingGroupIds.length };
    const { scalingGroups = [] } = await client.describeScalingGroups(request);
    return new Map(scalingGroups.map((group) => [group.scalingGroupId ?? "", group]));
  }, MOST_GROUPS);
  /** By group and id. */
  const configurations = batchedLookup(async (keys) => {
    const wanted = keys.map((key) => JSON.parse(key) as ConfigurationOf);
    const ids = wanted.map(({ id }) => id);
    const [groupId, ...others] = new Set(wanted.map((each) => each.groupId));
    // Where they are of one group, it is named, as narrow permissions need it.
    const group = groupId !== undefined && others.length === 0 ? { scalingGroupId: groupId } : {};
    const request = { regionId, ...group, scalingConfigurationIds: ids, pageSize: ids.length };
    const { scalingConfigurations = [] } = await client.describeScalingConfigurations(request);
    const found = new Map<string, ScalingConfiguration>();
    for (const [index, key] of keys.entries()) {
      const configuration = scalingConfigurations.find((each) => each.scalingConfigurationId === ids[index]);
      if (configuration) found.set(key, configuration);
    }
    return found;
  }, MOST_CONFIGURATIONS);
  return { ...client, scalingGroup, scalingConfiguration: (of) => configurations(JSON.stringify(of)) };
}

export function readingOnce(reader: EssReader): EssReader {
  const refreshes = once(reader.describeInstanceRefreshes);
  return {
    ...reader,
    scalingGroup: once(reader.scalingGroup),
    // What can be stopped is not shared.
    describeInstanceRefreshes: (request, options) =>
      options?.signal ? reader.describeInstanceRefreshes(request, options) : refreshes(request),
    scalingConfiguration: once(reader.scalingConfiguration),
    describeEciScalingConfigurations: once(reader.describeEciScalingConfigurations),
    describeScalingInstances: once(reader.describeScalingInstances),
    describeScalingActivities: once(reader.describeScalingActivities),
    describeLifecycleHooks: once(reader.describeLifecycleHooks),
  };
}
