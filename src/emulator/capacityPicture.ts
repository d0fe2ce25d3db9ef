import { type CapacityCurve, curveOfSamples } from "../pictures/capacityCurve";
import { bounds } from "../simulation/bounds";
import type { Group, Refresh, Sample } from "../simulation/model";
import { sample } from "../simulation/sample";

/** The curve of the newest refresh of a group, up to its end or to now; undefined when it has had none. */
export function newestCurve(group: Group, samples: readonly Sample[], title: string): CapacityCurve | undefined {
  const refresh = group.refreshes.at(-1);
  if (!refresh) return undefined;
  const { startTime, endTime = group.now, preferences, desired, previous } = refresh;
  const { least, most } = bounds(group, preferences, desired ?? previous);
  // Before it began, at the same moment, nothing was to be replaced yet.
  const first = samples.findLastIndex(({ time }) => time <= startTime);
  const within = samples.slice(Math.max(0, first)).filter(({ time }) => time <= endTime);
  const last = within.at(-1);
  const drawn = last ? [...within, { ...last, time: endTime, status: refresh.status }] : [sample(group)];
  return curveOfSamples(drawn, { title: `${title}: ${statusText(refresh)}`, floor: least, ceiling: most });
}

function statusText({ status, progress }: Refresh): string {
  return status === "Successful" ? status : `${status}, ${progress.percentage} %`;
}
