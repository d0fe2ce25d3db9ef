/** One scheduler follows all refreshes of a process: it owns when to look, the clouds' adapters own how. */
import { type Clock, systemClock } from "../clock";
import { Poller } from "./poller";
import type { PolledStatus, Source } from "./source";
import { Wait } from "./wait";

export type { PolledStatus, Source } from "./source";
export { NoAnswerError } from "./wait";

export interface FollowOptions<T extends PolledStatus> {
  /** When to stop waiting, in milliseconds since the epoch; none when not given. The last look is just before it. */
  deadline?: number;
  /** Stops the wait at once. */
  signal?: AbortSignal;
  /** Called with every sight, the last one too. */
  onUpdate?(sight: T): void;
}

/** How a wait ended; with the last sight, if there was one. */
export type Followed<T extends PolledStatus> =
  | { outcome: "ended"; sight: T }
  | { outcome: "deadline" | "aborted" | "vanished"; sight: T | undefined };

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
  readonly #lanes = new Map<string, Poller>();

  constructor(options: SchedulerOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
  }

  /**
   * Looks at the refresh until it has ended.
   * @throws NoAnswerError when passing faults go on for long; the cloud's own error when it is final
   */
  async follow<T extends PolledStatus>(
    source: Source<T>,
    id: string,
    options: FollowOptions<T> = {},
  ): Promise<Followed<T>> {
    const { signal } = options;
    if (signal?.aborted) return { outcome: "aborted", sight: undefined };
    const wait = new Wait(source, id, options, this.#clock.now(), this.#random);
    const lane = this.#laneOf(source);
    const abort = () => {
      wait.abort();
      lane.wake();
    };
    signal?.addEventListener("abort", abort);
    lane.add(wait);
    try {
      return await wait.followed;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Lanes stay: the rate limit of an API is to be kept over all waits of the process. */
  #laneOf(source: Source): Poller {
    const lane = this.#lanes.get(source.key) ?? new Poller(source, this.#clock, this.#random);
    this.#lanes.set(source.key, lane);
    return lane;
  }
}
