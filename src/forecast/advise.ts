/** A forecast turned round: from what must hold during a refresh to the preferences that make it so. */
import type { GroupSnapshot, PlannedRefresh } from "../core/snapshot";
import type { Preferences } from "../simulation/model";
import { type Candidate, candidatesOf, HIGHEST } from "./adviseCandidates";
import { type Limit, limitOf } from "./adviseLimits";
import { keepsCapacity, Trials, type Tried } from "./adviseTrials";
import { type Unmet, unmetCapacity } from "./adviseUnmet";
import { type Forecast, forecastRefresh } from "./forecast";

export interface Constraints {
  /** Seconds within which it must have ended. */
  readonly withinSeconds: number;
  /** Percent of the desired capacity that is always ready. */
  readonly neverBelow: number;
  /** Percent of the desired capacity that is never exceeded. Default: 200. */
  readonly neverAbove?: number | undefined;
  /** Pauses before everything is replaced. Default: 0. */
  readonly checkpoints?: number | undefined;
  /** Seconds. Default: ten minutes, or less where the time is short. */
  readonly pauseSeconds?: number | undefined;
}

export interface Proposal {
  readonly preferences: Preferences;
  readonly forecast: Forecast;
  readonly limit: Limit;
}

export interface Advice {
  /** The best first: the fastest, then those that are slower and keep more capacity, or grow less. At most three. */
  readonly proposals: readonly Proposal[];
  /** Why there is none. */
  readonly unmet: readonly Unmet[];
}

const PROPOSALS = 3;
const MOST_FORECASTS = 4;
/** Instances that are replaced to compare candidates: advice takes two seconds at most. */
const COMPARED = 20_000;
const LEAST_CANDIDATES = 6;
const RUNS_OF_CANDIDATE = 5;
const FORECAST = { replacements: 4_000, leastRuns: 3 };
/** Those that come so near to the fastest are compared once more, with more runs. */
const NEAR = 1.12;
const MOST_NEAR = 10;
const RUNS_OF_NEAR = 16;
const USUAL_PAUSE_S = 600;
const MINUTE_S = 60;

/** @returns no proposals and nothing unmet where nothing is to be replaced */
export function advise(snapshot: GroupSnapshot, refresh: PlannedRefresh, constraints: Constraints): Advice {
  const { neverBelow, neverAbove = HIGHEST, checkpoints = 0, withinSeconds } = constraints;
  const capacity = { neverBelow, neverAbove };
  const percentages = checkpointsOf(checkpoints);
  const pause = constraints.pauseSeconds ?? USUAL_PAUSE_S;
  const planned = percentages && { checkpoints: percentages, checkpointPauseSeconds: pause };
  const affordable = Math.floor(COMPARED / Math.max(1, snapshot.instances.length));
  const runs = Math.max(1, Math.min(RUNS_OF_CANDIDATE, Math.floor(affordable / LEAST_CANDIDATES)));
  const trials = new Trials(snapshot, refresh, planned ?? {});
  const most = Math.max(LEAST_CANDIDATES, Math.floor(affordable / runs));
  const tried = candidatesOf(snapshot, capacity, most).flatMap((each) => trials.try(each, runs) ?? []);
  if (tried.length === 0) return { proposals: [], unmet: [] };
  if (checkpoints >= snapshot.instances.length) {
    const pauses = Math.max(0, snapshot.instances.length - 1);
    return { proposals: [], unmet: [{ constraint: "checkpoints", asked: checkpoints, possible: pauses }] };
  }
  const keeps = (each: Tried) => each.usual.status === "Successful" && keepsCapacity(snapshot, capacity, each);
  const keeping = notWorse(compareAgain(trials, tried.filter(keeps), affordable).filter(keeps));
  if (keeping.length === 0) return { proposals: [], unmet: unmetCapacity(trials, capacity, tried) };

  const proposals: Proposal[] = [];
  let fastest: Forecast | undefined;
  for (const each of keeping.slice(0, MOST_FORECASTS)) {
    const { preferences, forecast } = forecastWithin(trials, each.candidate, constraints);
    if (forecast.outcome !== "Successful" || !keepsCapacity(snapshot, capacity, forecast)) continue;
    if (!fastest || forecast.duration.most < fastest.duration.most) fastest = forecast;
    if (forecast.duration.most > withinSeconds) continue;
    proposals.push({ preferences, forecast, limit: limitOf(trials, each, forecast.duration.expected) });
    if (proposals.length === PROPOSALS) break;
  }
  if (proposals.length > 0 || !fastest)
    return { proposals, unmet: fastest ? [] : unmetCapacity(trials, capacity, tried) };
  const { expected, most: possible } = fastest.duration;
  return { proposals, unmet: [{ constraint: "within", asked: withinSeconds, possible, expected }] };
}

/** The forecast of a candidate; with shorter pauses where the usual ones take too long. */
function forecastWithin(trials: Trials, candidate: Candidate, { withinSeconds, pauseSeconds }: Constraints) {
  const forecastOf = (preferences: Preferences) =>
    forecastRefresh(trials.snapshot, { ...trials.refresh, preferences }, {}, FORECAST).forecast;
  const preferences = trials.preferencesOf(candidate);
  const forecast = forecastOf(preferences);
  const pauses = forecast.pauses.filter(({ status }) => status === "CheckpointPause").length;
  const excess = forecast.duration.most - withinSeconds;
  if (excess <= 0 || pauses === 0 || pauseSeconds !== undefined) return { preferences, forecast };
  const shorter = Math.floor((USUAL_PAUSE_S - excess / pauses) / MINUTE_S) * MINUTE_S;
  if (shorter < MINUTE_S) return { preferences, forecast };
  const shortened = { ...preferences, checkpointPauseSeconds: shorter };
  return { preferences: shortened, forecast: forecastOf(shortened) };
}

/** @param affordable simulations */
function compareAgain(trials: Trials, tried: readonly Tried[], affordable: number): readonly Tried[] {
  const sorted = [...tried].sort((a, b) => a.seconds - b.seconds);
  const fastest = sorted[0]?.seconds ?? 0;
  const near = sorted.slice(0, MOST_NEAR).filter(({ seconds }) => seconds <= fastest * NEAR);
  const runs = Math.min(RUNS_OF_NEAR, Math.floor(affordable / Math.max(1, near.length)));
  if (near.length < 2 || runs <= RUNS_OF_CANDIDATE) return tried;
  const again = near.flatMap(({ candidate }) => trials.try(candidate, runs) ?? []);
  // Few runs do not show which of two is slower when many would show no difference.
  const slowest = Math.max(...again.map(({ seconds }) => seconds));
  return [
    ...again,
    ...sorted.slice(near.length).map((each) => ({ ...each, seconds: Math.max(each.seconds, slowest) })),
  ];
}

/** The fastest first, without those that another one beats in time, in capacity that is kept, and in growth. */
function notWorse(tried: readonly Tried[]): Tried[] {
  const sorted = [...tried].sort(
    (a, b) => a.seconds - b.seconds || b.lowestReady - a.lowestReady || a.highestTotal - b.highestTotal,
  );
  return sorted.filter(
    (each, index) =>
      !sorted
        .slice(0, index)
        .some((other) => other.lowestReady >= each.lowestReady && other.highestTotal <= each.highestTotal),
  );
}

/** Percentages with as many pauses before the last, which is 100 as both clouds want it. */
function checkpointsOf(number: number): readonly number[] | undefined {
  if (number === 0) return undefined;
  return Array.from({ length: number + 1 }, (_, index) => Math.round((100 * (index + 1)) / (number + 1)));
}
