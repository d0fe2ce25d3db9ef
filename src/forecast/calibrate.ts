/** What a group's earlier refreshes tell of its launches: how long they must have taken for the refresh to take as long as it did. */

import type { GroupSnapshot, RecentRefresh } from "../core/snapshot";
import { type LaunchTimes, meanOf } from "./launchTimes";
import { simulate } from "./simulate";

/** Refreshes that are simulated again: the newest tell most. */
const MOST_REFRESHES = 4;
/** Times that each is simulated, with launches as they seem to be and with launches of twice the length. */
const MOST_RUNS = 8;
const LEAST_RUNS = 2;
/** A preview is not to be held up: so many instances are replaced in all runs of one refresh, else it is not simulated. */
const MOST_REPLACED = 2_000;
/** So much of a launch's length is in doubt even where a refresh fits exactly: what it launched was of another version. */
const LEAST_DOUBT = 0.03;
/** A refresh that is further off than so many standard errors was held up by something else. */
const HELD_UP = 3;

/** The mean of launches, in seconds, and its standard error. */
interface Estimate {
  readonly seconds: number;
  readonly error: number;
}

/** The launch times, with their mean moved to where the refreshes say that it is, as far as they can tell. */
export function calibrate(times: LaunchTimes, snapshot: GroupSnapshot): LaunchTimes {
  const before: Estimate = { seconds: meanOf(times), error: times.uncertainty };
  const found = (snapshot.recentRefreshes ?? [])
    .slice(0, MOST_REFRESHES)
    .flatMap((refresh) => estimate(refresh, times, snapshot) ?? [])
    .filter(({ seconds, error }) => Math.abs(seconds - before.seconds) <= HELD_UP * Math.hypot(error, before.error));
  if (found.length === 0) return times;
  const weighed = [before, ...found].map(({ seconds, error }) => ({ seconds, weight: 1 / Math.max(1, error) ** 2 }));
  const sum = weighed.reduce((total, { weight }) => total + weight, 0);
  const factor = weighed.reduce((total, { seconds, weight }) => total + seconds * weight, 0) / sum / before.seconds;
  const [least, most] = times.seconds;
  return {
    ...times,
    seconds: [Math.floor(least * factor), Math.ceil(most * factor)],
    uncertainty: Math.sqrt(1 / sum),
    refreshes: found.length,
  };
}

/** A refresh takes its pauses, and so many launches one after the other: it grows with their length along a line. */
function estimate(refresh: RecentRefresh, times: LaunchTimes, snapshot: GroupSnapshot): Estimate | undefined {
  const size = sizeThen(refresh, snapshot);
  const runs = Math.min(MOST_RUNS, Math.floor(MOST_REPLACED / (2 * (size ?? MOST_REPLACED))));
  if (size === undefined || runs < LEAST_RUNS) return undefined;
  const usual = simulated(refresh, times, snapshot, { size, runs, factor: 1 });
  const twice = simulated(refresh, times, snapshot, { size, runs, factor: 2 });
  const perSecond = (averageOf(twice) - averageOf(usual)) / meanOf(times);
  if (!(perSecond > 0)) return undefined;
  const seconds = meanOf(times) + (refresh.seconds - averageOf(usual)) / perSecond;
  if (seconds <= 0) return undefined;
  // What differs from run to run doubles with the launches: both tell of it. That of the average adds to that of the refresh.
  const variance = ((varianceOf(usual) + varianceOf(twice) / 4) / 2) * (1 + 1 / runs);
  return { seconds, error: Math.hypot(Math.sqrt(variance) / perSecond, LEAST_DOUBT * seconds) };
}

/** Instances that the group had: what was replaced where nothing was skipped; else it is only known when it is still the same. */
function sizeThen({ preferences, replaced }: RecentRefresh, { desiredCapacity }: GroupSnapshot): number | undefined {
  return preferences.skipMatching === false || replaced === desiredCapacity ? replaced : undefined;
}

interface Runs {
  readonly size: number;
  readonly runs: number;
  /** So many times as long as they seem to be is how long launches take. */
  readonly factor: number;
}

/** Seconds that the refresh takes, each time that it is simulated. */
function simulated(
  { preferences }: RecentRefresh,
  times: LaunchTimes,
  snapshot: GroupSnapshot,
  { size, runs, factor }: Runs,
): number[] {
  const [least, most] = times.seconds;
  const launchSeconds = [Math.round(least * factor), Math.round(most * factor)] as const;
  const instance = { matches: false, weight: 1, protected: false, standby: false, manual: false };
  const group = { ...snapshot, desiredCapacity: size, instances: Array.from({ length: size }, () => instance) };
  return Array.from({ length: runs }, (_, index) => {
    const options = { seed: `calibrated ${index}`, launchSeconds, recordActivities: false };
    return simulate(group, { preferences }, options)?.seconds ?? Number.NaN;
  });
}

function averageOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

function varianceOf(values: readonly number[]): number {
  const average = averageOf(values);
  return values.reduce((sum, each) => sum + (each - average) ** 2, 0) / (values.length - 1);
}
