/** Pulumi's resource option `customTimeouts`, as the dynamic door has to carry it. */

/** Time to wait when the program does not say: 12 hours. */
export const DEFAULT_TIMEOUT_S = 12 * 60 * 60;

const UNITS_S: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400 };

/**
 * Seconds of a duration such as `90s`, `1h30m` or `1d`.
 * @throws Error when it is none
 */
export function secondsOf(duration: string): number {
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== duration) {
    throw new Error(
      `\`customTimeouts\` holds ${JSON.stringify(duration)}; it must be a duration such as "90s", "1h30m" or "1d"`,
    );
  }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS_S[unit as string] as number), 0);
}
