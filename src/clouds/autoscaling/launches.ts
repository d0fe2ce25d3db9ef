/** How long launches of a group took. */
import type { Activity } from "@aws-sdk/client-auto-scaling";
import { CloudError } from "../../core/cloud";
import type { LaunchDuration } from "../../core/snapshot";
import type { AutoScalingClient } from "./requests";

/** Enough launches to know how long they take. */
const ACTIVITIES = 100;
/** By which the length of an activity may be wrong: its end is given to the second only. */
const HALF_SECOND = 0.5;

/** Durations of the group's newest launches. */
export async function recentLaunches(client: AutoScalingClient, name: string): Promise<LaunchDuration[]> {
  return (await recentActivities(client, name)).flatMap(launches);
}

/** A group that is not there has no activities: the description of the group says so. */
async function recentActivities(client: AutoScalingClient, name: string): Promise<Activity[]> {
  try {
    const request = { AutoScalingGroupName: name, MaxRecords: ACTIVITIES };
    return (await client.describeScalingActivities(request)).Activities ?? [];
  } catch (error) {
    if (error instanceof CloudError && error.code === "ValidationError") return [];
    throw error;
  }
}

function launches({ Description = "", StatusCode, StartTime, EndTime }: Activity): LaunchDuration[] {
  // The only place where an activity says what it is.
  if (!Description.startsWith("Launching a new EC2 instance") || StatusCode !== "Successful") return [];
  if (!StartTime || !EndTime) return [];
  const seconds = (EndTime.getTime() - StartTime.getTime()) / 1000;
  return [{ least: Math.max(0, seconds - HALF_SECOND), most: seconds + HALF_SECOND }];
}
