import type { CapacityCurve, CapacityPoint } from "./capacityCurve";

/** What is known of a refresh afterwards. Times are milliseconds since the epoch. */
export interface Past {
  readonly start: number;
  readonly end: number;
  /** All that has begun since the start. */
  readonly activities: readonly {
    readonly kind: "Launch" | "Terminate";
    readonly instanceId: string;
    readonly start: number;
    readonly end: number | undefined;
  }[];
  /** Instances that are in service now. */
  readonly inService: number;
  readonly floor: number | undefined;
  readonly ceiling: number | undefined;
  /** When a rollback began; undefined when there was none, or the cloud does not tell. */
  readonly rollback: number | undefined;
}

type Change = { readonly time: number } & Partial<Record<"old" | "new" | "launching", number>>;

/**
 * The curve of a refresh that has run, from the scaling activities of its group. When instances had warmed up, and when
 * the refresh paused, no activity tells.
 */
export function curveOfActivities(title: string, past: Past): CapacityCurve {
  const { start, end, activities, inService, floor, ceiling, rollback } = past;
  const isNew = (launch: { start: number }) => rollback === undefined || launch.start < rollback;
  const launched = new Map(
    activities.flatMap((activity) =>
      activity.kind === "Launch" ? [[activity.instanceId, isNew(activity) ? "new" : "old"] as const] : [],
    ),
  );
  const changes = activities.flatMap(({ kind, instanceId, start, end }): Change[] => {
    const side = launched.get(instanceId) ?? "old";
    if (kind === "Terminate") return [{ time: start, [side]: -1 }];
    const ends = end === undefined ? [] : [{ time: end, launching: -1, [side]: 1 }];
    return [{ time: start, launching: 1 }, ...ends];
  });
  const gained = changes.reduce((sum, change) => sum + (change.old ?? 0) + (change.new ?? 0), 0);

  let last: CapacityPoint = { time: 0, old: inService - gained, new: 0, warming: 0, launching: 0 };
  const points = [last];
  for (const change of changes.sort((a, b) => a.time - b.time)) {
    if (change.time > end) break;
    last = {
      time: Math.max(0, change.time - start),
      old: last.old + (change.old ?? 0),
      new: last.new + (change.new ?? 0),
      warming: 0,
      launching: last.launching + (change.launching ?? 0),
    };
    points.push(last);
  }
  const marks = rollback === undefined ? [] : [{ at: rollback - start, name: "rollback" }];
  return { title, points, end: end - start, floor, ceiling, pauses: [], marks };
}
