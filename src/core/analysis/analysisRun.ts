/** The measurements of one refresh: each check in its own interval, from the first replaced instance until it is stopped. */
import type { Clock } from "../clock";
import type { Refresh } from "../cloud";
import {
  atCheckpoint,
  type CheckResult,
  hasFailed,
  hasPassed,
  isInconclusive,
  newResult,
  resultText,
  withMeasurement,
} from "./evaluate";
import type { Analysis, Check, Measure } from "./policy";

/**
 * An inconclusive measurement is repeated so many times in an interval: an outage of the source must not use up the time in
 * which a bad rollout can be stopped. With the default interval that is every 10 s, what Argo Rollouts waits after an error.
 */
const REPEATS = 6;

export interface AnalysisEvents {
  /** After each measurement. */
  measured(): void;
  /** Once. Nothing is measured afterwards. */
  failed(result: CheckResult): void;
  /** Once. Measuring goes on. */
  inconclusive(result: CheckResult): void;
  /** Once at each checkpoint. */
  promoted(refresh: Refresh): void;
}

export class AnalysisRun {
  readonly #stop = new AbortController();
  readonly #results: Map<string, CheckResult>;
  #seen: Refresh | undefined;
  #begun = false;
  #promoted = false;
  #toldInconclusive = false;

  constructor(
    readonly analysis: Analysis,
    readonly measure: Measure,
    readonly clock: Clock,
    readonly events: AnalysisEvents,
  ) {
    this.#results = new Map(analysis.checks.map((check) => [check.name, newResult(check)]));
  }

  /** Takes in an answer of the cloud. */
  see(refresh: Refresh): void {
    const before = this.#seen;
    this.#seen = refresh;
    if (isPausing(refresh) && !(before && isPausing(before) && before.fraction === refresh.fraction)) {
      this.#promoted = false;
      for (const [name, result] of this.#results) this.#results.set(name, atCheckpoint(result));
    }
    if (refresh.stage !== "running") {
      this.stop();
      return;
    }
    if (this.#begun || !hasReplaced(refresh)) return;
    this.#begun = true;
    // Who attaches to a refresh that has replaced instances already does not wait: it has run unwatched.
    const isNew = before !== undefined;
    for (const check of this.analysis.checks) void this.#repeat(check, isNew ? check.initialDelayMs : 0);
  }

  stop(): void {
    this.#stop.abort();
  }

  /** What is measured, for the row; empty before the first measurement. */
  summary(): string {
    const results = [...this.#results.values()];
    return results.some(({ last }) => last.length > 0) ? results.map(resultText).join(", ") : "";
  }

  async #repeat(check: Check, delay: number): Promise<void> {
    const { signal } = this.#stop;
    await this.clock.sleep(delay, signal);
    let due = this.clock.now();
    let isRepeated = false;
    while (!signal.aborted) {
      const begun = this.clock.now();
      if (!isRepeated) due = begun + check.intervalMs;
      const measured = await this.measure(check, signal);
      if (signal.aborted) return;
      this.#take(check, { ...measured, at: begun }, isRepeated);
      const again = this.clock.now() + Math.ceil(check.intervalMs / REPEATS);
      isRepeated = measured.outcome === "inconclusive" && again < due;
      await this.clock.sleep(Math.max(1, (isRepeated ? again : due) - this.clock.now()), signal);
    }
  }

  #take(check: Check, measured: CheckResult["last"][number], isRepeated: boolean): void {
    const result = withMeasurement(this.#results.get(check.name) ?? newResult(check), measured, isRepeated);
    this.#results.set(check.name, result);
    this.events.measured();
    if (hasFailed(result) || (isInconclusive(result) && this.analysis.onInconclusive === "fail")) {
      this.stop();
      this.events.failed(result);
      return;
    }
    if (isInconclusive(result) && !this.#toldInconclusive) {
      this.#toldInconclusive = true;
      this.events.inconclusive(result);
    }
    this.#promote();
  }

  #promote(): void {
    const refresh = this.#seen;
    if (!this.analysis.promote || this.#promoted || !refresh || !isPausing(refresh)) return;
    if (![...this.#results.values()].every(hasPassed)) return;
    this.#promoted = true;
    this.events.promoted(refresh);
  }
}

function hasReplaced({ replaced = 0, fraction = 0 }: Refresh): boolean {
  return replaced > 0 || fraction > 0;
}

/** True in the pause of a checkpoint that the cloud tells as such. */
function isPausing({ stage, pauseMilliseconds, isBaking }: Refresh): boolean {
  return stage === "running" && pauseMilliseconds !== undefined && !isBaking;
}
