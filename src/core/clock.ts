/** Time as an argument, so that a test can be hours long and take no time. */

/** What waiting needs of time. */
export interface Clock {
  /** Milliseconds since the epoch. May jump: machines sleep, and their clocks are set. */
  now(): number;
  /** Resolves after so many milliseconds, or at once when the signal is aborted; it never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** The clock of the machine, where this one runs faster: an answer takes as long as ever. Left out: this one. */
  readonly real?: Clock;
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

/** An abort without a reason makes an error with a stack, which costs more than the rest of it. */
export const OVER = "over";

/** What the action answers; the error of `late` when it has not settled within so many milliseconds. */
export async function inTime<T>(
  clock: Clock,
  milliseconds: number,
  action: () => Promise<T>,
  late: () => Error,
): Promise<T> {
  const settled = new AbortController();
  const tooLate = clock.sleep(milliseconds, settled.signal).then(() => {
    if (!settled.signal.aborted) throw late();
    return undefined as never;
  });
  try {
    return await Promise.race([action(), tooLate]);
  } finally {
    settled.abort(OVER);
  }
}

/** A clock whose speed may change while somebody sleeps. */
export interface AdjustableClock extends Clock {
  /** Seconds of its time in a real one. */
  readonly speed: number;
  /** @param speed seconds of its time in a real one, above 0 */
  setSpeed(speed: number): void;
}

/** How often a sleep notices that the speed has changed. */
const SPEED_CHECK_MS = 1_000;

/** The machine's clock, until the speed is set: then as many times as fast, from the time that it showed. */
export function adjustableClock(real: Clock = systemClock): AdjustableClock {
  let [speed, base, since] = [1, 0, 0];
  const now = () => (speed === 1 && base === 0 ? real.now() : base + (real.now() - since) * speed);
  return {
    now,
    real,
    get speed() {
      return speed;
    },
    setSpeed(next) {
      if (next === speed) return;
      [base, since] = [now(), real.now()];
      speed = next;
    },
    async sleep(milliseconds, signal) {
      const end = now() + milliseconds;
      for (let left = milliseconds; left > 0 && !signal?.aborted; left = end - now()) {
        await real.sleep(Math.min(left / speed, SPEED_CHECK_MS), signal);
      }
    },
  };
}

/** The clock by which this process waits. It runs at the machine's speed, unless an emulator says that its own is faster. */
export const processClock = adjustableClock();
