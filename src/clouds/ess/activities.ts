/** What a group of ESS did during a refresh. Describes only. */
import { boundsOf, type GroupActivities, type GroupActivity, type GroupFailure } from "../../core/activities";
import type { Refresh } from "../../core/cloud";
import { essRules } from "../../simulation/rules";
import type { EssArguments } from "./arguments";
import { instancesOf } from "./instances";
import type { EssReader } from "./reader";
import { said } from "./refresh";
import type { EssClient, ScalingActivity } from "./requests";

/** The service tells times to the minute. */
const RESOLUTION_MS = 60_000;
const PAGE = 50;
/** Enough for two thousand launches and terminations, in one activity each. */
const MOST_PAGES = 80;

/** @returns undefined when the group, or the time of the refresh, is not known any more */
export async function activities(
  client: EssReader,
  regionId: string,
  refresh: Refresh,
  since?: number,
): Promise<GroupActivities | undefined> {
  const args = { ...refresh.arguments, scalingGroupId: refresh.group } as EssArguments;
  if (refresh.startTime === undefined) return undefined;
  const leavesAlone = refresh.ended || (args.skipMatching ?? essRules.skipMatching);
  const group = await instancesOf(client, regionId, refresh.group, leavesAlone ? args : "nothing");
  if (!group) return undefined;
  const { endTime } = refresh.outputs as { endTime?: string };
  const start = Date.parse(refresh.startTime);
  const named = { regionId, scalingGroupId: refresh.group };
  const { found, failures } = await activitiesSince(client, named, since ?? start);
  return {
    group: refresh.group,
    desired: group.desired,
    instances: group.instances,
    start,
    end: endTime ? Date.parse(endTime) : undefined,
    activities: found,
    failures: failures.map(({ time, text }) => ({ time, text: said(text, refresh.arguments) })),
    resolution: RESOLUTION_MS,
    // A group of ESS has no warm-up.
    warmupSeconds: 0,
    rollback: undefined,
    ...(group.countsInstances
      ? boundsOf(group.desired, args.minHealthyPercentage, args.maxHealthyPercentage)
      : boundsOf(0, undefined, undefined)),
  };
}

async function activitiesSince(client: EssClient, group: { regionId: string; scalingGroupId: string }, start: number) {
  const found: GroupActivity[] = [];
  const failures: GroupFailure[] = [];
  for (let pageNumber = 1; pageNumber <= MOST_PAGES; pageNumber++) {
    const request = { ...group, pageNumber, pageSize: PAGE };
    const { scalingActivities = [] } = await client.describeScalingActivities(request);
    const page = scalingActivities.flatMap(pastActivities);
    const isRecent = (time: number) => time > start - RESOLUTION_MS;
    found.push(...page.filter((activity) => isRecent(activity.start)));
    failures.push(...scalingActivities.flatMap(failureOf).filter(({ time }) => isRecent(time)));
    // The newest come first.
    if (scalingActivities.length < PAGE || page.some((activity) => !isRecent(activity.start))) break;
  }
  // Times are equal within a minute: then the order of the answer counts.
  return { found: found.reverse().sort((a, b) => a.start - b.start), failures: failures.reverse() };
}

function failureOf({ startTime, statusCode, statusMessage, description = "" }: ScalingActivity): GroupFailure[] {
  if (statusCode !== "Failed" || !startTime) return [];
  return [{ time: Date.parse(startTime), text: statusMessage || description }];
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
