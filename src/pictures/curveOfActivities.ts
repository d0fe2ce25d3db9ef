/**
 * The curve of a refresh that has run, from the scaling activities of its group. No activity tells when an instance had
 * warmed up: that follows from the length of the warm-up. Pauses are read from the gaps between activities.
 */
import type { CapacityCurve, CapacityPoint } from "./capacityCurve";

/** What is known of a refresh afterwards. Times are milliseconds since the epoch. */
export interface Past {
  readonly start: number;
  readonly end: number;
  /** All that may have begun since the start, oldest first. */
  readonly activities: readonly PastActivity[];
  /** The cloud cuts the times of activities to so many milliseconds. */
  readonly resolution: number;
  /** Instances that are in service now. */
  readonly inService: number;
  readonly floor: number | undefined;
  readonly ceiling: number | undefined;
  /** For how long a new instance warms up once it is in service. */
  readonly warmupSeconds: number;
  /** When a rollback began; undefined when there was none, or the cloud does not tell. */
  readonly rollback: number | undefined;
  /** Where the refresh stands: `running`, `successful`, `failed`, `cancelled`, `rolledBack`, … */
  readonly stage: string;
  /** Instances to be replaced in all; undefined when the cloud does not tell. */
  readonly total: number | undefined;
  readonly plannedPauses: {
    /** Shares at which it pauses, 0 to 1, ascending. */
    readonly checkpoints: readonly number[];
    readonly checkpointSeconds: number;
    readonly bakeSeconds: number;
  };
}

interface PastActivity {
  readonly kind: "Launch" | "Terminate" | "Leave" | "Join" | "ReplaceRootVolume";
  readonly instanceId: string;
  readonly start: number;
  readonly end: number | undefined;
  readonly failed: boolean;
}

/** The clouds cut the end of a refresh to the second, and what ended it happened in that second. */
const SECOND = 1_000;

export type Side = "old" | "new";
/** What an instance counts as; `gone` also while it is in standby. */
type Standing = Side | "warming" | "launching" | "gone";
interface Change {
  readonly time: number;
  readonly instanceId: string;
  /** What the instance counted as before, when this is the first that is known of it. */
  readonly from: Standing;
  readonly to: Standing;
  /** The change happens only while the instance counts as this. */
  readonly only?: Standing;
}

export function curveOfActivities(title: string, past: Past): CapacityCurve {
  const { start, end, floor, ceiling } = past;
  const points = pointsOf(past);
  return {
    title,
    points,
    end: end - start,
    floor,
    ceiling,
    pauses: pausesOf(past, points),
    marks: marksOf(past),
  };
}

/** What the refresh launched, and whether that is the new configuration or, in a rollback, the old one again. */
export function launchedSides(past: Past): ReadonlyMap<string, Side> {
  const launched = past.activities.filter(
    ({ kind, failed }) => (kind === "Launch" || kind === "ReplaceRootVolume") && !failed,
  );
  return new Map(launched.map((activity) => [activity.instanceId, sideOf(past, activity)]));
}

/** Follows each instance; what is in service now then says how many there were at the start. */
function pointsOf(past: Past): CapacityPoint[] {
  const { start, end, inService, resolution } = past;
  const standings = new Map<string, Standing>();
  const counts = { old: 0, new: 0, warming: 0, launching: 0, gone: 0 };
  const atStart = { ...counts };
  const points: CapacityPoint[] = [];
  for (const { time, instanceId, from, to, only } of changesOf(past)) {
    if (only && standings.get(instanceId) !== only) continue;
    counts[standings.get(instanceId) ?? from]--;
    counts[to]++;
    standings.set(instanceId, to);
    if (time <= start) Object.assign(atStart, counts);
    else if (time < end + Math.min(SECOND, resolution)) points.push({ ...counts, time: Math.min(time, end) - start });
  }
  const before = inService - counts.old - counts.new - counts.warming;
  return [{ ...atStart, time: 0 }, ...points].map(({ time, old, new: fresh, warming, launching }) => ({
    time,
    old: old + before,
    new: fresh,
    warming,
    launching,
  }));
}

/** What becomes what, oldest first. What a cut time puts before the start happened after it. */
function changesOf(past: Past): Change[] {
  const replaced = new Set<string>();
  const warmup = past.warmupSeconds * 1000;
  return past.activities
    .flatMap((activity): Change[] => {
      const { kind, instanceId, start, end, failed } = activity;
      const from = kind === "Launch" || kind === "Join" ? "gone" : "old";
      const at = (time: number | undefined, to: Standing): Change[] =>
        time === undefined ? [] : [{ time: Math.max(time, past.start), instanceId, from, to }];
      switch (kind) {
        case "Launch":
        case "ReplaceRootVolume": {
          const side = sideOf(past, activity);
          if (side === "new") replaced.add(instanceId);
          if (failed || side === "old" || warmup === 0)
            return [...at(start, "launching"), ...at(end, failed ? "gone" : side)];
          const warm = at(end === undefined ? undefined : end + warmup, "new");
          return [
            ...at(start, "launching"),
            ...at(end, "warming"),
            ...warm.map((change) => ({ ...change, only: "warming" as const })),
          ];
        }
        case "Terminate":
        case "Leave":
          return at(start, "gone");
        default:
          return at(end, replaced.has(instanceId) ? "new" : "old");
      }
    })
    .sort((a, b) => a.time - b.time);
}

/** Whether a launch brought the new configuration, or in a rollback the old one again. */
function sideOf({ rollback, stage, activities, end }: Past, { instanceId, start }: PastActivity): Side {
  if (rollback !== undefined) return start < rollback ? "new" : "old";
  if (stage !== "rolledBack") return "new";
  // Nobody tells when the rollback began: it has terminated what was new.
  const isGone = activities.some(
    (other) => other.kind === "Terminate" && other.instanceId === instanceId && other.start < end + SECOND,
  );
  return isGone ? "new" : "old";
}

/** Ends that are worth a mark. */
const ENDS: Readonly<Record<string, string>> = {
  failed: "failed",
  rollbackFailed: "rollback failed",
  cancelled: "cancelled",
};

function marksOf(past: Past): CapacityCurve["marks"] {
  const { start, end, stage, activities } = past;
  const first = activities.find((activity) => activity.kind === "Launch" && sideOf(past, activity) === "old");
  const rollback = past.rollback ?? (stage === "rolledBack" ? (first?.start ?? end) : undefined);
  return [
    ...(rollback === undefined ? [] : [{ at: Math.max(0, rollback - start), name: "rollback" }]),
    ...(ENDS[stage] ? [{ at: end - start, name: ENDS[stage] }] : []),
  ];
}

/** A pause ends with the next activity, or with the refresh, and is as long as it was planned or shorter. */
function pausesOf(past: Past, points: readonly CapacityPoint[]): CapacityCurve["pauses"] {
  const { start, end, stage, resolution, plannedPauses } = past;
  const { checkpoints, checkpointSeconds, bakeSeconds } = plannedPauses;
  const length = end - start;
  const total = past.total ?? points[0]?.old ?? 0;
  const endOfGap = (index: number) => points[index + 1]?.time ?? length;
  let from = 0;
  const pauses = checkpoints.flatMap((share) => {
    const quiet = points.findIndex((point, index) => {
      if (index < from || point.launching > 0 || total <= 0 || point.new < Math.ceil(share * total)) return false;
      const gap = endOfGap(index) - point.time;
      return gap >= checkpointSeconds * 1000 - resolution || (stage === "running" && index === points.length - 1);
    });
    const since = points[quiet]?.time;
    if (since === undefined) return [];
    from = quiet + 1;
    const to = endOfGap(quiet);
    return [{ from: Math.max(since, to - checkpointSeconds * 1000), to, name: "pause" }];
  });
  const baking = stage === "successful" ? bakeSeconds * 1000 : 0;
  return baking > 0 ? [...pauses, { from: Math.max(0, length - baking), to: length, name: "baking" }] : pauses;
}
