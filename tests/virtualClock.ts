/** A clock whose hours take no time: it moves on when all that can happen at its time has happened. */
import type { Clock } from "../src/core/clock";

interface Sleeper {
  at: number;
  wake(): void;
}

export class VirtualClock implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];

  /** @param start milliseconds since the epoch */
  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** How many sleep now. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (milliseconds <= 0 || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const sleeper = { at: this.#now + milliseconds, wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", wake);
    });
  }

  /** The clock is set, forwards or backwards; sleeps go on, as timers do. */
  set(to: number): void {
    for (const sleeper of this.#sleepers) sleeper.at += to - this.#now;
    this.#now = to;
  }

  /** Lets time pass until the promise is settled; an error when nobody sleeps any more and it is not. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const settle = () => {
      settled = true;
    };
    promise.then(settle, settle);
    for (;;) {
      await new Promise(setImmediate);
      if (settled) return promise;
      if (!this.#wakeNext(Number.POSITIVE_INFINITY)) throw new Error("nobody sleeps, and the promise never settles");
    }
  }

  /** Lets so many milliseconds pass. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    do await new Promise(setImmediate);
    while (this.#wakeNext(end));
    this.#now = end;
    await new Promise(setImmediate);
  }

  #wakeNext(end: number): boolean {
    const first = this.#sleepers.reduce<Sleeper | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined);
    if (!first || first.at > end) return false;
    this.#now = Math.max(this.#now, first.at);
    first.wake();
    return true;
  }
}

/** No time passes: a wait with such a limit has as much time as a busy machine needs. */
export const stoppedClock: Clock = { now: () => 0, sleep: () => new Promise<void>(() => {}) };
