/** How fast a refresh proceeds, from the steps that were seen. */

/** Something that happened after one call, and by the next. Milliseconds since the epoch. */
export interface Bracket {
  after: number;
  by: number;
}

/** Progress came to `done`, 0 to 1. */
export interface Step extends Bracket {
  done: number;
}

export interface Speed {
  /** Part of the whole per millisecond, while wave follows wave. */
  rate: number;
  /** The usual step, as a part of the whole, and the usual time from one to the next, in milliseconds. */
  step: number;
  gap: number;
  /** How long one wave of replacements takes, in milliseconds, and its uncertainty; where its beginning was seen. */
  wave?: { length: number; spread: number };
}

/** A gap so many times as long as usual was a pause, at a checkpoint for instance: it says nothing about the speed. */
const PAUSE = 3;
/** Shorter gaps are no pauses, milliseconds: so far apart calls may be. */
const LONGEST_LOOK_GAP_MS = 60_000;
/** Standard deviation of a time that lies anywhere in a bracket, as a part of the bracket. */
const ANYWHERE = 1 / Math.sqrt(12);

export function middle({ after, by }: Bracket): number {
  return (after + by) / 2;
}

/** How uncertain the time of something is, as a standard deviation in milliseconds. */
export function uncertainty({ after, by }: Bracket): number {
  return ANYWHERE * (by - after);
}

/**
 * The speed that a phase's steps show; undefined before the second. The first is where the phase began.
 * @param fromStart the phase was seen to begin, so that the time to its next step is that of a wave
 */
export function speedOf(steps: readonly Step[], fromStart: boolean): Speed | undefined {
  const gaps = steps.slice(1).map((step, i) => {
    const before = steps[i] as Step;
    return { time: middle(step) - middle(before), done: step.done - before.done };
  });
  const usual = median(gaps.map((gap) => gap.time));
  const moving = gaps.filter((gap) => gap.time <= PAUSE * usual + LONGEST_LOOK_GAP_MS);
  const time = moving.reduce((sum, gap) => sum + gap.time, 0);
  const done = moving.reduce((sum, gap) => sum + gap.done, 0);
  const [firstGap] = gaps;
  const firstStep = steps[1];
  if (time <= 0 || !firstGap || !firstStep) return undefined;
  const speed = { rate: done / time, step: done / moving.length, gap: Math.max(usual, LONGEST_LOOK_GAP_MS) };
  return fromStart ? { ...speed, wave: { length: firstGap.time, spread: uncertainty(firstStep) } } : speed;
}

/** When so much was done, as if progress were even between two calls; undefined when it is not so far. */
export function reached(steps: readonly Step[], done: number): number | undefined {
  const index = steps.findIndex((step) => step.done >= done);
  const step = steps[index];
  const before = steps[index - 1];
  if (!step || !before) return undefined;
  return step.after + ((step.by - step.after) * (done - before.done)) / (step.done - before.done);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
