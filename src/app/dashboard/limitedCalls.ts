/** Calls of all groups that share an API: one after the other, within a rate, and slower after it had enough. */
import { CallQueue } from "../../clouds/common/callQueue";
import type { Clock } from "../../core/clock";

/** The rest of what the account may call is left to others. */
const RATES = { ratePerSecond: 1, burst: 4 };

export class LimitedCalls {
  readonly #queue: CallQueue;
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock, random: () => number) {
    this.#queue = new CallQueue(clock, random, RATES);
  }

  /** Rejects as the action does; it is not sent any more once the signal is aborted. */
  async send<T>(action: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const unlessAborted = () => {
      signal.throwIfAborted();
      return action();
    };
    const turn = this.#last.then(() => this.#queue.run(unlessAborted, signal));
    this.#last = turn.catch(() => {});
    return turn;
  }
}
