/** What a group's earlier refreshes tell of its launches: how long they must have taken for the refresh to take as long as it did. */
import type { LaunchTimes } from "./launchTimes";
import { type PlayOptions, play } from "./play";
import type { GroupSight, RecentRefresh } from "./sight";

/** Refreshes that are played again: the newest tell most. */
const MOST_REFRESHES = 4;
/** Times that each is played. A large group hardly differs from one time to the next, and takes longer. */
const PLAYS = 8;
const PLAYS_WHEN_LARGE = 2;
const LARGE = 50;
/** So much of a launch's length is in doubt even where a refresh fits exactly: what it launched was of another version. */
const LEAST_DOUBT = 0.03;
/** A refresh that is further off than so many standard errors was held up by something else. */
const HELD_UP = 3;

/** The mean of launches, in seconds, and its standard error. */
interface Mean {
  readonly seconds: number;
  readonly error: number;
}

/** The launch times, with their mean moved to where the refreshes say that it is, as far as they can tell. */
export function calibrate(times: LaunchTimes, sight: GroupSight): LaunchTimes {
  const before: Mean = { seconds: (times.seconds[0] + times.seconds[1]) / 2, error: times.uncertainty };
  const found = (sight.recentRefreshes ?? [])
    .slice(0, MOST_REFRESHES)
    .flatMap((refresh) => meanOf(refresh, times, sight) ?? [])
    .filter(({ seconds, error }) => Math.abs(seconds - before.seconds) <= HELD_UP * Math.hypot(error, before.error));
  if (found.length === 0) return times;
  const weights = [before, ...found].map((mean) => ({ ...mean, weight: 1 / Math.max(1, mean.error) ** 2 }));
  const sum = weights.reduce((total, { weight }) => total + weight, 0);
  const mean = weights.reduce((total, { seconds, weight }) => total + seconds * weight, 0) / sum;
  const [least, most] = times.seconds.map((seconds) => seconds * (mean / before.seconds)) as [number, number];
  return {
    ...times,
    seconds: [Math.max(0, Math.floor(least)), Math.ceil(most)],
    uncertainty: Math.sqrt(1 / sum),
    refreshes: found.length,
  };
}

/** A refresh takes its pauses, and so many launches one after the other: it grows with their length along a line. */
function meanOf(refresh: RecentRefresh, times: LaunchTimes, sight: GroupSight): Mean | undefined {
  const mean = (times.seconds[0] + times.seconds[1]) / 2;
  const usual = played(refresh, times, sight, 1);
  const twice = played(refresh, times, sight, 2);
  const perSecond = (averageOf(twice) - averageOf(usual)) / mean;
  if (!(perSecond > 0)) return undefined;
  const seconds = mean + (refresh.seconds - averageOf(usual)) / perSecond;
  if (seconds <= 0) return undefined;
  const error = deviationOf(usual) / perSecond;
  return { seconds, error: Math.hypot(error, LEAST_DOUBT * seconds) };
}

/** Seconds that the refresh takes when launches take so many times as long. */
function played(refresh: RecentRefresh, times: LaunchTimes, sight: GroupSight, factor: number): number[] {
  const size = Math.max(sight.desiredCapacity, refresh.replaced);
  const launchSeconds = times.seconds.map((seconds) =>
    Math.round(seconds * factor),
  ) as unknown as PlayOptions["launchSeconds"];
  const group: GroupSight = {
    ...sight,
    desiredCapacity: size,
    instances: Array.from({ length: size }, (_, index) => {
      return { matches: index >= refresh.replaced, weight: 1, protected: false, standby: false, manual: false };
    }),
  };
  const preferences = { ...refresh.preferences, skipMatching: true };
  return Array.from({ length: size > LARGE ? PLAYS_WHEN_LARGE : PLAYS }, (_, index) => {
    const options = { seed: `calibrated ${index}`, launchSeconds, recordActivities: false };
    return play(group, { preferences }, options)?.seconds ?? Number.NaN;
  });
}

function averageOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

function deviationOf(values: readonly number[]): number {
  const average = averageOf(values);
  return Math.sqrt(values.reduce((sum, each) => sum + (each - average) ** 2, 0) / (values.length - 1));
}
