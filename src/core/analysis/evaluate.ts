/** What the measurements of a check amount to. Pure: a count for each outcome, and the last measurements. */
import type { Check, Measurement } from "./policy";

/** So many inconclusive measurements in a row are too many: what Argo Rollouts allows, 4, and one more. */
const INCONCLUSIVE_IN_A_ROW = 5;
/** An error lists so many measurements. */
const TOLD = 5;

export interface TimedMeasurement extends Measurement {
  /** In milliseconds since the epoch. */
  readonly at: number;
}

export interface CheckResult {
  readonly check: Check;
  readonly failed: number;
  readonly inconclusiveInARow: number;
  /** Passed ones in a row, since the last checkpoint was reached. */
  readonly passedInARow: number;
  /** The last ones, the newest last. */
  readonly last: readonly TimedMeasurement[];
}

export function newResult(check: Check): CheckResult {
  return { check, failed: 0, inconclusiveInARow: 0, passedInARow: 0, last: [] };
}

/** @param isRepeated whether it takes the place of the last one, which was inconclusive */
export function withMeasurement(result: CheckResult, measured: TimedMeasurement, isRepeated = false): CheckResult {
  const { outcome } = measured;
  return {
    ...result,
    failed: result.failed + (outcome === "failed" ? 1 : 0),
    inconclusiveInARow: outcome === "inconclusive" ? result.inconclusiveInARow + (isRepeated ? 0 : 1) : 0,
    passedInARow: outcome === "passed" ? result.passedInARow + 1 : outcome === "failed" ? 0 : result.passedInARow,
    last: [...(isRepeated ? result.last.slice(0, -1) : result.last), measured].slice(-TOLD),
  };
}

/** At a checkpoint, only what is measured from then on counts for `promote`. */
export function atCheckpoint(result: CheckResult): CheckResult {
  return { ...result, passedInARow: 0 };
}

export function hasFailed({ failed, check }: CheckResult): boolean {
  return failed > check.failureLimit;
}

export function isInconclusive({ inconclusiveInARow }: CheckResult): boolean {
  return inconclusiveInARow >= INCONCLUSIVE_IN_A_ROW;
}

export function hasPassed({ passedInARow, check }: CheckResult): boolean {
  return passedInARow >= check.successCount;
}

/** `errors 0.2 passed`. */
export function resultText({ check, last }: CheckResult): string {
  const newest = last.at(-1);
  return newest ? `${check.name} ${newest.value} ${newest.outcome}` : `${check.name} not measured yet`;
}

/** Each of the last measurements, with its time. */
export function measurementsText({ last }: CheckResult): string {
  return last.map(({ at, value, outcome }) => `${new Date(at).toISOString()} ${value} (${outcome})`).join(", ");
}
