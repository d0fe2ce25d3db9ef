/** Things measured in turns, so that a machine which slows down slows all of them. */
import { median } from "./figures";

/** Of some values: the middle one, the lowest and the highest. */
export interface Interval {
  median: number;
  low: number;
  high: number;
}

/** Rounds of all the names, each round in the same order. */
export async function inTurns<Name extends string, T>(
  names: readonly Name[],
  rounds: number,
  measure: (name: Name) => Promise<T>,
): Promise<Record<Name, T[]>> {
  const measured = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (let round = 0; round < rounds; round++) for (const name of names) measured[name].push(await measure(name));
  return measured;
}

/** Of what was measured in the same rounds, compared round by round. */
export function compared<T>(ours: readonly T[], theirs: readonly T[], by: (ours: T, theirs: T) => number): Interval {
  return intervalOf(ours.map((each, round) => by(each, theirs[round] as T)));
}

export function intervalOf(values: readonly number[]): Interval {
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) };
}

/** The interval as the end of a figure's name. */
export function within({ low, high }: Interval, digits = 2): string {
  return `[${low.toFixed(digits)} to ${high.toFixed(digits)}]`;
}
