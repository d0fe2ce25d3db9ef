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

export function launchTimes(recent: readonly number[]): LaunchTimes {
  const sorted = withoutAccidents(recent.filter((seconds) => seconds >= 0).sort((a, b) => a - b));
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return assumed;
  // The next launch may be faster than the fastest that was seen, and slower than the slowest: by the mean gap.
  const gap = sorted.length === 1 ? least * spreadOfOne : (most - least) / (sorted.length - 1);
  return { seconds: [Math.max(0, Math.floor(least - gap)), Math.ceil(most + gap)], launches: sorted.length };
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
