/** One scheduler follows all refreshes of a process: it owns when to call, the clouds' adapters own how. */
import { type Clock, systemClock } from "../clock";
import type { Followed, FollowOptions } from "./followed";
import { Poller } from "./poller";
import type { PolledStatus, Source } from "./source";
import { Wait } from "./wait";

export type { PolledStatus, Source } from "./source";
export { NoAnswerError } from "./wait";

export interface SchedulerOptions {
  /** The machine's clock when not given. */
  clock?: Clock;
  /** A number from 0 up to, but not including, 1. */
  random?: () => number;
}

/** Follows refreshes to their end with few calls, and knows of the end soon. Polls nothing while nobody follows. */
export class Scheduler {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #pollers = new Map<string, Poller>();

  constructor(options: SchedulerOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
  }

  /**
   * Describes the refresh until it has ended.
   * @throws NoAnswerError when passing errors go on for long; the cloud's own error when it is final
   */
  async follow<T extends PolledStatus>(
    source: Source<T>,
    id: string,
    options: FollowOptions<T> = {},
  ): Promise<Followed<T>> {
    const { signal } = options;
    if (signal?.aborted) return { outcome: "aborted", last: undefined };
    const wait = new Wait(source, id, options, this.#clock.now(), this.#random);
    const poller = this.#pollerOf(source);
    const abort = () => {
      wait.abort();
      poller.wake();
    };
    signal?.addEventListener("abort", abort);
    poller.add(wait);
    try {
      return await wait.followed;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Pollers stay: the rate limit of an API is to be kept over all waits of the process. */
  #pollerOf(source: Source): Poller {
    const poller = this.#pollers.get(source.key) ?? new Poller(source, this.#clock, this.#random);
    this.#pollers.set(source.key, poller);
    return poller;
  }
}
