/** A group of ESS and the refresh that the arguments ask for, as a forecast has to know them. Describes only. */

import type { InstanceSnapshot, PlannedRefresh, RecentRefresh, Snapshot } from "../../core/snapshot";
import { essRules } from "../../simulation/rules";
import { HOOKS, LAUNCHES, optional } from "../common/optional";
import type { EssArguments } from "./arguments";
import { recentLaunches } from "./launches";
import { matches } from "./matches";
import { type EssReader, PAGE_OF_REFRESHES } from "./reader";
import type { EssClient, InstanceRefreshTask, LifecycleHook, ScalingInstance, SizedScalingGroup } from "./requests";
import { echoedArguments } from "./wire";

const PAGE = 50;
/** Pages that are asked for at once. */
const ABREAST = 4;
const MINUTE_S = 60;
// fact: ess-hook-defaults
const HEARTBEAT_S = 600;
/** What is replaced, waited for or left alone; the rest is on its way in or out. */
const PRESENT = new Set(["InService", "Protected", "Standby"]);

/** @returns undefined when there is no such group */
export async function snapshot(client: EssReader, regionId: string, args: EssArguments): Promise<Snapshot | undefined> {
  const { scalingGroupId } = args;
  const [group, instances, activities, hooks, refreshes] = await Promise.all([
    client.scalingGroup(scalingGroupId),
    describeInstances(client, { regionId, scalingGroupId }),
    optional(
      LAUNCHES,
      client.describeScalingActivities({ regionId, scalingGroupId, statusCode: "Successful", pageSize: PAGE }),
      {},
    ),
    hooksOf(client, { regionId, scalingGroupId }),
    // Without them the forecast's range is wider.
    client
      .describeInstanceRefreshes({ regionId, scalingGroupId, maxResults: PAGE_OF_REFRESHES })
      .catch(() => undefined),
  ]);
  if (!group) return undefined;
  const isNewImage = await desiresNewImage(client, group, args);
  const capacity = group.desiredCapacity ?? group.totalCapacity ?? instances.length;
  return {
    group: {
      rules: essRules,
      name: scalingGroupId,
      minSize: group.minSize ?? 0,
      maxSize: group.maxSize ?? capacity,
      desiredCapacity: capacity,
      instances: instances
        .filter(({ lifecycleState }) => PRESENT.has(lifecycleState ?? ""))
        .map((instance) => snapshotOf(instance, isNewImage ? false : matches(instance, group, args))),
      newWeights: newWeights(instances),
      // A group of ESS has no warm-up of its own: an instance that has joined it takes its share of the load.
      warmupSeconds: 0,
      recentLaunches: recentLaunches(activities.found.scalingActivities ?? [], instances),
      hooks: hooks.found,
      unknown: [...activities.unknown, ...hooks.unknown],
      recentRefreshes: (refreshes?.instanceRefreshTasks ?? []).flatMap(recentRefresh),
    },
    refresh: { preferences: preferencesOf(args) },
    limits: {},
  };
}

/** A forecast can do without: what is not known, or not there in another emulator, is left out. */
async function hooksOf(client: EssClient, group: { regionId: string; scalingGroupId: string }) {
  const { found, unknown } = await optional(
    HOOKS,
    client.describeLifecycleHooks({ ...group, pageSize: PAGE }),
    {},
  ).catch(() => ({ found: {} as { lifecycleHooks?: LifecycleHook[] }, unknown: [] }));
  const active = (found.lifecycleHooks ?? []).filter(({ lifecycleHookStatus }) => lifecycleHookStatus !== "InActive");
  const hooks = active.map(({ lifecycleHookName: name = "", lifecycleTransition, heartbeatTimeout }) => ({
    name,
    transition: lifecycleTransition === "SCALE_OUT" ? ("Launching" as const) : ("Terminating" as const),
    heartbeatSeconds: heartbeatTimeout ?? HEARTBEAT_S,
  }));
  return { found: hooks, unknown };
}

export async function describeInstances(client: EssClient, group: { regionId: string; scalingGroupId: string }) {
  const page = (pageNumber: number) => client.describeScalingInstances({ ...group, pageNumber, pageSize: PAGE });
  const first = await page(1);
  const found = [...(first.scalingInstances ?? [])];
  const pages = Math.ceil((first.totalCount ?? found.length) / PAGE);
  for (let next = 2; next <= pages; next += ABREAST) {
    const numbers = Array.from({ length: Math.min(ABREAST, pages - next + 1) }, (_, index) => next + index);
    const answers = await Promise.all(numbers.map(page));
    found.push(...answers.flatMap(({ scalingInstances = [] }) => scalingInstances));
  }
  return found;
}

/** No description of a template says what new instances weigh: they are taken to weigh what those of the group do. */
function newWeights(instances: readonly ScalingInstance[]): number[] {
  const weights = new Set(instances.map(({ weightedCapacity }) => weightedCapacity || 1));
  return weights.size > 0 ? [...weights] : [1];
}

/** An image that the group does not launch from yet is new to its instances too. */
async function desiresNewImage(
  client: EssReader,
  { activeScalingConfigurationId: active }: SizedScalingGroup,
  { desiredConfigurationImageId: image, scalingGroupId }: EssArguments,
): Promise<boolean> {
  if (image === undefined || active === undefined) return false;
  const used = (await client.scalingConfiguration({ groupId: scalingGroupId, id: active }))?.imageId;
  return used !== undefined && used !== image;
}

function snapshotOf(instance: ScalingInstance, matches: boolean | undefined): InstanceSnapshot {
  return {
    matches,
    weight: instance.weightedCapacity || 1,
    protected: instance.lifecycleState === "Protected",
    standby: instance.lifecycleState === "Standby",
    manual: instance.creationType !== undefined && instance.creationType !== "AutoCreated",
  };
}

function preferencesOf(options: Partial<EssArguments>): PlannedRefresh["preferences"] {
  const { minHealthyPercentage, maxHealthyPercentage, skipMatching, checkpoints, checkpointPauseTime } = options;
  return {
    minHealthyPercentage,
    maxHealthyPercentage,
    skipMatching,
    checkpoints: checkpoints?.flatMap(({ percentage }) => percentage ?? []),
    checkpointPauseSeconds: checkpointPauseTime === undefined ? undefined : checkpointPauseTime * MINUTE_S,
  };
}

/** Unlike those of activities, the times of tasks are known to the second, and long ones tell more than a launch does. */
function recentRefresh(task: InstanceRefreshTask): RecentRefresh[] {
  const { status, startTime, endTime, finishedUpdateCapacity: replaced } = task;
  if (status !== "Successful" || !startTime || !endTime || !replaced) return [];
  const [start, end] = [Date.parse(startTime), Date.parse(endTime)];
  return [{ preferences: preferencesOf(echoedArguments(task)), replaced, seconds: (end - start) / 1000 }];
}
