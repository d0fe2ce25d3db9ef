/** Time as an argument, so that a test can be hours long and take no time. */

/** What waiting needs of time. */
export interface Clock {
  /** Milliseconds since the epoch. May jump: machines sleep, and their clocks are set. */
  now(): number;
  /** Resolves after so many milliseconds, or at once when the signal is aborted; it never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Timers stand still while the machine sleeps: a long sleep looks at the time of day this often. */
const SLICE_MS = 5_000;

/** The machine's clock. A sleep keeps the process alive until it ends or is aborted, as somebody waits for it. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    const end = Date.now() + milliseconds;
    for (let left = milliseconds; left > 0 && Date.now() < end && !signal?.aborted; left -= SLICE_MS) {
      await nap(Math.min(left, SLICE_MS), signal);
    }
  },
};

function nap(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    signal?.addEventListener("abort", wake);
  });
}
