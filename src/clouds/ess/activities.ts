/** What a group of ESS did during a refresh. Describes only. */

import { boundsOf, type GroupActivities, type GroupActivity } from "../../core/activities";
import type { Refresh } from "../../core/cloud";
import type { EssArguments } from "./arguments";
import type { EssClient, ScalingActivity } from "./requests";
import { snapshot } from "./snapshot";

/** The service tells times to the minute. */
const RESOLUTION_MS = 60_000;
const PAGE = 50;
/** Enough for two thousand launches and terminations, in one activity each. */
const MOST_PAGES = 80;

/** @returns undefined when the group, or the time of the refresh, is not known any more */
export async function activities(
  client: EssClient,
  regionId: string,
  refresh: Refresh,
): Promise<GroupActivities | undefined> {
  const args = { ...refresh.arguments, scalingGroupId: refresh.group } as EssArguments;
  const known = await snapshot(client, regionId, args);
  if (!known || refresh.startTime === undefined) return undefined;
  const { endTime } = refresh.outputs as { endTime?: string };
  const start = Date.parse(refresh.startTime);
  return {
    group: refresh.group,
    start,
    end: endTime ? Date.parse(endTime) : Date.now(),
    activities: await activitiesSince(client, { regionId, scalingGroupId: refresh.group }, start),
    resolution: RESOLUTION_MS,
    rollback: undefined,
    inService: known.group.instances.filter(({ standby }) => !standby).length,
    ...(known.group.instances.every(({ weight }) => weight === 1)
      ? boundsOf(known.group.desiredCapacity, args.minHealthyPercentage, args.maxHealthyPercentage)
      : boundsOf(0, undefined, undefined)),
  };
}

async function activitiesSince(
  client: EssClient,
  group: { regionId: string; scalingGroupId: string },
  start: number,
): Promise<GroupActivity[]> {
  const found: GroupActivity[] = [];
  for (let pageNumber = 1; pageNumber <= MOST_PAGES; pageNumber++) {
    const request = { ...group, pageNumber, pageSize: PAGE };
    const { scalingActivities = [] } = await client.describeScalingActivities(request);
    const page = scalingActivities.flatMap(pastActivities);
    found.push(...page.filter((activity) => activity.start > start - RESOLUTION_MS));
    // The newest come first.
    if (scalingActivities.length < PAGE || page.some((activity) => activity.start <= start - RESOLUTION_MS)) break;
  }
  // Times are equal within a minute: then the order of the answer counts.
  return found.reverse().sort((a, b) => a.start - b.start);
}

function pastActivities(activity: ScalingActivity): GroupActivity[] {
  const { startTime, endTime, createdInstances = [], destroyedInstances = [], statusCode } = activity;
  if (!startTime || statusCode === "Rejected") return [];
  const times = {
    start: Date.parse(startTime),
    end: endTime ? Date.parse(endTime) : undefined,
    failed: statusCode === "Failed",
  };
  return [
    ...createdInstances.map((instanceId) => ({ kind: "Launch" as const, instanceId, ...times })),
    ...destroyedInstances.map((instanceId) => ({ kind: "Terminate" as const, instanceId, ...times })),
  ];
}
