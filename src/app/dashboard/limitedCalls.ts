/** Calls of all groups that share an API: one after the other, within a rate, and slower after it had enough. */
import type { Clock } from "../../core/clock";
import { CloudError } from "../../core/cloud";
import { RateLimiter } from "../../core/polling/rateLimiter";
import type { Source } from "../../core/polling/source";

/** The rest of what the account may call is left to others. */
const RATE_PER_SECOND = 1;
const BURST = 4;

export class LimitedCalls {
  readonly #clock: Clock;
  readonly #limiter: RateLimiter;
  #last: Promise<unknown> = Promise.resolve();

  constructor(source: Source, clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#limiter = new RateLimiter({ ...source, ratePerSecond: RATE_PER_SECOND, burst: BURST }, random);
  }

  /** Rejects as the action does; it is not sent any more once the signal is aborted. */
  async send<T>(action: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const turn = this.#last.then(() => this.#send(action, signal));
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #send<T>(action: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let now = this.#clock.now(); now < this.#limiter.opensAt(now); now = this.#clock.now()) {
      signal.throwIfAborted();
      await this.#clock.sleep(this.#limiter.opensAt(now) - now, signal);
    }
    signal.throwIfAborted();
    const sentAt = this.#clock.now();
    this.#limiter.pass(sentAt);
    try {
      const answer = await action();
      this.#limiter.answered(sentAt, this.#clock.now());
      return answer;
    } catch (error) {
      if (error instanceof CloudError && error.kind === "throttled") this.#limiter.throttled(sentAt, this.#clock.now());
      throw error;
    } finally {
      this.#limiter.comeBack();
    }
  }
}
