/** How long launches of a group took, from times of which ESS tells most to the minute only. */
import type { LaunchDuration } from "../../core/snapshot";
import type { ScalingActivity, ScalingInstance } from "./requests";

const MINUTE_MS = 60_000;

interface Launch {
  /** Milliseconds since the epoch, cut off to the minute. */
  readonly start: number;
  readonly end: number;
  /** When its instance was added to the group, to the second; undefined where that is not known. */
  readonly added: number | undefined;
}

/** Where an instance is still there, one end of its launch is known to the second. */
export function recentLaunches(
  activities: readonly ScalingActivity[],
  instances: readonly ScalingInstance[],
): LaunchDuration[] {
  const added = new Map(instances.map(({ instanceId, createdTime }) => [instanceId, Date.parse(createdTime ?? "")]));
  const launches = activities.flatMap(({ startTime, endTime, createdCapacity, createdInstances = [] }): Launch[] => {
    if (!startTime || !endTime || !createdCapacity) return [];
    const [start, end] = [Date.parse(startTime), Date.parse(endTime)];
    // An activity that launched several ends with the last of them.
    const time = createdInstances.length === 1 ? (added.get(createdInstances[0]) ?? Number.NaN) : Number.NaN;
    return [{ start, end, added: time >= start && time < end + MINUTE_MS ? time : undefined }];
  });
  const addedAtEnd = areAddedAtEnd(launches);
  return launches.map(({ start, end, added }) => {
    if (added === undefined) return between(end - start - MINUTE_MS, end - start + MINUTE_MS);
    return addedAtEnd
      ? between(added - start - MINUTE_MS, added - start)
      : between(end - added, end - added + MINUTE_MS);
  });
}

/**
 * The document does not say whether an instance is added when it is created or when it comes into service: what most of
 * the minutes say counts, as an instance may be created just after the minute in which its launch began.
 */
function areAddedAtEnd(launches: readonly Launch[]): boolean {
  const votes = launches.map(({ start, end, added }) => {
    if (added === undefined || end === start) return 0;
    return added >= end ? 1 : added < start + MINUTE_MS ? -1 : 0;
  });
  return votes.reduce((sum: number, vote) => sum + vote, 0) > 0;
}

function between(least: number, most: number): LaunchDuration {
  return { least: Math.max(0, least) / 1000, most: most / 1000 };
}
