/** What an Auto Scaling group did during a refresh. Describes only. */
import type { Activity } from "@aws-sdk/client-auto-scaling";
import { boundsOf, type GroupActivities, type GroupActivity, type GroupFailure } from "../../core/activities";
import type { Refresh } from "../../core/cloud";
import { plainText } from "../common/plainText";
import type { AutoScalingArguments } from "./arguments";
import { instancesOf } from "./instances";
import type { AutoScalingReader } from "./reader";
import { plannedRefresh, warmupOf } from "./snapshot";

/** The service tells times to the second. */
const RESOLUTION_MS = 1_000;
const PAGE = 100;
/** Enough for two thousand launches and terminations. */
const MOST_PAGES = 40;

/** The only place where an activity says what it is, and of which instance. */
const DESCRIPTION = /^(.+): (i-\w+)/;

const KINDS: Readonly<Record<string, GroupActivity["kind"]>> = {
  "Launching a new EC2 instance": "Launch",
  "Terminating EC2 instance": "Terminate",
  "Replacing the root volume of EC2 instance": "ReplaceRootVolume",
  "Moving EC2 instance to Standby": "Leave",
  "Moving EC2 instance out of Standby": "Join",
  "Detaching EC2 instance": "Leave",
  "Attaching an existing EC2 instance": "Join",
};

/** @returns undefined when the group, or the time of the refresh, is not known any more */
export async function activities(
  client: AutoScalingReader,
  refresh: Refresh,
  since?: number,
): Promise<GroupActivities | undefined> {
  const args = refresh.arguments as Partial<AutoScalingArguments>;
  const group = await client.autoScalingGroup(refresh.group);
  if (!group || refresh.startTime === undefined) return undefined;
  const { endTime, rollbackDetails } = refresh.outputs as {
    endTime?: string;
    rollbackDetails?: { rollbackStartTime?: string };
  };
  const rollback = rollbackDetails?.rollbackStartTime;
  const start = Date.parse(refresh.startTime);
  const { preferences } = plannedRefresh(group, args);
  const { minHealthyPercentage: min, maxHealthyPercentage: max } = preferences;
  const leavesAlone = refresh.ended || preferences.skipMatching === true;
  return {
    group: refresh.group,
    ...instancesOf(group, leavesAlone ? args.desiredConfiguration : "nothing"),
    start,
    end: endTime ? Date.parse(endTime) : undefined,
    ...(await activitiesSince(client, refresh.group, since ?? start)),
    resolution: RESOLUTION_MS,
    warmupSeconds: preferences.warmupSeconds ?? warmupOf(group),
    rollback: rollback === undefined ? undefined : Date.parse(rollback),
    ...((group.Instances ?? []).every(({ WeightedCapacity = "1" }) => Number(WeightedCapacity) === 1)
      ? boundsOf(group.DesiredCapacity ?? 0, min, max)
      : boundsOf(0, undefined, undefined)),
  };
}

async function activitiesSince(client: AutoScalingReader, name: string, start: number) {
  const found: GroupActivity[] = [];
  const failures: GroupFailure[] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const request = { AutoScalingGroupName: name, MaxRecords: PAGE, ...(token ? { NextToken: token } : {}) };
    const { Activities = [], NextToken } = await client.describeScalingActivities(request);
    const activities = Activities.flatMap(pastActivity);
    const isRecent = (time: number) => time > start - RESOLUTION_MS;
    found.push(...activities.filter((activity) => isRecent(activity.start)));
    failures.push(...Activities.flatMap(failureOf).filter(({ time }) => isRecent(time)));
    token = NextToken;
    // The newest come first.
    if (!token || Activities.some(({ StartTime }) => StartTime && !isRecent(StartTime.getTime()))) break;
  }
  return { activities: found.reverse().sort((a, b) => a.start - b.start), failures: failures.reverse() };
}

function failureOf({ Description = "", StatusCode, StatusMessage, StartTime }: Activity): GroupFailure[] {
  if (StatusCode !== "Failed" || !StartTime) return [];
  return [{ time: StartTime.getTime(), text: plainText(StatusMessage || Description) }];
}

function pastActivity({ Description = "", StatusCode, StartTime, EndTime }: Activity): GroupActivity[] {
  const [, what = "", instanceId] = DESCRIPTION.exec(Description) ?? [];
  const kind = KINDS[what];
  if (!kind || !instanceId || !StartTime) return [];
  const failed = StatusCode === "Failed" || StatusCode === "Cancelled";
  return [{ kind, instanceId, start: StartTime.getTime(), end: EndTime?.getTime(), failed }];
}
