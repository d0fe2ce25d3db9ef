/** The simulated time of an emulator. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Jumps ahead by so many simulated milliseconds. Throws a RangeError for less than none. */
  advance(milliseconds: number): void;
  /** Simulated seconds for every real one; 0: time moves by `advance` only. */
  speed: number;
}

/** Real time is taken from `monotonic`, in milliseconds. */
export function createClock(start: number, speed: number, monotonic: () => number): Clock {
  let base = start;
  let since = monotonic();
  let pace = speed;
  const now = () => Math.floor(base + (monotonic() - since) * pace);
  return {
    now,
    advance: (milliseconds) => {
      if (!(milliseconds >= 0)) throw new RangeError(`milliseconds must be 0 or more, not ${milliseconds}`);
      base += milliseconds;
    },
    get speed() {
      return pace;
    },
    set speed(value) {
      if (!(value >= 0)) throw new RangeError(`speed must be 0 or more, not ${value}`);
      base = now();
      since = monotonic();
      pace = value;
    },
  };
}
