/** What a group of ESS did during a refresh. Describes only. */

import type { Refresh, Settings } from "../../core/cloud";
import { boundsOf, type History, type PastActivity } from "../../forecast/history";
import type { EssArguments } from "./arguments";
import { regionOf } from "./endpoint";
import { toCloudError } from "./errors";
import type { EssGroupClient, ScalingActivity } from "./groupRequests";
import { lookThrough } from "./snapshot";

const PAGE = 50;
/** Enough for two thousand launches and terminations, in one activity each. */
const MOST_PAGES = 80;

/** @returns undefined when the group, or the time of the refresh, is not known any more */
export async function history(refresh: Refresh, settings: Settings): Promise<History | undefined> {
  const regionId = regionOf(settings);
  const { createClient } = await import("./client.js");
  const client = createClient(regionId, settings);
  const args = { ...refresh.arguments, scalingGroupId: refresh.group } as EssArguments;
  const look = await lookThrough(client, regionId, args);
  if (!look || refresh.startTime === undefined) return undefined;
  const { endTime } = refresh.outputs as { endTime?: string };
  const start = Date.parse(refresh.startTime);
  return {
    group: refresh.group,
    start,
    end: endTime ? Date.parse(endTime) : Date.now(),
    activities: await activitiesSince(client, { regionId, scalingGroupId: refresh.group }, start),
    rollback: undefined,
    inService: look.sight.instances.filter(({ standby }) => !standby).length,
    ...(look.sight.instances.every(({ weight }) => weight === 1)
      ? boundsOf(look.sight.desiredCapacity, args.minHealthyPercentage, args.maxHealthyPercentage)
      : boundsOf(0, undefined, undefined)),
  };
}

async function activitiesSince(
  client: EssGroupClient,
  group: { regionId: string; scalingGroupId: string },
  start: number,
): Promise<PastActivity[]> {
  const found: PastActivity[] = [];
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

function pastActivities(activity: ScalingActivity): PastActivity[] {
  const { startTime, endTime, createdInstances = [], destroyedInstances = [], statusCode } = activity;
  if (!startTime || statusCode === "Failed" || statusCode === "Rejected") return [];
  const times = { start: Date.parse(startTime), end: endTime ? Date.parse(endTime) : undefined };
  return [
    ...createdInstances.map((instanceId) => ({ kind: "Launch" as const, instanceId, ...times })),
    ...destroyedInstances.map((instanceId) => ({ kind: "Terminate" as const, instanceId, ...times })),
  ];
}
