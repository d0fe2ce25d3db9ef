/** All that a page shows, as an object that becomes JSON: rows of groups, and the details of those that are open. */
import type { CapacityCurve } from "../pictures/capacityCurve";
import { curveOfActivities } from "../pictures/curveOfActivities";
import { drawPlot } from "../pictures/drawCapacity";
import type { DashboardGroup, DashboardInstance, DashboardSource, GroupDetails, InstanceKind, Stage } from "./group";
import { timeline } from "./timeline";

/** More is no help to anybody. */
const MOST_GROUPS = 100;
const MOST_TILES = 400;
const MOST_ENTRIES = 60;

/** What a page asks for. */
export interface Asked {
  /** Ids of the groups of which the details are shown. */
  readonly open: ReadonlySet<string>;
  /** Part of a name. */
  readonly find: string;
  readonly only: "all" | "running" | "problems";
  /** Of a curve, in pixels. */
  readonly width: number;
}

const RUNNING: ReadonlySet<Stage | undefined> = new Set(["running", "cancelling", "rollingBack"]);
const BAD: ReadonlySet<Stage | undefined> = new Set(["failed", "rollbackFailed", "unknown"]);

const FILTERS: Readonly<Record<Asked["only"], (group: DashboardGroup) => boolean>> = {
  all: () => true,
  running: ({ stage }) => RUNNING.has(stage),
  problems: ({ stage, problem }) => BAD.has(stage) || problem !== undefined,
};

export function viewOf(source: DashboardSource, asked: Asked): object {
  const all = source.groups();
  const find = asked.find.toLowerCase();
  const matching = all.filter((group) => FILTERS[asked.only](group) && group.name.toLowerCase().includes(find));
  return {
    hasControls: source.hasControls,
    counts: {
      all: all.length,
      running: all.filter(FILTERS.running).length,
      problems: all.filter(FILTERS.problems).length,
    },
    groups: matching.slice(0, MOST_GROUPS).map((group) => groupView(group, asked)),
    hidden: Math.max(0, matching.length - MOST_GROUPS),
  };
}

function groupView(group: DashboardGroup, { open, width }: Asked): object {
  const { id, name, cloud, region, stage, problem } = group;
  const row = { id, name, cloud, region, stage, problem, refresh: group.refresh() };
  const details = open.has(id) ? group.details() : undefined;
  return details ? { ...row, details: detailsOf(group, details, width) } : row;
}

/** What does not change is not drawn again: a cloud is asked less often than pages are sent something. */
const views = new WeakMap<GroupDetails, Map<number, object>>();

function detailsOf(group: DashboardGroup, details: GroupDetails, width: number): object {
  const known = views.get(details) ?? new Map<number, object>();
  views.set(details, known);
  const view = known.get(width) ?? detailsView(group, details, width);
  known.set(width, view);
  return view;
}

function detailsView(group: DashboardGroup, { desired, instances, past }: GroupDetails, width: number): object {
  const counts = sums(instances, () => 1);
  const units = sums(instances, ({ weight }) => weight);
  const tiles = instances.slice(0, MOST_TILES);
  const ready = (units.old ?? 0) + (units.new ?? 0);
  // Without instances that terminate or are in standby.
  const { terminating = 0, standby = 0, ...present } = units;
  const total = Object.values(present).reduce((sum, each) => sum + each, 0);
  const unit = instances.every(({ weight }) => weight === 1) ? "instances" : "units";
  const shown = { unit, desired, ready, total, counts, tiles, hidden: instances.length - tiles.length };
  const refresh = group.refresh();
  if (!past || !refresh) return shown;
  const curve = curveOfActivities(group.name, past);
  return {
    ...shown,
    floor: curve.floor,
    warms: past.warmupSeconds > 0,
    resolution: past.resolution,
    curve: drawPlot(curve, width, labelOf(group.name, curve)),
    timeline: timeline(refresh, past, curve, MOST_ENTRIES),
  };
}

function sums(instances: readonly DashboardInstance[], weigh: (instance: DashboardInstance) => number) {
  const sum: Partial<Record<InstanceKind, number>> = {};
  for (const each of instances) sum[each.kind] = (sum[each.kind] ?? 0) + weigh(each);
  return sum;
}

/** What the curve shows, in words for a screen reader. */
function labelOf(name: string, { points, floor, ceiling }: CapacityCurve): string {
  const inService = points.map((point) => point.old + point.new + point.warming);
  const last = points.at(-1);
  const asked = [floor === undefined ? "" : `at least ${floor}`, ceiling === undefined ? "" : `at most ${ceiling}`];
  const wanted = asked.filter(Boolean).join(" and ");
  return [
    `Capacity of ${name} over time: ${Math.min(...inService)} to ${Math.max(...inService)} in service`,
    wanted && `asked for were ${wanted}`,
    last && `now ${last.old} old, ${last.new + last.warming} new, ${last.launching} launching`,
  ]
    .filter(Boolean)
    .join("; ");
}
