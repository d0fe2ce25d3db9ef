/** How long to wait for the next look at a refresh. */
import { hazard } from "./expectation";
import { Progress } from "./progress";
import type { Sight } from "./source";

const FLOOR_MS = 2_000;
const LONGEST_MS = 60_000;
/** The longest wait is shortened by up to this part, so that those who began together drift apart. */
const JITTER = 0.03;
/** How many seconds of knowing later one call is worth. */
const CALL_WORTH_SECONDS = 0.5;
const STEP_MS = 500;

export class Pace {
  readonly #random: () => number;
  #progress = new Progress();
  #at = Number.NEGATIVE_INFINITY;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Takes in a sight of a refresh that has not ended; `at` is in milliseconds. */
  see(sight: Sight, at: number): void {
    if (at < this.#at) this.#progress = new Progress();
    this.#at = at;
    this.#progress.see(sight, at);
  }

  /**
   * Milliseconds from the last sight to the next look. Where an end is as likely as `h` per second, looks that cost `c`
   * seconds each are best √(2c/h) apart (J. B. Keller, "Optimum checking schedules for systems subject to random
   * failure", 1974): the rates of looking are summed up until they come to one look.
   */
  next(): number {
    const expectations = this.#progress.expectations();
    const longest = LONGEST_MS * (1 - JITTER * this.#random());
    let looks = 0;
    for (let wait = 0; wait < longest; wait += STEP_MS) {
      const perSecond = Math.sqrt(hazard(expectations, this.#at + wait + STEP_MS / 2) / (2 * CALL_WORTH_SECONDS));
      looks += (perSecond * STEP_MS) / 1000;
      if (looks >= 1) return Math.max(FLOOR_MS, wait + STEP_MS);
    }
    return longest;
  }
}
