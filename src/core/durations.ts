/** Durations as people write them, in the form of Pulumi's resource option `customTimeouts`. */

/** Time to wait for a refresh when the program does not say: 12 hours. */
export const DEFAULT_TIMEOUT_S = 12 * 60 * 60;

const UNITS_S: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600 };

/**
 * Seconds of a duration such as `90s` or `1h30m`.
 * @throws Error when it is none
 */
export function secondsOf(duration: string): number {
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== duration) {
    throw new Error(`${JSON.stringify(duration)} is no duration; it must be one such as "90s" or "1h30m"`);
  }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS_S[unit as string] as number), 0);
}
