/** What happened to a group during a refresh, in lines: whole, whenever the page is opened. */
import type { CapacityCurve } from "../pictures/capacityCurve";
import type { DashboardPast, DashboardRefresh } from "./group";

export interface TimelineEntry {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly kind: "refresh" | "launch" | "inService" | "terminate" | "other" | "failure";
  readonly text: string;
  /** Of the instances that it is about; that of one is not in the text. */
  readonly ids: readonly string[];
}

/** Of instances that do the same at the same time, so many are listed. */
const MOST_IDS = 50;

/** Before the id of an instance, or the number of several. */
const TEXTS: Readonly<Record<string, string>> = {
  launching: "Launching",
  launched: "In service:",
  terminating: "Terminating",
  leaving: "Out of service:",
  joining: "Joined:",
  replacing: "Replacing the root volume of",
  replaced: "Root volume replaced:",
};

const KINDS: Readonly<Record<string, TimelineEntry["kind"]>> = {
  launching: "launch",
  launched: "inService",
  terminating: "terminate",
  replaced: "inService",
  replacing: "launch",
};

/** The newest first, at most so many. */
export function timeline(
  refresh: DashboardRefresh,
  past: DashboardPast,
  curve: CapacityCurve,
  most: number,
): TimelineEntry[] {
  const { id, status, reason, endTime } = refresh;
  return [
    ofRefresh(past.start, `Refresh ${id} began`),
    ...ofInstances(past),
    ...phases(past, curve),
    ...past.failures.map(({ time, text }): TimelineEntry => ({ time, kind: "failure", text, ids: [] })),
    ...(endTime === undefined ? [] : [ofRefresh(endTime, `Ended: ${status}${reason ? `. ${reason}` : ""}`)]),
  ]
    .sort((a, b) => a.time - b.time)
    .slice(-most)
    .reverse();
}

function ofRefresh(time: number, text: string): TimelineEntry {
  return { time, kind: "refresh", text, ids: [] };
}

function phases({ start }: DashboardPast, { pauses, marks }: CapacityCurve): TimelineEntry[] {
  return [
    ...pauses.map(({ from, name }) => ofRefresh(start + from, name === "baking" ? "Bake time began" : "Pause began")),
    ...marks.filter(({ name }) => name === "rollback").map(({ at }) => ofRefresh(start + at, "Rollback began")),
  ];
}

/** Instances that do the same at the same time are one line: ESS tells times to the minute. What failed has its own lines. */
function ofInstances({ activities, start, end, resolution }: DashboardPast): TimelineEntry[] {
  const lines = new Map<string, { time: number; what: string; names: string[] }>();
  const add = (what: string, time: number | undefined, name: string) => {
    if (time === undefined || time > end + resolution) return;
    const key = `${time} ${what}`;
    const line = lines.get(key) ?? { time: Math.max(time, start), what, names: [] };
    lines.set(key, line);
    line.names.push(name);
  };
  for (const { kind, instanceId, start, end, failed } of activities) {
    if (kind === "Launch") {
      add("launching", start, instanceId);
      add("launched", failed ? undefined : end, instanceId);
    } else if (kind === "ReplaceRootVolume") {
      add("replacing", start, instanceId);
      add("replaced", failed ? undefined : end, instanceId);
    } else if (kind === "Terminate") add("terminating", start, instanceId);
    else add(kind === "Leave" ? "leaving" : "joining", start, instanceId);
  }
  return [...lines.values()].map(({ time, what, names }) => {
    const text = names.length === 1 ? `${TEXTS[what]}` : `${TEXTS[what]} ${names.length} instances`;
    return { time, kind: KINDS[what] ?? "other", text, ids: names.slice(0, MOST_IDS) };
  });
}
