/** What the capacity curve of a refresh shows, apart from how it is drawn. */
import type { RefreshStatus, Sample } from "../simulation/model";

/** Capacity from a time on, in units. Times are milliseconds from the start of the refresh. */
export interface CapacityPoint {
  readonly time: number;
  /** In service and still to be replaced, or left alone. */
  readonly old: number;
  /** In service, new and past its warm-up. */
  readonly new: number;
  /** In service, new and warming up. */
  readonly warming: number;
  readonly launching: number;
}

export interface CapacityCurve {
  readonly title: string;
  /** Ascending. Capacity stays as it is until the next point. */
  readonly points: readonly CapacityPoint[];
  /** When the curve ends. */
  readonly end: number;
  /** What was asked to stay in service, and not to be exceeded; undefined when it was not. */
  readonly floor: number | undefined;
  readonly ceiling: number | undefined;
  readonly pauses: readonly { readonly from: number; readonly to: number; readonly name: string }[];
  /** Moments, such as that of a rollback. */
  readonly marks: readonly { readonly at: number; readonly name: string }[];
}

export interface CurveOptions {
  readonly title: string;
  readonly floor?: number | undefined;
  readonly ceiling?: number | undefined;
}

const pauses: Partial<Record<RefreshStatus, string>> = {
  CheckpointPause: "pause",
  Paused: "suspended",
  Baking: "baking",
};

const marks: Partial<Record<RefreshStatus, string>> = {
  Cancelling: "cancelled",
  RollbackInProgress: "rollback",
  Failed: "failed",
};

/** The curve of a refresh that was sampled in the model, from its first sample to its last. */
export function curveOfSamples(samples: readonly Sample[], { title, floor, ceiling }: CurveOptions): CapacityCurve {
  const start = samples[0]?.time ?? 0;
  const phases = samples.filter(({ status }, index) => status !== samples[index - 1]?.status);
  const end = (samples.at(-1)?.time ?? start) - start;
  return {
    title,
    points: samples.map((sample) => pointOf(sample, start)),
    end,
    floor,
    ceiling,
    pauses: phases.flatMap(({ status, time }, index) => {
      const name = status && pauses[status];
      return name ? { from: time - start, to: (phases[index + 1]?.time ?? start + end) - start, name } : [];
    }),
    marks: phases.flatMap(({ status, time }) => {
      const name = status && marks[status];
      return name ? { at: time - start, name } : [];
    }),
  };
}

const back: ReadonlySet<RefreshStatus | undefined> = new Set([
  "RollbackInProgress",
  "RollbackSuccessful",
  "RollbackFailed",
]);

/** In a rollback, what is to be replaced is the new, and what comes is the old. */
function pointOf({ time, status, old, new: fresh, warming, pending }: Sample, start: number): CapacityPoint {
  const warm = Math.min(fresh, warming);
  const [before, after] = back.has(status) ? [fresh - warm, old] : [old, fresh - warm];
  return { time: time - start, old: before, new: after, warming: warm, launching: pending };
}
