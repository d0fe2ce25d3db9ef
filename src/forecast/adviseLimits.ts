/** What keeps a proposal from being faster. */

import { type Candidate, HIGHEST } from "./adviseCandidates";
import type { Trials, Tried } from "./adviseTrials";

export interface Limit {
  /** `launches`: no bound would make it faster. */
  readonly by: "neverBelow" | "neverAbove" | "launches";
  /** The bound that would make it faster, in percent, and about how long it would then take, in seconds. */
  readonly relaxed?: { readonly percentage: number; readonly seconds: number };
}

const STEP = 20;
/** Less is no gain. */
const LEAST_GAIN = 0.03;

export function limitOf(trials: Trials, tried: Tried, expected: number): Limit {
  const { min, max } = tried.candidate;
  const lower = Math.max(0, min - STEP);
  const higher = Math.min(HIGHEST, lowestMax(max) + STEP);
  const relaxed: [by: "neverBelow" | "neverAbove", percentage: number, candidate: Candidate][] = [
    ["neverBelow", lower, { min: lower, max: max && Math.min(max, lower + 100) }],
    ["neverAbove", higher, { min: Math.max(min, higher - 100), max: higher }],
  ];
  const gains = relaxed.flatMap(([by, percentage, each]) => {
    const seconds = trials.try(each, tried.runs)?.seconds ?? tried.seconds;
    return seconds <= tried.seconds * (1 - LEAST_GAIN) ? [{ by, percentage, seconds }] : [];
  });
  const [best] = gains.sort((a, b) => a.seconds - b.seconds);
  if (!best) return { by: "launches" };
  const { by, percentage, seconds } = best;
  return { by, relaxed: { percentage, seconds: (expected * seconds) / tried.seconds } };
}

/** Without a maximum the group does not grow. */
function lowestMax(max: number | undefined): number {
  return max ?? 100;
}
