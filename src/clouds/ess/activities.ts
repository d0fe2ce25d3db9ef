/** What a group of ESS did during a refresh. Describes only. */

import { boundsOf, type GroupActivities, type GroupActivity } from "../../core/activities";
import type { ConnectionSettings, Refresh } from "../../core/cloud";
import type { EssArguments } from "./arguments";
import { regionOf } from "./endpoint";
import { toCloudError } from "./errors";
import type { EssGroupClient, ScalingActivity } from "./groupRequests";
import { snapshotThrough } from "./snapshot";

const PAGE = 50;
/** Enough for two thousand launches and terminations, in one activity each. */
const MOST_PAGES = 80;

/** @returns undefined when the group, or the time of the refresh, is not known any more */
export async function activities(refresh: Refresh, settings: ConnectionSettings): Promise<GroupActivities | undefined> {
  const regionId = regionOf(settings);
  const { createClient } = await import("./client.js");
  const client = createClient(regionId, settings);
  const args = { ...refresh.arguments, scalingGroupId: refresh.group } as EssArguments;
  const look = await snapshotThrough(client, regionId, args);
  if (!look || refresh.startTime === undefined) return undefined;
  const { endTime } = refresh.outputs as { endTime?: string };
  const start = Date.parse(refresh.startTime);
  return {
    group: refresh.group,
    start,
    end: endTime ? Date.parse(endTime) : Date.now(),
    activities: await activitiesSince(client, { regionId, scalingGroupId: refresh.group }, start),
    rollback: undefined,
    inService: look.group.instances.filter(({ standby }) => !standby).length,
    ...(look.group.instances.every(({ weight }) => weight === 1)
      ? boundsOf(look.group.desiredCapacity, args.minHealthyPercentage, args.maxHealthyPercentage)
      : boundsOf(0, undefined, undefined)),
  };
}

async function activitiesSince(
  client: EssGroupClient,
  group: { regionId: string; scalingGroupId: string },
  start: number,
): Promise<GroupActivity[]> {
  const found: GroupActivity[] = [];
  for (let pageNumber = 1; pageNumber <= MOST_PAGES; pageNumber++) {
    const request = { ...group, pageNumber, pageSize: PAGE };
    const { body } = await client.describeScalingActivities(request).catch((error: unknown) => {
      throw toCloudError("DescribeScalingActivities", error);
    });
    const page = (body?.scalingActivities ?? []).flatMap(pastActivities);
    found.push(...page.filter((activity) => activity.start >= start));
    // The newest come first, each to the minute.
    if ((body?.scalingActivities?.length ?? 0) < PAGE || page.some((activity) => activity.start < start - 60_000))
      break;
  }
  return found.sort((a, b) => a.start - b.start);
}

function pastActivities(activity: ScalingActivity): GroupActivity[] {
  const { startTime, endTime, createdInstances = [], destroyedInstances = [], statusCode } = activity;
  if (!startTime || statusCode === "Failed" || statusCode === "Rejected") return [];
  const times = { start: Date.parse(startTime), end: endTime ? Date.parse(endTime) : undefined };
  return [
    ...createdInstances.map((instanceId) => ({ kind: "Launch" as const, instanceId, ...times })),
    ...destroyedInstances.map((instanceId) => ({ kind: "Terminate" as const, instanceId, ...times })),
  ];
}
