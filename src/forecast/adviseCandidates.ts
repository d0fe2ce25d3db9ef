/** The percentages that make a difference to a group: one pair for each pair of capacities to keep to. */
import type { GroupSnapshot } from "../core/snapshot";
import { portion } from "../simulation/bounds";

/** Percentages of a refresh. No maximum: a replacement is launched when its predecessor is terminated. */
export interface Candidate {
  readonly min: number;
  readonly max: number | undefined;
}

/** What the group must not do, in percent of its desired capacity. */
export interface CapacityConstraints {
  readonly neverBelow: number;
  readonly neverAbove: number;
}

/** Both clouds refuse more. */
const WIDEST = 100;
export const HIGHEST = 200;

/**
 * The candidates, the widest first. Of those that come to the same units, the one with the highest minimum and the lowest
 * maximum: it asks for what really happens.
 * @param most how many; evenly thinned out where there are more
 */
export function candidatesOf(
  { desiredCapacity, rules }: GroupSnapshot,
  { neverBelow, neverAbove }: CapacityConstraints,
  most: number,
): Candidate[] {
  const mins = distinct(range(neverBelow, 100).reverse(), (each) =>
    Math.ceil(portion(desiredCapacity, each)),
  ).reverse();
  const upTo = range(100, neverAbove);
  const maxes = distinct(upTo, (each) => Math.floor(portion(desiredCapacity, each))).reverse();
  const terminating = rules.maxHealthyPercentage === undefined ? [undefined] : [];
  const all = (some: readonly number[], others: readonly (number | undefined)[]) =>
    others.flatMap((max) => some.map((min) => ({ min, max })));
  const whole = all(mins, [...maxes, ...terminating]);
  const chosen = whole.length <= most ? whole : edges(mins, maxes, terminating, most);
  return chosen.filter(({ min, max = min }) => max - min <= WIDEST);
}

/** With a bound as wide as it may be, refreshes are fastest: the pairs along those edges, and the corners. */
function edges(
  mins: readonly number[],
  maxes: readonly number[],
  terminating: readonly undefined[],
  most: number,
): Candidate[] {
  const [lowest = 100] = mins;
  const [highest = 100] = maxes;
  const each = Math.max(2, Math.floor(most / (2 + terminating.length)));
  const pairs = [
    ...evenly(mins, each).map((min) => ({ min, max: highest })),
    ...evenly(maxes, each).map((max) => ({ min: Math.max(lowest, max - WIDEST), max })),
    ...terminating.flatMap((max) => evenly(mins, each).map((min) => ({ min, max }))),
  ];
  return distinct(pairs, ({ min, max }) => `${min} ${max}`);
}

function evenly<T>(values: readonly T[], number: number): T[] {
  if (values.length <= number) return [...values];
  return Array.from(
    { length: number },
    (_, index) => values[Math.round((index * (values.length - 1)) / (number - 1))] as T,
  );
}

function distinct<T>(values: readonly T[], keyOf: (value: T) => unknown): T[] {
  const seen = new Set<unknown>();
  return values.filter((value) => {
    const key = keyOf(value);
    return !seen.has(key) && Boolean(seen.add(key));
  });
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
