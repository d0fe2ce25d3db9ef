/** How long launches take: from the group's own recent ones, where there are any. */

export interface LaunchTimes {
  /** Seconds: at least, at most. */
  readonly seconds: readonly [number, number];
  /** Seconds by which their mean may be wrong: its standard error. */
  readonly uncertainty: number;
  /** How many recent launches this is taken from; 0: it is assumed. */
  readonly launches: number;
}

/** What a virtual machine usually needs to boot and to pass its first health check. */
const assumed: LaunchTimes = { seconds: [45, 180], uncertainty: 35, launches: 0 };

/** A single launch tells nothing about how launches differ. */
const spreadOfOne = 0.25;

/** Standard deviation of launches of one group, as a share of their mean. */
const usualSpread = 0.12;
/** As many rounded launches tell as much of the spread. */
const usualCountsFor = 30;

/** How many quartile ranges a launch may lie above the rest before it is taken for an accident. */
const outlier = 3;

/** @param resolution seconds to which the beginning and the end of the launches are known */
export function launchTimes(recent: readonly number[], resolution = 1): LaunchTimes {
  const all = recent.filter((seconds) => seconds >= 0).sort((a, b) => a - b);
  const sorted = withoutAccidents(all, resolution);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return assumed;
  const launches = sorted.length;
  const mean = sorted.reduce((sum, each) => sum + each, 0) / launches;
  const variance =
    launches === 1
      ? Math.max((least * spreadOfOne) ** 2, roundingVariance(resolution))
      : sorted.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (launches - 1);
  // The next launch may be faster than the fastest that was seen, and slower than the slowest: by the mean gap.
  const gap = launches === 1 ? least * spreadOfOne : (most - least) / (launches - 1);
  const halfRange = Math.sqrt(3 * varianceBehindRounding(variance, mean, launches, resolution));
  const [from, to] = resolution > 1 ? [mean - halfRange, mean + halfRange] : [least - gap, most + gap];
  return {
    seconds: [Math.max(0, Math.floor(from)), Math.ceil(to)],
    uncertainty: Math.sqrt(variance / launches),
    launches,
  };
}

/**
 * Times that are rounded are right on average, but differ more than the launches did; how much those differed, they tell
 * so badly that what is usual is counted in.
 */
function varianceBehindRounding(variance: number, mean: number, launches: number, resolution: number): number {
  const seen = Math.max(0, variance - roundingVariance(resolution));
  const usual = (mean * usualSpread) ** 2;
  return (seen * launches + usual * usualCountsFor) / (launches + usualCountsFor);
}

/** Of a difference of two times, each cut off at a multiple of the resolution; a second does not matter. */
function roundingVariance(resolution: number): number {
  return resolution > 1 ? (2 * resolution ** 2) / 12 : 0;
}

function withoutAccidents(sorted: readonly number[], resolution: number): readonly number[] {
  const lower = quantile(sorted, 0.25);
  const upper = quantile(sorted, 0.75);
  const limit = upper + outlier * Math.max(upper - lower, 0.1 * upper, resolution);
  return sorted.filter((seconds) => seconds <= limit);
}

/** Of sorted numbers, by the nearest rank; 0 of none. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
