/** When an end is expected, and how sure that is: what the pace of looking is made from. */

/** The end is expected `after` milliseconds from `from`, give or take `spread`. Follows a log-logistic distribution. */
export interface Expectation {
  /** Milliseconds since the epoch. */
  from: number;
  /** Median, in milliseconds, above 0. */
  after: number;
  /** Standard deviation, in milliseconds, above 0. */
  spread: number;
  /** How much it is believed, beside the others and beside `UNEXPECTED`. */
  weight: number;
}

/** Weight of an end at some other time: an expectation that has not come true is soon dropped, and few looks are spent on it. */
const UNEXPECTED = 0.05;
/** Standard deviation of the logarithm, times the shape: π / √3. */
const SHAPE = Math.PI / Math.sqrt(3);

/** How likely the end is to come at this time, if it has not come before: per second. */
export function hazard(expectations: readonly Expectation[], at: number): number {
  let density = 0;
  let survival = UNEXPECTED;
  for (const { from, after, spread, weight } of expectations) {
    const elapsed = at - from;
    if (elapsed <= 0) {
      survival += weight;
      continue;
    }
    const shape = (SHAPE * after) / spread;
    const odds = Math.exp(Math.min(shape * Math.log(elapsed / after), 100));
    const left = 1 / (1 + odds);
    survival += weight * left;
    density += ((weight * shape) / elapsed) * odds * left * left;
  }
  return (density / survival) * 1000;
}
