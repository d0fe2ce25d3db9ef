/** Pulumi's resource option `customTimeouts`, as the dynamic door has to carry it. */

/** Time to wait when the program does not say: 12 hours. */
export const DEFAULT_TIMEOUT_S = 12 * 60 * 60;

const UNITS_S: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600 };

/**
 * Seconds of a duration such as `90s` or `1h30m`, in the form that Pulumi's engine accepts: it has refused any other before.
 */
export function secondsOf(duration: string): number {
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS_S[unit as string] as number), 0);
}
