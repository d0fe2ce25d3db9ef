/** Percentages tried out on a group: each simulated a few times. */
import type { GroupSnapshot, PlannedRefresh } from "../core/snapshot";
import { portion } from "../simulation/bounds";
import type { Preferences } from "../simulation/model";
import type { Candidate, CapacityConstraints } from "./adviseCandidates";
import { launchTimes, meanOf } from "./launchTimes";
import { type SimulatedRefresh, simulate } from "./simulate";

/** A candidate, and how it goes when every launch takes as long as usual. */
export interface Tried {
  readonly candidate: Candidate;
  readonly runs: number;
  readonly usual: SimulatedRefresh;
  /** With launches that differ too: how long it takes on average, and how far capacity goes. */
  readonly seconds: number;
  readonly lowestReady: number;
  readonly highestTotal: number;
}

/** Simulates candidates of one group, none of them twice. */
export class Trials {
  readonly #known = new Map<string, Tried | undefined>();

  constructor(
    readonly snapshot: GroupSnapshot,
    readonly refresh: PlannedRefresh,
    readonly checkpoints: Pick<Preferences, "checkpoints" | "checkpointPauseSeconds">,
  ) {}

  preferencesOf({ min, max }: Candidate): Preferences {
    return {
      ...this.refresh.preferences,
      minHealthyPercentage: min,
      maxHealthyPercentage: max,
      ...this.checkpoints,
    };
  }

  /** @param runs how often it is simulated */
  try(candidate: Candidate, runs: number): Tried | undefined {
    const key = `${candidate.min} ${candidate.max} ${runs}`;
    if (!this.#known.has(key)) this.#known.set(key, this.#simulate(candidate, runs));
    return this.#known.get(key);
  }

  #simulate(candidate: Candidate, runs: number): Tried | undefined {
    const times = launchTimes(this.snapshot.recentLaunches);
    const mean = Math.round(meanOf(times));
    const known = this.snapshot.healthSeconds;
    const health = known && Math.round((known[0] + known[1]) / 2);
    const refresh = { ...this.refresh, preferences: this.preferencesOf(candidate) };
    const usual = simulate(this.snapshot, refresh, {
      seed: "usual",
      launchSeconds: [mean, mean],
      healthSeconds: health === undefined ? undefined : [health, health],
      recordActivities: false,
    });
    if (!usual) return undefined;
    const seeds = Array.from({ length: runs - 1 }, (_, index) => `trial ${index}`);
    const others = seeds.flatMap(
      (seed) => simulate(this.snapshot, refresh, { seed, launchSeconds: times.seconds, recordActivities: false }) ?? [],
    );
    // A batch ends with its slowest launch: launches that are all alike are faster than real ones.
    const timed = others.length > 0 ? others : [usual];
    const all = [usual, ...others];
    return {
      candidate,
      runs,
      usual,
      seconds: timed.reduce((sum, { seconds }) => sum + seconds, 0) / timed.length,
      lowestReady: Math.min(...all.map(({ lowestReady }) => lowestReady)),
      highestTotal: Math.max(...all.map(({ highestTotal }) => highestTotal)),
    };
  }
}

export function keepsCapacity(
  { desiredCapacity }: GroupSnapshot,
  { neverBelow, neverAbove }: CapacityConstraints,
  found: Pick<SimulatedRefresh, "lowestReady" | "highestTotal"> & {
    readonly status?: string;
    readonly outcome?: string;
  },
): boolean {
  return (
    found.lowestReady >= Math.ceil(portion(desiredCapacity, neverBelow)) &&
    found.highestTotal <= Math.floor(portion(desiredCapacity, neverAbove))
  );
}
