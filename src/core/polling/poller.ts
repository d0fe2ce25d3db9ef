/** All waits that share one API of one account and region: their calls go out together, in turn and within its rate. */

import { type Clock, inTime, OVER } from "../clock";
import { fillBatch, worthACallAt } from "./batching";
import { RateLimiter } from "./rateLimiter";
import { longestInterval } from "./rule";
import type { PolledStatus, Source } from "./source";
import type { Wait } from "./wait";

// Neither cloud publishes a number. EC2 Auto Scaling has one limit for all operations of an account and region, which
// leaves the greater part of it to others; of waits, it is enough for 120 that cannot share a call, or 2,400 that can.
const RATE_PER_SECOND = 2;
const BURST = 5;
/** A call with room left is not sent so soon after another, in milliseconds: more may come. */
const GATHER_MS = 2_000;
/** A call without an answer is given up after this time, as a passing error. */
const LONGEST_CALL_MS = 60_000;
const LONGEST_SLEEP_MS = 60_000;

/** A call under way, and for whom. */
interface Call {
  readonly waits: readonly Wait[];
  readonly stop: AbortController;
  readonly sentAt: number;
}

export class Poller {
  readonly #clock: Clock;
  readonly #batch: number;
  readonly #rateLimiter: RateLimiter;
  readonly #waits = new Set<Wait>();
  readonly #calls = new Set<Call>();
  /** How many waited at once at most, since nobody did. */
  #most = 0;
  #running = false;
  #wakeUp = new AbortController();
  #now = Number.NEGATIVE_INFINITY;
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(source: Source, clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#batch = source.batch;
    const { ratePerSecond = RATE_PER_SECOND, burst = BURST } = source;
    this.#rateLimiter = new RateLimiter({ ratePerSecond, burst }, random);
  }

  add(wait: Wait): void {
    this.#waits.add(wait);
    this.#most = Math.max(this.#most, this.#waits.size);
    this.wake();
    if (!this.#running) void this.#run();
  }

  /** Something has changed: think again. */
  wake(): void {
    this.#wakeUp.abort(OVER);
  }

  /** Runs only while somebody waits. */
  async #run(): Promise<void> {
    this.#running = true;
    // Waits that begin together share their first call.
    await undefined;
    for (;;) {
      this.#wakeUp = new AbortController();
      this.#tick();
      this.#dropEnded();
      if (this.#waits.size === 0) break;
      while (this.#send());
      if (this.#expire()) continue;
      await this.#clock.sleep(Math.min(this.#nextEvent() - this.#now, LONGEST_SLEEP_MS), this.#wakeUp.signal);
    }
    this.#running = false;
    this.#most = 0;
  }

  /** Reads the clock. One that was set back no longer says when a call is due: all are. */
  #tick(): void {
    const now = this.#clock.now();
    if (now < this.#now) {
      for (const wait of this.#waits) wait.due = now;
      this.#sentAt = Number.NEGATIVE_INFINITY;
      this.#rateLimiter.reset(now);
    }
    this.#now = now;
  }

  /** Calls that nobody waits for any more are stopped. */
  #dropEnded(): void {
    for (const wait of this.#waits) if (wait.over) this.#waits.delete(wait);
    for (const call of this.#calls) if (call.waits.every((wait) => wait.over)) call.stop.abort(OVER);
  }

  #expire(): boolean {
    const expired = [...this.#waits].filter((wait) => this.#now >= wait.end);
    for (const wait of expired) wait.expire();
    return expired.length > 0;
  }

  #nextEvent(): number {
    const end = Math.min(...Array.from(this.#waits, (wait) => wait.end));
    return Math.min(end, this.#nextCall());
  }

  /** When the next call may go out and is due or worth it. One for new waits, with room left, waits a moment for more. */
  #nextCall(): number {
    const waits = this.#ready();
    if (waits.length === 0) return Number.POSITIVE_INFINITY;
    const isFull = waits.filter((wait) => wait.due <= this.#now).length >= this.#batch;
    const gathered = this.#batch > 1 && !isFull ? this.#sentAt + GATHER_MS : this.#sentAt;
    const due = Math.min(...waits.map((wait) => (wait.isNew ? Math.max(wait.due, gathered) : wait.due)));
    const opens = this.#rateLimiter.opensAt(this.#now);
    return due <= opens ? opens : worthACallAt(waits, { batch: this.#batch, most: this.#most }, opens, due);
  }

  #ready(): Wait[] {
    return [...this.#waits].filter((wait) => wait.mayAsk(this.#now));
  }

  /** Sends one call if it is time for it. */
  #send(): boolean {
    const now = this.#now;
    if (this.#nextCall() > now) return false;
    const waits = fillBatch(this.#ready(), this.#batch, now);
    this.#rateLimiter.pass(now);
    this.#sentAt = now;
    for (const wait of waits) wait.sent(now);
    void this.#call({ waits, stop: new AbortController(), sentAt: now });
    return true;
  }

  async #call(call: Call): Promise<void> {
    this.#calls.add(call);
    const deliver = await this.#answer(call);
    this.#calls.delete(call);
    this.#rateLimiter.comeBack();
    for (const wait of call.waits) {
      wait.asking = false;
      if (wait.over) continue;
      try {
        deliver(wait, this.#clock.now());
      } catch (error) {
        wait.fail(error);
      }
    }
    this.wake();
  }

  /** Makes the call; what came of it, as what it means for each wait. */
  async #answer(call: Call): Promise<(wait: Wait, now: number) => void> {
    const { source } = call.waits[0] as Wait;
    try {
      const statuses = await this.#describe(source, call);
      this.#rateLimiter.answered(call.sentAt, this.#clock.now());
      return (wait, now) => {
        const status = statuses.get(wait.id);
        if (status) wait.seen(status, now, longestInterval(this.#most));
        else wait.missed(now);
      };
    } catch (error) {
      const kind = error instanceof NoAnswerInTime ? "passing" : source.classify(error);
      if (kind === "throttled") this.#rateLimiter.throttled(call.sentAt, this.#clock.now());
      return (wait, now) => {
        if (kind === "passing") wait.failedOnce(error, now);
        else if (kind === "final" && call.waits.length === 1) wait.fail(error);
        else if (kind === "final") wait.separate(now);
      };
    }
  }

  async #describe(source: Source, call: Call): Promise<ReadonlyMap<string, PolledStatus>> {
    const ids = [...new Set(call.waits.map((wait) => wait.id))];
    const late = () => new NoAnswerInTime(`no answer within ${LONGEST_CALL_MS / 1000} s`);
    try {
      const ask = () => source.describe(ids, call.stop.signal);
      return await inTime(this.#clock.real ?? this.#clock, LONGEST_CALL_MS, ask, late);
    } finally {
      call.stop.abort(OVER);
    }
  }
}

class NoAnswerInTime extends Error {
  override readonly name = "NoAnswerInTime";
}
