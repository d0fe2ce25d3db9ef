/** How pressing a call at a refresh is: for how long, as can be expected, it has ended without our knowing. */
import { survival } from "./endEstimate";
import { Progress } from "./progress";
import type { PolledStatus } from "./source";

/** Calls are never farther apart, in milliseconds. */
const LONGEST_MS = 60_000;
/** The longest wait is shortened by up to this part, so that those who began together drift apart. */
const JITTER = 0.02;

export class Interval {
  readonly #random: () => number;
  #progress = new Progress();
  #at = Number.NEGATIVE_INFINITY;
  /** Seconds of expected lag, by whole seconds since the last call. */
  #lag: number[] = [];

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Takes in a status of a refresh that has not ended; answers within how many milliseconds the next call must be. */
  see(status: PolledStatus, at: number): number {
    if (at < this.#at) this.#progress = new Progress();
    this.#at = at;
    this.#progress.see(status, at);
    const expectations = this.#progress.expectations();
    this.#lag = [0];
    for (let second = 0, lag = 0; second * 1000 < LONGEST_MS; second++) {
      lag += 1 - survival(expectations, at, at + second * 1000 + 500);
      this.#lag.push(lag);
    }
    return LONGEST_MS * (1 - JITTER * this.#random());
  }

  /** Seconds for which, as can be expected, the refresh will have ended unseen by this time. */
  expectedLag(at: number): number {
    const seconds = Math.max(0, Math.floor((at - this.#at) / 1000));
    return this.#lag[Math.min(seconds, this.#lag.length - 1)] ?? 0;
  }
}
