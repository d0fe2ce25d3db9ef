/**
 * When a call to one API of one account and region may go out. After throttling there is a pause, and the rate is halved
 * (multiplicative decrease); while the cloud answers, the rate regains so much a second (additive increase).
 */
import { backOff } from "./backOff";
import { TokenBucket } from "./tokenBucket";

export interface Rates {
  /** Calls a second to begin with. */
  readonly ratePerSecond: number;
  /** Calls that may go out at once after a quiet time. */
  readonly burst: number;
  /** By how much each answer raises the rate until the cloud throttles for the first time. Default: not at all. */
  readonly growth?: number;
  /** The longest pause after throttling, in milliseconds. Default: a minute. */
  readonly longestPause?: number;
}

/** The rate never falls below so many calls a second. */
const LOWEST_PER_SECOND = 1 / 8;
/** Part of the rate before throttling that is regained in a second. More is throttled more often, less learns late of an end. */
const REGAINED_PART = 1 / 40;
/** Each throttling says that less can be regained. */
const PEAK_PART = 0.9;

export class RateLimiter {
  readonly #rates: Rates;
  readonly #random: () => number;
  readonly #bucket: TokenBucket;
  #underWay = 0;
  /** How often in a row the cloud had enough. */
  #throttles = 0;
  #throttledAt = Number.NEGATIVE_INFINITY;
  #closedUntil = Number.NEGATIVE_INFINITY;
  /** What has been answered since the first call, or the last throttling. */
  #answered = 0;
  #countedFrom: number | undefined;
  /** The rate before it was halved, the highest one where that happened several times in a row. */
  #peak = 0;

  constructor(rates: Rates, random: () => number) {
    this.#rates = rates;
    this.#random = random;
    this.#bucket = new TokenBucket(rates.ratePerSecond, rates.burst);
  }

  /** From when on the next call may go out, in milliseconds; Infinity when an answer has to come first. */
  opensAt(now: number): number {
    // After throttling one call finds out whether it is over, and not all that have piled up.
    if (this.#throttles > 0 && this.#underWay > 0) return Number.POSITIVE_INFINITY;
    return Math.max(now, this.#closedUntil, this.#bucket.readyAt(now));
  }

  /** A call goes out. */
  pass(now: number): void {
    this.#countedFrom ??= now;
    this.#bucket.take(now);
    this.#underWay += 1;
  }

  /** A call came back, with an answer or without. */
  comeBack(): void {
    this.#underWay -= 1;
  }

  /** The cloud answered a call that was sent at this time. */
  answered(sentAt: number, now: number): void {
    if (sentAt > this.#throttledAt) this.#throttles = 0;
    this.#answered += 1;
    const { rate } = this.#bucket;
    const { ratePerSecond, growth } = this.#rates;
    const isAtFirst = this.#throttledAt === Number.NEGATIVE_INFINITY;
    const raised = rate + (growth !== undefined && isAtFirst ? growth : (this.#peak * REGAINED_PART) / rate);
    this.#bucket.setRate(growth === undefined ? Math.min(raised, ratePerSecond) : raised, now);
  }

  /** The cloud had enough. Calls that were under way together count as one. */
  throttled(sentAt: number, now: number): void {
    if (sentAt <= this.#throttledAt) return;
    this.#throttles += 1;
    this.#throttledAt = now;
    this.#closedUntil = now + backOff(this.#throttles, this.#random, this.#rates.longestPause);
    const rate = Math.min(this.#bucket.rate, this.#answeredRate(now));
    this.#peak = Math.max(rate, this.#peak * PEAK_PART);
    this.#bucket.setRate(Math.max(LOWEST_PER_SECOND, rate / 2), now);
    this.#bucket.drain();
    this.#answered = 0;
    this.#countedFrom = undefined;
  }

  /** The clock was set back: what was to last until a time of day is over. */
  reset(now: number): void {
    this.#throttledAt = Number.NEGATIVE_INFINITY;
    this.#closedUntil = now;
  }

  /** Calls a second that the cloud has answered lately, a second at least. */
  #answeredRate(now: number): number {
    if (this.#answered === 0) return Number.POSITIVE_INFINITY;
    return this.#answered / Math.max(1, (now - (this.#countedFrom ?? now)) / 1000);
  }
}
