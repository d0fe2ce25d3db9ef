/** A duration as a person says it, in at most two units. */

const units = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** From here on seconds say nothing any more. */
const LONG_S = 600;

/** `1 h 40 min`, `13 min`, `3 min 20 s`, `2 d`; `0 s`. */
export function durationText(exact: number): string {
  const seconds = exact < LONG_S ? exact : Math.round(exact / 60) * 60;
  const index = units.findIndex(([, size]) => Math.round(seconds) >= size);
  if (index < 0) return "0 s";
  const [unit, size] = units[index] as (typeof units)[number];
  const [smaller, step] = units[index + 1] ?? [unit, size];
  const rounded = Math.round(seconds / step) * step;
  if (rounded >= (units[index - 1]?.[1] ?? Number.POSITIVE_INFINITY)) return durationText(rounded);
  const whole = Math.floor(rounded / size);
  const rest = Math.round((rounded - whole * size) / step);
  return rest > 0 && step < size ? `${whole} ${unit} ${rest} ${smaller}` : `${whole} ${unit}`;
}
