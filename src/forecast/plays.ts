/** A refresh, simulated many times with launch times that differ. Groups that are alike share their plays. */
import type { GroupSnapshot, PlannedRefresh } from "../core/snapshot";
import { createRandom } from "../simulation/random";
import type { LaunchTimes } from "./launchTimes";
import { type SimulatedRefresh, simulate } from "./simulate";

/** Enough for the quantiles of a forecast to be steady. */
const mostRuns = 60;

/** Large groups vary less, and a preview is not to be held up: so many instances are replaced in all runs together. */
export interface Effort {
  readonly replacements: number;
  readonly leastRuns: number;
}

/** For each pair of runs a number from what is nearly a normal distribution: twelve of them have its spread. */
const normals = Array.from({ length: mostRuns / 2 }, (_, pair) => {
  const random = createRandom(`launches of play ${pair}`);
  return Array.from({ length: 12 }, random.fraction).reduce((sum, each) => sum + each, -6);
});

/** The plays of the groups that were forecast lately: a program often has many that are alike. */
const played = new Map<string, readonly SimulatedRefresh[]>();
const mostRemembered = 20;

export function playsOf(
  snapshot: GroupSnapshot,
  refresh: PlannedRefresh,
  times: LaunchTimes,
  effort: Effort,
): readonly SimulatedRefresh[] {
  const key = JSON.stringify([groupAsPlayed(snapshot), refresh, times, effort]);
  const known = played.get(key) ?? play(snapshot, refresh, times, effort);
  played.delete(key);
  played.set(key, known);
  for (const oldest of played.keys()) if (played.size > mostRemembered) played.delete(oldest);
  return known;
}

/** What of a group makes a difference to how it is played: of its launches, beside the times, whether there were any. */
function groupAsPlayed({ name, unknown, recentRefreshes, recentLaunches, ...group }: GroupSnapshot): object {
  return { ...group, hasLaunches: recentLaunches.length > 0 };
}

function play(
  snapshot: GroupSnapshot,
  refresh: PlannedRefresh,
  times: LaunchTimes,
  { replacements, leastRuns }: Effort,
): SimulatedRefresh[] {
  const runs = Math.floor(replacements / Math.max(1, snapshot.instances.length));
  return Array.from({ length: Math.min(mostRuns, Math.max(leastRuns, runs)) }, (_, index) =>
    simulate(snapshot, refresh, {
      seed: `play ${index}`,
      launchSeconds: drawLaunches(times, index),
      recordActivities: false,
    }),
  ).filter((each) => each !== undefined);
}

/** Launch times as they may be, given that the group's history tells them only so well: by pairs, as much longer as shorter. */
function drawLaunches({ seconds, uncertainty }: LaunchTimes, index: number): [number, number] {
  const normal = normals[index >> 1] as number;
  const shift = Math.round(normal * uncertainty) * (index % 2 === 0 ? 1 : -1);
  return [Math.max(1, seconds[0] + shift), Math.max(1, seconds[1] + shift)];
}
