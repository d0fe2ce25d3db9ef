/** Time as an argument, so that a test can be hours long and take no time. */

/** What waiting needs of time. */
export interface Clock {
  /** Milliseconds since the epoch. May jump: machines sleep, and their clocks are set. */
  now(): number;
  /** Resolves after so many milliseconds, or at once when the signal is aborted; it never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's clock. A sleep that nobody aborts keeps the process alive, as somebody waits for it. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      signal?.addEventListener("abort", wake);
    }),
};
