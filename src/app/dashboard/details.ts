/** The details of a group on the page, from what the cloud tells of its instances and activities. */
import type { GroupActivities, GroupInstance, GroupInstances } from "../../core/activities";
import type { Refresh } from "../../core/cloud";
import type { GroupDetails, InstanceKind } from "../../dashboard/group";
import { launchedSides, type Past, type Side } from "../../pictures/curveOfActivities";
import { pastOf } from "../refreshCurve";

/** What was asked of a group last. */
export interface GroupFound {
  readonly now: GroupInstances;
  /** Undefined where there is no refresh, or its activities may not be read. */
  readonly activities: GroupActivities | undefined;
  /** When, in milliseconds since the epoch. */
  readonly at: number;
}

export function detailsOf({ now, activities, at }: GroupFound, refresh: Refresh | undefined): GroupDetails {
  const past =
    refresh && activities ? { ...pastOf(activities, refresh, at), failures: activities.failures } : undefined;
  const sides = past ? launchedSides(past) : new Map<string, Side>();
  const warming = new Set(past ? warmingAt(past, at) : []);
  return {
    desired: now.desired,
    instances: now.instances.map((instance) => ({
      id: instance.id,
      kind: kindOf(instance, sides, warming, refresh),
      weight: instance.weight,
    })),
    past,
  };
}

function kindOf(
  { id, state, healthy, upToDate }: GroupInstance,
  sides: ReadonlyMap<string, Side>,
  warming: ReadonlySet<string>,
  refresh: Refresh | undefined,
): InstanceKind {
  if (state !== "inService") return state;
  if (!healthy) return "unhealthy";
  if (warming.has(id)) return "warming";
  const isDone = refresh === undefined || refresh.stage === "successful";
  return sides.get(id) ?? ((upToDate ?? isDone) ? "new" : "old");
}

function warmingAt({ activities, warmupSeconds }: Past, at: number): string[] {
  return activities.flatMap(({ kind, instanceId, end = 0 }) =>
    kind === "Launch" && end + warmupSeconds * 1000 > at ? instanceId : [],
  );
}

/** What was known, with what was asked for since: activities that had not ended are in both. */
export function merged(known: GroupActivities | undefined, fresh: GroupActivities, since: number): GroupActivities {
  if (!known || known.start !== fresh.start) return fresh;
  const isOld = ({ start }: { start: number }) => start <= since - fresh.resolution;
  const failed = ({ time }: { time: number }) => time <= since - fresh.resolution;
  return {
    ...fresh,
    activities: [...known.activities.filter(isOld), ...fresh.activities],
    failures: [...known.failures.filter(failed), ...fresh.failures],
  };
}

/** From when on activities may have changed: since the oldest that had not ended, or the newest. */
export function openSince({ activities, start }: GroupActivities): number {
  const open = activities.find(({ end }) => end === undefined) ?? activities.at(-1);
  return open ? Math.max(start, open.start) : start;
}
