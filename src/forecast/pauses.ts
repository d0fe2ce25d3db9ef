import type { RefreshStatus, Sample } from "../simulation/model";

/** A time in which nothing is replaced, as was asked. */
export interface Pause {
  readonly status: "CheckpointPause" | "Baking";
  /** Seconds from the start of the refresh. */
  readonly at: number;
  readonly seconds: number;
  /** How far the refresh is then, 0 to 100. */
  readonly percentage: number;
}

const pausing: ReadonlySet<RefreshStatus | undefined> = new Set(["CheckpointPause", "Baking"]);

/** The pauses of a curve, whose last sample is that of the end. */
export function pausesOf(curve: readonly Sample[]): Pause[] {
  return curve.flatMap((sample, index) => {
    if (!pausing.has(sample.status) || curve[index - 1]?.status === sample.status) return [];
    const end = curve.slice(index).find(({ status }) => status !== sample.status) ?? curve.at(-1) ?? sample;
    return {
      status: sample.status as Pause["status"],
      at: sample.time / 1000,
      seconds: (end.time - sample.time) / 1000,
      percentage: sample.percentage,
    };
  });
}
