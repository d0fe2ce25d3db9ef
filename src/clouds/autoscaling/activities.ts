/** What an Auto Scaling group did during a refresh. Describes only. */
import type { Activity } from "@aws-sdk/client-auto-scaling";
import { boundsOf, type GroupActivities, type GroupActivity } from "../../core/activities";
import type { Refresh } from "../../core/cloud";
import type { AutoScalingArguments } from "./arguments";
import type { AutoScalingClient } from "./requests";
import { snapshot } from "./snapshot";

const PAGE = 100;
/** Enough for two thousand launches and terminations. */
const MOST_PAGES = 40;

/** The only place where an activity says what it is, and of which instance. */
const DESCRIPTION = /^(Launching a new|Terminating) EC2 instance: (i-\w+)/;

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
    found.push(...activities.filter((activity) => activity.start >= start));
    token = NextToken;
    // The newest come first.
    if (!token || activities.some((activity) => activity.start < start)) break;
  }
  return found.sort((a, b) => a.start - b.start);
}

function pastActivity({ Description = "", StatusCode, StartTime, EndTime }: Activity): GroupActivity[] {
  const [, what, instanceId] = DESCRIPTION.exec(Description) ?? [];
  if (!instanceId || !StartTime || StatusCode === "Failed" || StatusCode === "Cancelled") return [];
  const kind = what === "Terminating" ? "Terminate" : "Launch";
  return [{ kind, instanceId, start: StartTime.getTime(), end: EndTime?.getTime() }];
}
