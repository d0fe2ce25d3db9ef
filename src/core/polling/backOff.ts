const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * How long to wait before the next try, in milliseconds: twice as long each time up to a minute, and anywhere in the upper
 * half of that, so that many who failed together do not come back together.
 * @param failures how many tries failed in a row, from 1
 */
export function backOff(failures: number, random: () => number, longest = LONGEST_MS): number {
  return Math.min(FIRST_MS * 2 ** failures, longest) * (0.5 + random() / 2);
}
