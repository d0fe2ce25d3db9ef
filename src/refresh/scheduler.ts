/** One scheduler follows all refreshes of a process: it owns when to look, the clouds' adapters own how. */
import { type Clock, systemClock } from "./clock";
import type { Sight, Source } from "./source";

export type { Sight, Source } from "./source";

export interface FollowOptions<T extends Sight> {
  /** When to stop waiting, in milliseconds since the epoch; none when not given. The last look is just before it. */
  deadline?: number;
  /** Stops the wait at once. */
  signal?: AbortSignal;
  /** Called with every sight, the last one too. */
  onSight?(sight: T): void;
}

/** How a wait ended; with the last sight, if there was one. */
export type Followed<T extends Sight> =
  | { outcome: "ended"; sight: T }
  | { outcome: "deadline" | "aborted" | "vanished"; sight: T | undefined };

/** The cloud did not answer although it was asked again and again. `cause` is its last error. */
export class NoAnswerError extends Error {
  /** How often it was asked in a row. */
  readonly tries: number;

  constructor(tries: number, seconds: number, cause: unknown) {
    super(
      `no answer in ${tries} tries within ${seconds} s: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
    this.name = "NoAnswerError";
    this.tries = tries;
  }
}

export interface SchedulerOptions {
  /** The machine's clock when not given. */
  clock?: Clock;
  /** A number from 0 up to, but not including, 1. */
  random?: () => number;
}

/** Follows refreshes to their end with few calls, and knows of the end soon. */
export class Scheduler {
  readonly #clock: Clock;
  readonly #random: () => number;

  constructor(options: SchedulerOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
  }

  /**
   * Looks at the refresh until it has ended.
   * @throws NoAnswerError when passing faults go on for long; the cloud's own error when it is final
   */
  follow<T extends Sight>(source: Source<T>, id: string, options: FollowOptions<T> = {}): Promise<Followed<T>> {
    throw new Error(`not there yet: ${source.key} ${id} ${options.deadline} ${this.#clock.now()} ${this.#random()}`);
  }
}
