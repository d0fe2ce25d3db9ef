/** How long a refresh seems to need until its end, by how fast it proceeded so far. Times are in milliseconds. */
import type { PolledStatus } from "./source";

/** Nothing tells when it ends. */
const UNKNOWN_MS = 10 * 60_000;
/** Nothing proceeds: only a cancellation, a rollback or an alarm would end it. */
const PAUSING_MS = 40 * 60_000;
/** The end is near, or was expected before. */
const SOON_MS = 30_000;
/** A refresh pauses when nothing was replaced for the longest time between two replacements so far, and this much longer. */
const IDLE_MS = 2 * 60_000;
/** Both clouds fail a refresh that has been held up for an hour. */
const HELD_UP_MS = 60 * 60_000;

export class TimeLeft {
  #last: PolledStatus | undefined;
  #at = 0;
  /** Where the present status began. */
  #start = { at: 0, fraction: 0 };
  #steppedAt = 0;
  #longestStep = 0;

  /** Takes in a status of a refresh that has not ended, as it was at this time; answers with the time that seems to be left. */
  see(status: PolledStatus, at: number): number {
    const last = this.#last;
    // Something happened between two calls: probably in the middle.
    const between = last && at >= this.#at ? (this.#at + at) / 2 : at;
    if (last?.status !== status.status || at < this.#at) {
      this.#start = { at: between, fraction: status.fraction ?? 0 };
      this.#steppedAt = between;
      this.#longestStep = 0;
    } else if (status.fraction !== last.fraction) {
      this.#longestStep = Math.max(this.#longestStep, between - this.#steppedAt);
      this.#steppedAt = between;
    }
    this.#last = status;
    this.#at = at;
    return Math.max(SOON_MS, Math.abs(this.#estimate(status, at)));
  }

  /** Below 0 when the end was expected before. */
  #estimate({ status, fraction, pauseMilliseconds }: PolledStatus, at: number): number {
    if (pauseMilliseconds !== undefined) {
      const isLastPhase = fraction === undefined || fraction >= 1;
      return isLastPhase ? Math.min(PAUSING_MS, this.#start.at + pauseMilliseconds - at) : PAUSING_MS;
    }
    if (status === "Cancelling") return SOON_MS;
    if (fraction === undefined) return UNKNOWN_MS;
    if (fraction >= 1) return SOON_MS;
    const idle = at - this.#steppedAt;
    if (idle > this.#longestStep + IDLE_MS) return Math.min(PAUSING_MS, HELD_UP_MS - idle);
    const done = Math.abs(fraction - this.#start.fraction);
    if (done === 0) return UNKNOWN_MS;
    // In a rollback the fraction falls.
    const toDo = fraction < this.#start.fraction ? fraction : 1 - fraction;
    return (toDo / done) * (this.#steppedAt - this.#start.at) - idle;
  }
}
