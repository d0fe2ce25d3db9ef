/** When an end is expected, and how sure that is: what the pace of asking is made from. */

/** The end is expected `after` milliseconds from `from`, give or take `spread`. Follows a log-logistic distribution. */
export interface EndEstimate {
  /** Milliseconds since the epoch. */
  from: number;
  /** Median, in milliseconds, above 0. */
  after: number;
  /** Standard deviation, in milliseconds, above 0. */
  spread: number;
  /** How much it is believed, beside the others and beside `UNEXPECTED`. */
  weight: number;
}

/** Weight of an end at some other time: an expectation that does not come true is soon dropped, and costs few calls. */
const UNEXPECTED = 0.05;
/** Standard deviation of a logistic distribution of scale 1. */
const LOGISTIC_DEVIATION = Math.PI / Math.sqrt(3);

/** How likely it is that a refresh that ran at one time still runs at a later one, 0 to 1. */
export function survival(expectations: readonly EndEstimate[], from: number, to: number): number {
  return weightLeft(expectations, to) / weightLeft(expectations, from);
}

function weightLeft(expectations: readonly EndEstimate[], at: number): number {
  let left = UNEXPECTED;
  for (const { from, after, spread, weight } of expectations) {
    const elapsed = at - from;
    const shape = (LOGISTIC_DEVIATION * after) / spread;
    left += elapsed > 0 ? weight / (1 + (elapsed / after) ** shape) : weight;
  }
  return left;
}
