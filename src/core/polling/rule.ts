/** When to call: when refreshes have ended unseen for so long, as can be expected, that a call is worth it. benchmarks/README.md explains the numbers. */
import type { PolledStatus } from "./source";

/** What a call is worth, in seconds of knowing an end sooner, by how many wait and whether they can share a call. */
const FEW = 5;
const WORTH_SECONDS = { few: 0.4, many: 2, manyInOneCall: 17 };
const LONGEST_MS = { few: 60_000, many: 180_000 };
/** Times until the end, in milliseconds: it is near; AWS rolls back; nothing proceeds. */
const SOON_MS = 25_000;
const ROLLBACK_MS = 150_000;
const QUIET_MS = 30 * 60_000;
/** A refresh pauses when nothing was replaced for its longest step so far and this; both clouds fail it after an hour. */
const IDLE_MS = 2 * 60_000;
const HELD_UP_MS = 60 * 60_000;

/** The longest time between two calls for one refresh, in milliseconds. */
export const longestInterval = (waiting: number) => (waiting > FEW ? LONGEST_MS.many : LONGEST_MS.few);

/** @param lags for how many seconds each refresh will probably have ended unseen; a call describes `batch` of them */
export function isWorthACall(lags: readonly number[], batch: number, waiting: number): boolean {
  const worth = batch > 1 ? WORTH_SECONDS.manyInOneCall : WORTH_SECONDS.many;
  const largest = [...lags].sort((a, b) => b - a).slice(0, batch);
  return largest.reduce((sum, lag) => sum + lag, 0) >= (waiting > FEW ? worth : WORTH_SECONDS.few);
}

/** How long a refresh seems to need until its end, by how fast it proceeded so far. */
export class TimeLeft {
  #last: PolledStatus | undefined;
  /** Where the present status began. */
  #start = { at: 0, fraction: 0 };
  #steppedAt = 0;
  #longestStep = 0;

  /** Takes in a status as it was at this time; answers with the time that seems to be left, in milliseconds. */
  see(status: PolledStatus, at: number): number {
    const { fraction } = status;
    if (this.#last?.status !== status.status || at < this.#steppedAt) {
      this.#start = { at, fraction: fraction ?? 0 };
      [this.#steppedAt, this.#longestStep] = [at, 0];
    } else if (fraction !== this.#last.fraction) {
      [this.#steppedAt, this.#longestStep] = [at, Math.max(this.#longestStep, at - this.#steppedAt)];
    }
    this.#last = status;
    // An end that was expected before is expected in as long a time again.
    return Math.max(SOON_MS, Math.abs(this.#estimate(status, at - this.#steppedAt, at)));
  }

  #estimate({ status, fraction, pauseMilliseconds: pause }: PolledStatus, idle: number, at: number): number {
    if (pause !== undefined) return (fraction ?? 1) < 1 ? QUIET_MS : Math.min(QUIET_MS, this.#start.at + pause - at);
    if (status === "Cancelling") return SOON_MS;
    if (fraction === undefined) return status === "InProgress" ? QUIET_MS : ROLLBACK_MS;
    if (fraction >= 1) return Math.min(idle, IDLE_MS);
    if (idle > this.#longestStep + IDLE_MS) return Math.min(QUIET_MS, HELD_UP_MS - idle);
    const done = fraction - this.#start.fraction;
    // In a rollback the fraction falls.
    const toDo = done < 0 ? -fraction : 1 - fraction;
    return done === 0 ? QUIET_MS : (toDo / done) * (this.#steppedAt - this.#start.at) - idle;
  }
}
