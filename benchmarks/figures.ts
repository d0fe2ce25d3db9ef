/** What a benchmark found out, beside what it was to find. */
export interface Figure {
  name: string;
  measured: number;
  /** Undefined where the figure is only reported. */
  goal?: string;
  unit: string;
  holds: boolean;
}

/** The value that so many (0 to 1) are not above. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

/** How much is measured: something in two minutes, everything in ten, everything more often in half an hour. */
export type Depth = "quick" | "usual" | "thorough";
