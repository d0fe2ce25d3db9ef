/** The API of ESS in one region, over a client. */
import { type CloudApi, CloudError, type Refresh } from "../../core/cloud";
import { activities } from "./activities";
import type { EssArguments } from "./arguments";
import { NOTHING_TO_REFRESH, toCloudError } from "./errors";
import { obstacles } from "./group";
import { refreshOf } from "./refresh";
import type { EssClient, InstanceRefreshTask, ScalingGroup } from "./requests";
import { snapshot } from "./snapshot";
import { startOptions } from "./wire";

/** Ids that one DescribeInstanceRefreshes takes. */
const BATCH = 20;
const PAGE = 50;
/** Enough for every task that a group can have had in the time that the cloud remembers. */
const MOST_PAGES = 20;

/**
 * The API over a client.
 * @param key tells apart who shares a rate limit
 */
export function apiOver(client: EssClient, region: string, key = `ess/${region}`): CloudApi<EssArguments> {
  const describe = async (filter: { scalingGroupId?: string; instanceRefreshTaskIds?: string[] }) => {
    const tasks: InstanceRefreshTask[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const body = await client.describeInstanceRefreshes({
        regionId: region,
        ...filter,
        maxResults: PAGE,
        ...(nextToken ? { nextToken } : {}),
      });
      if (!Array.isArray(body.instanceRefreshTasks))
        throw toCloudError("DescribeInstanceRefreshes", new SyntaxError("no list of tasks in the answer"));
      tasks.push(...body.instanceRefreshTasks);
      nextToken = body.nextToken || undefined;
      if (!nextToken) break;
    }
    return tasks.map((task) => refreshOf(task, region));
  };

  const task = (refresh: Refresh) => ({
    regionId: region,
    scalingGroupId: refresh.group,
    instanceRefreshTaskId: refresh.id,
  });

  return {
    region,
    account: async () => undefined,
    async group(args) {
      const { scalingGroupId } = args;
      const body = await client.describeScalingGroups({ regionId: region, scalingGroupIds: [scalingGroupId] });
      const group = body.scalingGroups?.find((each) => each.scalingGroupId === scalingGroupId);
      return group && { obstacles: obstacles(group, args), runsDesired: () => runsDesired(group, args) };
    },
    async refreshes(group) {
      const found = await describe({ scalingGroupId: group });
      return found.sort((a, b) => (b.startTime ?? "￿").localeCompare(a.startTime ?? "￿"));
    },
    source: {
      key,
      batch: BATCH,
      describe: async (ids) =>
        new Map((await describe({ instanceRefreshTaskIds: [...ids] })).map((refresh) => [refresh.id, refresh])),
      classify: (error) => (error instanceof CloudError ? error.kind : "final"),
    },
    async start(args, clientToken) {
      const { scalingGroupId } = args;
      const request = { ...startOptions(args), regionId: region, scalingGroupId, clientToken };
      try {
        const { instanceRefreshTaskId } = await client.startInstanceRefresh(request);
        if (instanceRefreshTaskId) return instanceRefreshTaskId;
      } catch (error) {
        if (error instanceof CloudError && error.code === NOTHING_TO_REFRESH) return undefined;
        throw error;
      }
      throw toCloudError("StartInstanceRefresh", new SyntaxError("no id in the answer"));
    },
    cancel: async (refresh) => void (await client.cancelInstanceRefresh(task(refresh))),
    rollback: async (refresh) => void (await client.rollbackInstanceRefresh(task(refresh))),
    suspend: async (refresh) => void (await client.suspendInstanceRefresh(task(refresh))),
    resume: async (refresh) => void (await client.resumeInstanceRefresh(task(refresh))),
    snapshot: (args) => snapshot(client, region, args),
    activities: (refresh) => activities(client, region, refresh),
  };

  async function runsDesired(group: ScalingGroup, args: EssArguments): Promise<boolean> {
    if (args.desiredConfigurationScalingConfigurationId !== undefined) {
      return group.activeScalingConfigurationId === args.desiredConfigurationScalingConfigurationId;
    }
    if (args.desiredConfigurationLaunchTemplateId !== undefined) {
      const { desiredConfigurationLaunchTemplateId: id, desiredConfigurationLaunchTemplateVersion: version } = args;
      return group.launchTemplateId === id && group.launchTemplateVersion === version;
    }
    const active = group.activeScalingConfigurationId;
    if (args.desiredConfigurationImageId === undefined || active === undefined) return false;
    const { scalingConfigurations } = await client.describeScalingConfigurations({
      regionId: region,
      scalingConfigurationIds: [active],
    });
    const configuration = scalingConfigurations?.find((each) => each.scalingConfigurationId === active);
    return configuration?.imageId === args.desiredConfigurationImageId;
  }
}
