/**
 * The calls of one operation by one identity in one region: all that this process makes, of waits, forecasts and previews,
 * go out at one rate, which adapts to throttling. Until the first throttling it rises with each answer.
 */
import { type Clock, OVER, processClock } from "../../core/clock";
import { CloudError } from "../../core/cloud";
import { RateLimiter, type Rates } from "../../core/polling/rateLimiter";

/** Neither cloud publishes its limits: what accounts are known to have is not much less. */
const FIRST_PER_SECOND = 40;
const BURST = 40;
/** Within half a second without throttling the rate is no limit any more. */
const GROWTH = 8;
/** The limits of both clouds refill within a second or two. */
const LONGEST_PAUSE_MS = 8_000;
const RATES = { ratePerSecond: FIRST_PER_SECOND, burst: BURST, growth: GROWTH, longestPause: LONGEST_PAUSE_MS };

export class CallQueue {
  readonly #clock: Clock;
  readonly #limiter: RateLimiter;
  readonly #waiting = new Set<() => void>();
  #isRunning = false;
  #wakeUp = new AbortController();

  constructor(clock: Clock = processClock, random: () => number = Math.random, rates: Rates = RATES) {
    this.#clock = clock;
    this.#limiter = new RateLimiter(rates, random);
  }

  /** Makes the call when it is its turn. One whose signal is aborted meanwhile is made at once, and ends by itself. */
  async run<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const sentAt = await this.#turn(signal);
    try {
      const answer = await call();
      this.#limiter.answered(sentAt, this.#clock.now());
      return answer;
    } catch (error) {
      const kind = error instanceof CloudError ? error.kind : "passing";
      if (kind === "throttled") this.#limiter.throttled(sentAt, this.#clock.now());
      if (kind === "final") this.#limiter.answered(sentAt, this.#clock.now());
      throw error;
    } finally {
      this.#limiter.comeBack();
      if (this.#isRunning) this.#wakeUp.abort(OVER);
    }
  }

  /** The time at which the call goes out. */
  async #turn(signal?: AbortSignal): Promise<number> {
    const now = this.#clock.now();
    if (signal?.aborted || (this.#waiting.size === 0 && this.#limiter.opensAt(now) <= now)) return this.#pass();
    return new Promise((resolve) => {
      const go = () => {
        this.#waiting.delete(go);
        signal?.removeEventListener("abort", go);
        resolve(this.#pass());
      };
      this.#waiting.add(go);
      signal?.addEventListener("abort", go);
      if (!this.#isRunning) void this.#serve();
    });
  }

  #pass(): number {
    const now = this.#clock.now();
    this.#limiter.pass(now);
    return now;
  }

  /** Lets those who wait go, the first who came first. */
  async #serve(): Promise<void> {
    this.#isRunning = true;
    for (const next of this.#waiting) {
      while (this.#waiting.has(next)) {
        const now = this.#clock.now();
        const opens = this.#limiter.opensAt(now);
        if (opens <= now) next();
        else {
          this.#wakeUp = new AbortController();
          await this.#clock.sleep(Math.min(opens - now, LONGEST_PAUSE_MS), this.#wakeUp.signal);
        }
      }
    }
    this.#isRunning = false;
  }
}

const queues = new Map<string, CallQueue>();

/** The queue of this process for an operation. */
export function callQueue(identity: string, operation: string): CallQueue {
  const key = JSON.stringify([identity, operation]);
  const queue = queues.get(key) ?? new CallQueue();
  queues.set(key, queue);
  return queue;
}
