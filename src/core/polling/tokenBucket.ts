/** Calls at a rate that may change, and some more at once after a quiet time. */
export class TokenBucket {
  readonly #burst: number;
  #rate: number;
  #tokens: number;
  #filledAt: number | undefined;

  /** `burst` tokens may be taken at once after a quiet time, `ratePerSecond` in the long run. */
  constructor(ratePerSecond: number, burst: number) {
    this.#rate = ratePerSecond;
    this.#burst = burst;
    this.#tokens = burst;
  }

  /** A second. */
  get rate(): number {
    return this.#rate;
  }

  setRate(ratePerSecond: number, now: number): void {
    this.#fill(now);
    this.#rate = ratePerSecond;
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
    return this.#tokens >= 1 ? now : now + Math.ceil(((1 - this.#tokens) / this.#rate) * 1000);
  }

  /** No more than one call at once, until there was a quiet time again. */
  drain(): void {
    this.#tokens = Math.min(this.#tokens, 1);
  }

  #fill(now: number): void {
    const elapsed = Math.max(0, now - (this.#filledAt ?? now));
    this.#filledAt = now;
    this.#tokens = Math.min(this.#burst, this.#tokens + (elapsed / 1000) * this.#rate);
  }
}
