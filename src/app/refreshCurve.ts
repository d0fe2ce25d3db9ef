/** The capacity curve of a refresh on a real group, from the group's scaling activities. Describes only. */
import type { CloudApi, Refresh } from "../core/cloud";
import type { CapacityCurve } from "../pictures/capacityCurve";
import { curveOfActivities } from "../pictures/curveOfActivities";

/** @returns undefined when the cloud does not know the group, or the time of the refresh, any more */
export async function curveOf(api: CloudApi, refresh: Refresh): Promise<CapacityCurve | undefined> {
  const past = await api.activities(refresh);
  if (!past) return undefined;
  const { group, stage, status, total, plannedPauses } = refresh;
  return curveOfActivities(`${group}: ${status}`, { ...past, stage, total, plannedPauses });
}
