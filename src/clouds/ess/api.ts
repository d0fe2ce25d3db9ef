/** The API of ESS in one region, over a client. */
import { type CloudApi, CloudError, type Refresh } from "../../core/cloud";
import { sensitiveValues } from "../../core/definition/sensitiveValues";
import { activities } from "./activities";
import type { EssArguments } from "./arguments";
import { currentArguments } from "./currentArguments";
import { definition } from "./definition";
import { diagnose } from "./diagnosis";
import { BUSY, incomplete, NOTHING_TO_REFRESH } from "./errors";
import {
  capacityOf,
  emptyAndDifferent,
  isActiveConfiguration,
  launchesFrom,
  obstacles,
  onlyBackToTheSame,
  warnings,
} from "./group";
import { instancesOf } from "./instances";
import { runsContainers } from "./matches";
import { type EssReader, PAGE_OF_REFRESHES, readerOf, readingOnce } from "./reader";
import { refreshOf } from "./refresh";
import type { EssClient, InstanceRefreshTask, ScalingGroup } from "./requests";
import { snapshot } from "./snapshot";
import { startOptions } from "./wire";

/** Ids that one DescribeInstanceRefreshes takes. */
const BATCH = 20;
/** Enough for every task that a group can have had in the time that the cloud remembers. */
const MOST_PAGES = 20;
/** So many starts in a row that are refused because the group is busy count as one that is refused for good. */
const BUSY_TIMES = 5;

/**
 * The API over a client.
 * @param key tells apart who shares a rate limit
 */
export function apiOver(client: EssClient, region: string, key = `ess/${region}`): CloudApi<EssArguments> {
  return apiOverReader(readerOf(client, region), region, key);
}

function apiOverReader(client: EssReader, region: string, key: string): CloudApi<EssArguments> {
  /** The group of each task that was seen: a call for tasks of one group names it, as narrow permissions need it. */
  const groups = new Map<string, string>();
  /** How often in a row a group was too busy for a start. */
  const busy = new Map<string, number>();

  const describe = async (
    filter: { scalingGroupId?: string; instanceRefreshTaskIds?: string[] },
    signal?: AbortSignal,
  ) => {
    const tasks: InstanceRefreshTask[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const body = await client.describeInstanceRefreshes(
        {
          regionId: region,
          ...filter,
          maxResults: PAGE_OF_REFRESHES,
          ...(nextToken ? { nextToken } : {}),
        },
        { ...(signal ? { signal } : {}) },
      );
      if (!Array.isArray(body.instanceRefreshTasks))
        throw incomplete("DescribeInstanceRefreshes", "there is no list of tasks in it");
      tasks.push(...body.instanceRefreshTasks);
      nextToken = body.nextToken || undefined;
      if (!nextToken) break;
    }
    const found = tasks.map((task) => refreshOf(task, region));
    for (const { id, group } of found) groups.set(id, group);
    return found;
  };

  /** The group of all these tasks, when it is one. */
  const groupOf = (ids: readonly string[]) => {
    const [group, ...others] = new Set(ids.map((id) => groups.get(id)));
    return others.length === 0 ? group : undefined;
  };

  const task = (refresh: Refresh) => ({
    regionId: region,
    scalingGroupId: refresh.group,
    instanceRefreshTaskId: refresh.id,
  });

  /** Right after a group was created or enabled the refusal passes; one that stays is final. */
  const stillBusy = (group: string, error: CloudError) => {
    const times = (busy.get(group) ?? 0) + 1;
    busy.set(group, times);
    return times < BUSY_TIMES ? error.as("passing") : error;
  };

  return {
    region,
    readingOnce: () => apiOverReader(readingOnce(client), region, key),
    clock: client.clock,
    account: async () => undefined,
    async group(args) {
      const group = await client.scalingGroup(args.scalingGroupId);
      if (!group) return undefined;
      const runs = () => runsDesired(group, args);
      return {
        obstacles: obstacles(group, args),
        warnings: [
          ...warnings(group, args),
          ...(await emptyAndDifferent(group, runs)),
          ...(await onlyBackToTheSame(args, runs)),
        ],
        unchecked: [],
        capacity: capacityOf(group),
        launchesFrom: launchesFrom(group),
        runsDesired: runs,
      };
    },
    async currentArguments(id) {
      const group = await client.scalingGroup(id);
      return group && currentArguments(id, group);
    },
    async refreshes(group) {
      const found = await describe({ scalingGroupId: group });
      return found.sort((a, b) => (b.startTime ?? "￿").localeCompare(a.startTime ?? "￿"));
    },
    belongs: (id, group) => void groups.set(id, group),
    source: {
      key,
      batch: BATCH,
      async describe(ids, signal) {
        const group = groupOf(ids);
        const found = await describe(
          { ...(group ? { scalingGroupId: group } : {}), instanceRefreshTaskIds: [...ids] },
          signal,
        );
        return new Map(found.map((refresh) => [refresh.id, refresh]));
      },
      classify: (error) => (error instanceof CloudError ? error.kind : "final"),
    },
    async start(args, clientToken) {
      const { scalingGroupId } = args;
      const request = { ...startOptions(args), regionId: region, scalingGroupId, clientToken };
      const sensitive = sensitiveValues(definition.arguments, args);
      try {
        const { instanceRefreshTaskId: id } = await client.startInstanceRefresh(request, { sensitive });
        if (!id) throw incomplete("StartInstanceRefresh", "there is no id of a task in it");
        groups.set(id, scalingGroupId);
        busy.delete(scalingGroupId);
        return id;
      } catch (error) {
        if (error instanceof CloudError && BUSY.has(error.code)) throw stillBusy(scalingGroupId, error);
        busy.delete(scalingGroupId);
        if (error instanceof CloudError && error.code === NOTHING_TO_REFRESH) return undefined;
        throw error;
      }
    },
    cancel: async (refresh) => void (await client.cancelInstanceRefresh(task(refresh))),
    rollback: async (refresh) => void (await client.rollbackInstanceRefresh(task(refresh))),
    suspend: async (refresh) => void (await client.suspendInstanceRefresh(task(refresh))),
    resume: async (refresh) => void (await client.resumeInstanceRefresh(task(refresh))),
    snapshot: (args) => snapshot(client, region, args),
    instances: (group) => instancesOf(client, region, group),
    activities: (refresh, since) => activities(client, region, refresh, since),
    diagnose: (group) => diagnose(client, region, group),
  };

  async function runsDesired(group: ScalingGroup, args: EssArguments): Promise<boolean> {
    const { desiredConfigurationImageId: image, desiredConfigurationContainers: containers } = args;
    if (isActiveConfiguration(group, args)) return true;
    const names = ["desiredConfigurationScalingConfigurationId", "desiredConfigurationLaunchTemplateId"] as const;
    if (names.some((name) => args[name] !== undefined)) return false;
    // Nothing desired: it runs what the group launches from.
    if (image === undefined && containers === undefined) return true;
    const active = group.activeScalingConfigurationId;
    if (active === undefined) return false;
    if (containers !== undefined) {
      const request = { regionId: region, scalingGroupId: args.scalingGroupId, scalingConfigurationIds: [active] };
      const isActive = (each: { scalingConfigurationId?: string }) => each.scalingConfigurationId === active;
      const { scalingConfigurations } = await client.describeEciScalingConfigurations(request);
      return runsContainers(scalingConfigurations?.find(isActive)?.containers ?? [], containers);
    }
    return (await client.scalingConfiguration({ groupId: args.scalingGroupId, id: active }))?.imageId === image;
  }
}
