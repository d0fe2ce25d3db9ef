/** How long launches take: from the group's own recent ones, where there are any. */

import type { LaunchDuration } from "../core/snapshot";
import { quantile } from "./quantile";

export interface LaunchTimes {
  /** Seconds: at least, at most. */
  readonly seconds: readonly [number, number];
  /** Seconds by which their mean may be wrong: its standard error. */
  readonly uncertainty: number;
  /** How many recent launches this is taken from; none: it is assumed. */
  readonly launches: number;
}

/** What a virtual machine usually needs to boot and to pass its first health check. */
const assumed: LaunchTimes = { seconds: [45, 180], uncertainty: 35, launches: 0 };

/** More hardly tell more; the newest are those of the newest configuration. */
const mostLaunches = 30;
/** How many quartile ranges a launch may lie above the rest before it is taken for an accident. */
const outlier = 3;
/** Means that are tried, evenly between the shortest and the longest that a launch may have taken, and a quarter beyond. */
const means = 100;
const beyond = 0.25;
/** Half of the range of launches over their mean, as it is tried. */
const halfRanges = Array.from({ length: 26 }, (_, index) => index * 0.02);
/** So many launches are of no range at all: they are as likely at any time up to an hour. */
const strays = 0.03;
const longestStray = 3_600;

/**
 * Launches take evenly any time in a range. Every range that may be is weighed by how well it explains what was seen: where
 * times are given in minutes, launches that began at different seconds narrow it down together.
 */
export function launchTimes(recent: readonly LaunchDuration[]): LaunchTimes {
  const seen = withoutAccidents(recent.filter(({ most }) => most > 0).slice(0, mostLaunches));
  if (seen.length === 0) return assumed;
  const shortest = Math.max(1, Math.min(...seen.map(({ least }) => least))) * (1 - beyond);
  const longest = Math.max(1, ...seen.map(({ most }) => most)) * (1 + beyond);
  let [weight, first, second, halfRange] = [0, 0, 0, 0];
  for (let index = 0; index < means; index++) {
    const mean = shortest + ((longest - shortest) * (index + 0.5)) / means;
    for (const part of halfRanges) {
      // A mean is as likely as one of twice the length.
      const likelihood = likelihoodOf(seen, mean * (1 - part), mean * (1 + part)) / mean;
      weight += likelihood;
      first += likelihood * mean;
      second += likelihood * mean ** 2;
      halfRange += likelihood * mean * part;
    }
  }
  const mean = first / weight;
  return {
    seconds: [Math.max(0, Math.round(mean - halfRange / weight)), Math.round(mean + halfRange / weight)],
    uncertainty: Math.sqrt(Math.max(0, second / weight - mean ** 2)),
    launches: seen.length,
  };
}

/** Seconds that a launch takes on average. */
export function meanOf({ seconds: [least, most] }: LaunchTimes): number {
  return (least + most) / 2;
}

/** How likely launches of whole seconds from a range are to be seen like this. */
function likelihoodOf(seen: readonly LaunchDuration[], from: number, to: number): number {
  const [begin, end] = [from - 0.5, to + 0.5];
  return seen.reduce((product, { least, most }) => {
    const within = Math.max(0, Math.min(most, end) - Math.max(least, begin)) / (end - begin);
    return product * ((1 - strays) * within + (strays * (most - least)) / longestStray);
  }, 1);
}

function withoutAccidents(seen: readonly LaunchDuration[]): readonly LaunchDuration[] {
  const sorted = seen.map(middleOf).sort((a, b) => a - b);
  const upper = quantile(sorted, 0.75);
  const inDoubt = Math.max(0, ...seen.map(({ least, most }) => most - least));
  const limit = upper + outlier * Math.max(upper - quantile(sorted, 0.25), 0.1 * upper, inDoubt);
  return seen.filter((launch) => middleOf(launch) <= limit);
}

function middleOf({ least, most }: LaunchDuration): number {
  return (least + most) / 2;
}
