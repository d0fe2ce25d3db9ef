/** What an Auto Scaling group did during a refresh. Describes only. */
import type { Activity } from "@aws-sdk/client-auto-scaling";
import { boundsOf, type GroupActivities, type GroupActivity } from "../../core/activities";
import type { Refresh } from "../../core/cloud";
import type { AutoScalingArguments } from "./arguments";
import type { AutoScalingClient } from "./requests";
import { snapshot } from "./snapshot";

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
export async function activities(client: AutoScalingClient, refresh: Refresh): Promise<GroupActivities | undefined> {
  const args = { ...refresh.arguments, autoscalingGroupName: refresh.group } as AutoScalingArguments;
  const known = await snapshot(client, args);
  if (!known || refresh.startTime === undefined) return undefined;
  const { endTime, rollbackDetails } = refresh.outputs as {
    endTime?: string;
    rollbackDetails?: { rollbackStartTime?: string };
  };
  const rollback = rollbackDetails?.rollbackStartTime;
  const start = Date.parse(refresh.startTime);
  const { minHealthyPercentage: min, maxHealthyPercentage: max } = known.refresh.preferences;
  return {
    group: refresh.group,
    start,
    end: endTime ? Date.parse(endTime) : Date.now(),
    activities: await activitiesSince(client, refresh.group, start),
    resolution: RESOLUTION_MS,
    rollback: rollback === undefined ? undefined : Date.parse(rollback),
    inService: known.group.instances.filter(({ standby }) => !standby).length,
    ...(known.group.instances.every(({ weight }) => weight === 1)
      ? boundsOf(known.group.desiredCapacity, min, max)
      : boundsOf(0, undefined, undefined)),
  };
}

async function activitiesSince(client: AutoScalingClient, name: string, start: number): Promise<GroupActivity[]> {
  const found: GroupActivity[] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const request = { AutoScalingGroupName: name, MaxRecords: PAGE, ...(token ? { NextToken: token } : {}) };
    const { Activities = [], NextToken } = await client.describeScalingActivities(request);
    const activities = Activities.flatMap(pastActivity);
    found.push(...activities.filter((activity) => activity.start > start - RESOLUTION_MS));
    token = NextToken;
    // The newest come first.
    if (!token || activities.some((activity) => activity.start <= start - RESOLUTION_MS)) break;
  }
  return found.reverse().sort((a, b) => a.start - b.start);
}

function pastActivity({ Description = "", StatusCode, StartTime, EndTime }: Activity): GroupActivity[] {
  const [, what = "", instanceId] = DESCRIPTION.exec(Description) ?? [];
  const kind = KINDS[what];
  if (!kind || !instanceId || !StartTime) return [];
  const failed = StatusCode === "Failed" || StatusCode === "Cancelled";
  return [{ kind, instanceId, start: StartTime.getTime(), end: EndTime?.getTime(), failed }];
}
