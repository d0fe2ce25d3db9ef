/** When a call to one API of one account and region may go out: within its rate, and after a pause when it had enough. */
import { backOff } from "./backOff";
import type { Source } from "./source";
import { TokenBucket } from "./tokenBucket";

// Neither cloud publishes a number. EC2 Auto Scaling has one limit for all operations of an account and region, which
// leaves the greater part of it to others; of waits, it is enough for 120 that cannot share a call, or 2,400 that can.
const RATE_PER_SECOND = 2;
const BURST = 5;

export class RateLimiter {
  readonly #random: () => number;
  readonly #bucket: TokenBucket;
  #underWay = 0;
  /** How often in a row the cloud had enough. */
  #throttles = 0;
  #throttledAt = Number.NEGATIVE_INFINITY;
  #closedUntil = Number.NEGATIVE_INFINITY;

  constructor(source: Source, random: () => number) {
    this.#random = random;
    this.#bucket = new TokenBucket(source.ratePerSecond ?? RATE_PER_SECOND, source.burst ?? BURST);
  }

  /** From when on the next call may go out, in milliseconds; Infinity when an answer has to come first. */
  opensAt(now: number): number {
    // After throttling one call finds out whether it is over, and not all that have piled up.
    if (this.#throttles > 0 && this.#underWay > 0) return Number.POSITIVE_INFINITY;
    return Math.max(now, this.#closedUntil, this.#bucket.readyAt(now));
  }

  /** A call goes out. */
  pass(now: number): void {
    this.#bucket.take(now);
    this.#underWay += 1;
  }

  /** A call came back, with an answer or without. */
  comeBack(): void {
    this.#underWay -= 1;
  }

  /** The cloud answered a call that was sent at this time. */
  answered(sentAt: number): void {
    if (sentAt > this.#throttledAt) this.#throttles = 0;
    this.#bucket.recover();
  }

  /** The cloud had enough. Calls that were under way together count as one. */
  throttled(sentAt: number, now: number): void {
    if (sentAt <= this.#throttledAt) return;
    this.#throttles += 1;
    this.#throttledAt = now;
    this.#closedUntil = now + backOff(this.#throttles, this.#random);
    this.#bucket.slowDown();
  }

  /** The clock was set back: what was to last until a time of day is over. */
  reset(now: number): void {
    this.#throttledAt = Number.NEGATIVE_INFINITY;
    this.#closedUntil = now;
  }
}
