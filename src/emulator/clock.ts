import { InvalidInput } from "./invalidInput";

/** Faster than this nobody can follow, and dates run out within days. */
export const highestSpeed = 1_000_000;
/** At once: everything that happens until then is worked through before the next answer. */
export const longestAdvanceSeconds = 366 * 86_400;
/** Dates after it are written in another form, which clients do not read. */
const endOfTime = Date.UTC(9999, 11, 31);

/** The simulated time of an emulator. It stands still at the end of the year 9999. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Jumps ahead by so many simulated milliseconds. Throws a RangeError for less than none or more than 366 days. */
  advance(milliseconds: number): void;
  /** Simulated seconds for every real one; 0: time moves by `advance` only. At most 1,000,000. */
  speed: number;
}

/** Real time is taken from `monotonic`, in milliseconds. */
export function createClock(start: number, speed: number, monotonic: () => number): Clock {
  if (!(start >= 0 && start < endOfTime)) {
    throw new InvalidInput(`startTime must be from 0 to ${endOfTime - 1}, not ${start}`);
  }
  let base = start;
  let since = monotonic();
  let factor = checkedSpeed(speed);
  const now = () => Math.min(endOfTime, Math.floor(base + (monotonic() - since) * factor));
  return {
    now,
    advance: (milliseconds) => {
      if (!(milliseconds >= 0 && milliseconds <= longestAdvanceSeconds * 1000)) {
        throw new InvalidInput(`milliseconds must be from 0 to ${longestAdvanceSeconds * 1000}, not ${milliseconds}`);
      }
      base += milliseconds;
    },
    get speed() {
      return factor;
    },
    set speed(value) {
      const checked = checkedSpeed(value);
      base = now();
      since = monotonic();
      factor = checked;
    },
  };
}

function checkedSpeed(speed: number): number {
  if (speed >= 0 && speed <= highestSpeed) return speed;
  throw new InvalidInput(`speed must be from 0 to ${highestSpeed}, not ${speed}`);
}
