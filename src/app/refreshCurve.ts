/** The capacity curve of a refresh on a real group, from the group's scaling activities. Describes only. */
import type { GroupActivities } from "../core/activities";
import { processClock } from "../core/clock";
import type { CloudApi, Refresh } from "../core/cloud";
import type { CapacityCurve } from "../pictures/capacityCurve";
import { curveOfActivities, type Past } from "../pictures/curveOfActivities";

/**
 * @param now where one that still runs is drawn to, in milliseconds since the epoch
 * @returns undefined when the cloud does not know the group, or the time of the refresh, any more
 */
export async function curveOf(
  api: CloudApi,
  refresh: Refresh,
  now = processClock.now(),
): Promise<CapacityCurve | undefined> {
  const past = await api.activities(refresh);
  if (!past) return undefined;
  return curveOfActivities(`${refresh.group}: ${refresh.status}`, pastOf(past, refresh, now));
}

export function pastOf(activities: GroupActivities, { stage, total, plannedPauses }: Refresh, now: number): Past {
  const inService = activities.instances.filter(({ state }) => state === "inService").length;
  return { ...activities, end: activities.end ?? now, inService, stage, total, plannedPauses };
}
