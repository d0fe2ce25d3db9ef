/** How long launches take: from the group's own recent ones, where there are any. */

export interface LaunchTimes {
  /** Seconds: at least, at most. */
  readonly seconds: readonly [number, number];
  /** How many recent launches this is taken from; 0: it is assumed. */
  readonly launches: number;
}

/** What a virtual machine usually needs to boot and to pass its first health check. */
const assumed: LaunchTimes = { seconds: [45, 180], launches: 0 };

/** A single launch tells nothing about how launches differ. */
const spreadOfOne = 0.25;

/** How many quartile ranges a launch may lie above the rest before it is taken for an accident. */
const outlier = 3;

/** @param resolution seconds to which the beginning and the end of the launches are known */
export function launchTimes(recent: readonly number[], resolution = 1): LaunchTimes {
  const sorted = withoutAccidents(recent.filter((seconds) => seconds >= 0).sort((a, b) => a - b));
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return assumed;
  if (resolution > 1) return { seconds: fromCoarse(sorted, resolution), launches: sorted.length };
  // The next launch may be faster than the fastest that was seen, and slower than the slowest: by the mean gap.
  const gap = sorted.length === 1 ? least * spreadOfOne : (most - least) / (sorted.length - 1);
  return { seconds: [Math.max(0, Math.floor(least - gap)), Math.ceil(most + gap)], launches: sorted.length };
}

/** Times that are rounded are right on average, but differ more than the launches did. */
function fromCoarse(seconds: readonly number[], resolution: number): [number, number] {
  const mean = seconds.reduce((sum, each) => sum + each, 0) / seconds.length;
  const seen = seconds.reduce((sum, each) => sum + (each - mean) ** 2, 0) / Math.max(1, seconds.length - 1);
  const rounding = (2 * resolution ** 2) / 12;
  const halfRange = Math.sqrt(3 * Math.max(0, seen - rounding));
  return [Math.max(0, Math.floor(mean - halfRange)), Math.ceil(mean + halfRange)];
}

function withoutAccidents(sorted: readonly number[]): readonly number[] {
  const lower = quantile(sorted, 0.25);
  const upper = quantile(sorted, 0.75);
  const limit = upper + outlier * Math.max(upper - lower, 0.1 * upper);
  return sorted.filter((seconds) => seconds <= limit);
}

/** Of sorted numbers, by the nearest rank; 0 of none. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
