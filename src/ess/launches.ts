/** How long launches of a group took, from times of which ESS tells most to the minute only. */
import type { LaunchSight } from "../forecast/sight";
import type { ScalingActivity, ScalingInstance } from "./groupRequests";

const MINUTE_MS = 60_000;

/** Milliseconds since the epoch, cut off to the minute. */
interface Launch {
  readonly start: number;
  readonly end: number;
}

interface KnownLaunch extends Launch {
  /** When its instance was added to the group, to the second. */
  readonly added: number;
}

/** Those that are known best: where an instance is still there, one end of its launch is known to the second. */
export function recentLaunches(
  activities: readonly ScalingActivity[],
  instances: readonly ScalingInstance[],
): LaunchSight[] {
  const added = new Map(instances.map(({ instanceId, createdTime }) => [instanceId, Date.parse(createdTime ?? "")]));
  const launches: Launch[] = [];
  const known: KnownLaunch[] = [];
  for (const { startTime, endTime, createdCapacity, createdInstances = [] } of activities) {
    if (!startTime || !endTime || !createdCapacity) continue;
    const launch = { start: Date.parse(startTime), end: Date.parse(endTime) };
    launches.push(launch);
    // An activity that launched several ends with the last of them.
    const time = createdInstances.length === 1 ? (added.get(createdInstances[0]) ?? Number.NaN) : Number.NaN;
    if (time >= launch.start && time < launch.end + MINUTE_MS) known.push({ ...launch, added: time });
  }
  if (known.length === 0)
    return launches.map(({ start, end }) => between(end - start - MINUTE_MS, end - start + MINUTE_MS));
  return isAddedAtEnd(known)
    ? known.map(({ start, added: end }) => between(end - start - MINUTE_MS, end - start))
    : known.map(({ added: start, end }) => between(end - start, end - start + MINUTE_MS));
}

/** The document does not say whether an instance is added when it is created or when it comes into service: the minutes do. */
function isAddedAtEnd(known: readonly KnownLaunch[]): boolean {
  return known.some(({ start, end, added }) => added >= end && added >= start + MINUTE_MS);
}

function between(least: number, most: number): LaunchSight {
  return { least: Math.max(0, least) / 1000, most: most / 1000 };
}
