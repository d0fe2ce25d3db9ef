/** Calls a second that one API of one account and region is given; fewer after it asked to slow down. */

/** After throttling, the rate is halved, but not below this part of what was given. */
const LOWEST_PART = 1 / 16;
/** Each answered call gives back this part of the rate. */
const REGAINED_PART = 1 / 32;

export class TokenBucket {
  readonly #ratePerSecond: number;
  readonly #burst: number;
  #current: number;
  #tokens: number;
  #filledAt: number | undefined;

  /** `burst` tokens may be taken at once after a quiet time, `ratePerSecond` in the long run. */
  constructor(ratePerSecond: number, burst: number) {
    this.#ratePerSecond = ratePerSecond;
    this.#burst = burst;
    this.#current = ratePerSecond;
    this.#tokens = burst;
  }

  /** Takes a token if there is one. `now` in milliseconds. */
  take(now: number): boolean {
    this.#fill(now);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** When there will be a token, in milliseconds; `now` when there is one. */
  readyAt(now: number): number {
    this.#fill(now);
    return this.#tokens >= 1 ? now : now + Math.ceil(((1 - this.#tokens) / this.#current) * 1000);
  }

  /** The cloud had enough: others may use up the same limit. */
  slowDown(): void {
    this.#current = Math.max(this.#current / 2, this.#ratePerSecond * LOWEST_PART);
    this.#tokens = Math.min(this.#tokens, 1);
  }

  /** The cloud answered. */
  recover(): void {
    this.#current = Math.min(this.#current + this.#ratePerSecond * REGAINED_PART, this.#ratePerSecond);
  }

  #fill(now: number): void {
    const elapsed = Math.max(0, now - (this.#filledAt ?? now));
    this.#filledAt = now;
    this.#tokens = Math.min(this.#burst, this.#tokens + (elapsed / 1000) * this.#current);
  }
}
