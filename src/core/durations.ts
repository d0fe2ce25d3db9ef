/** Durations: read as people write them, and printed as people say them. */

/** Time to wait for a refresh when the program does not say: 12 hours. */
export const DEFAULT_TIMEOUT_S = 12 * 60 * 60;

const UNITS_S: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400 };

/** What would be right, for messages. */
export const DURATION_FORM = 'a duration such as "90s", "1h30m" or "1d"';

/** More characters than a duration needs. */
const LONGEST_TEXT = 40;

/**
 * Seconds of a duration such as `90s`, `1h30m` or `1d`: the form of Pulumi's resource option `customTimeouts`, and days.
 * @throws Error that says what would be right
 */
export function secondsOf(text: string): number {
  if (text.length > LONGEST_TEXT || !/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text)) {
    const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
    throw new Error(`${JSON.stringify(shown)} is not a duration; it must be ${DURATION_FORM}`);
  }
  const parts = [...text.matchAll(/([\d.]+)([a-z]+)/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS_S[unit as string] as number), 0);
}

/** As `secondsOf`; undefined when the text is no duration. */
export function secondsIn(text: string): number | undefined {
  try {
    return secondsOf(text);
  } catch {
    return undefined;
  }
}

const PRINTED = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** From ten minutes on, seconds are left out. */
const LONG_S = 600;

/** A number of seconds in at most two units: `1 h 40 min`, `13 min`, `3 min 20 s`, `2 d`, `0 s`. */
export function durationText(exact: number): string {
  const seconds = exact < LONG_S ? exact : Math.round(exact / 60) * 60;
  const index = PRINTED.findIndex(([, size]) => Math.round(seconds) >= size);
  if (index < 0) return "0 s";
  const [unit, size] = PRINTED[index] as (typeof PRINTED)[number];
  const [smaller, step] = PRINTED[index + 1] ?? [unit, size];
  const rounded = Math.round(seconds / step) * step;
  if (rounded >= (PRINTED[index - 1]?.[1] ?? Number.POSITIVE_INFINITY)) return durationText(rounded);
  const whole = Math.floor(rounded / size);
  const rest = Math.round((rounded - whole * size) / step);
  return rest > 0 && step < size ? `${whole} ${unit} ${rest} ${smaller}` : `${whole} ${unit}`;
}
