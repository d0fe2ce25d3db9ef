/** Windows, freezes and times at which they are hard: around changes of the clocks, over midnight, at their very ends. */
import type { Random } from "../../../src/simulation/random";
import type { OracleFreeze, OracleWindow } from "./oracle";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Days on which clocks were changed: forwards, backwards, by half an hour, and at midnight. */
const CHANGES: readonly (readonly [timeZone: string, day: string])[] = [
  ["Europe/Berlin", "2026-03-29"],
  ["Europe/Berlin", "2026-10-25"],
  ["Europe/London", "2027-03-28"],
  ["Europe/London", "2027-10-31"],
  ["America/New_York", "2026-03-08"],
  ["America/New_York", "2026-11-01"],
  ["America/Santiago", "2026-04-04"],
  ["America/Santiago", "2026-09-06"],
  ["Africa/Cairo", "2026-04-24"],
  ["Africa/Cairo", "2026-10-29"],
  ["Asia/Beirut", "2026-03-29"],
  ["Asia/Beirut", "2026-10-25"],
  ["Australia/Lord_Howe", "2026-04-05"],
  ["Australia/Lord_Howe", "2026-10-04"],
  ["Australia/Sydney", "2026-10-04"],
  ["Asia/Shanghai", "2026-06-15"],
  ["Asia/Kolkata", "2026-06-15"],
  ["UTC", "2028-02-29"],
];

const DURATIONS = [1, 20, 30, 59, 60, 61, 90, 120, 180, 240, 360, 480, 720, 1440, 2000];

export function pick<T>(random: Random, values: readonly T[]): T {
  return values[random.integer(0, values.length - 1)] as T;
}

export function chance(random: Random, probability: number): boolean {
  return random.fraction() < probability;
}

export interface WindowCase {
  readonly windows: readonly OracleWindow[];
  readonly freezes: readonly OracleFreeze[];
  /** Near it the clocks change. */
  readonly around: number;
}

export function windowCase(random: Random): WindowCase {
  const [timeZone, day] = pick(random, CHANGES);
  const around = Date.parse(`${day}T00:00:00Z`);
  const [other] = pick(random, CHANGES);
  const count = pick(random, [0, 1, 1, 1, 1, 2, 2, 3]);
  const windows = Array.from({ length: count }, (_, index) => ({
    schedule: schedule(random),
    minutes: pick(random, DURATIONS),
    timeZone: index > 0 && chance(random, 0.3) ? other : timeZone,
  }));
  const freezes = Array.from({ length: random.integer(windows.length === 0 ? 1 : 0, 3) }, () => {
    const from = around + random.integer(-24 * 60, 48 * 60) * MINUTE_MS;
    return { from, to: from + pick(random, [1, 30, 60, 90, 600, 1440]) * MINUTE_MS };
  });
  return { windows, freezes, around };
}

/** How long a refresh takes: mostly one that fits into a window, by a hair or not. */
export function neededIn(random: Random, { windows }: WindowCase): number {
  const longest = pick(random, [60, ...windows.map(({ minutes }) => minutes)]);
  const minutes = pick(random, [0, 1, longest >> 2, longest >> 1, longest - 1, longest, chance(random, 0.1) ? 700 : 1]);
  return minutes * MINUTE_MS + pick(random, [0, 0, 0, 1]);
}

/** The arguments that say so. */
export function argumentsOf({ windows, freezes }: WindowCase): Record<string, unknown> {
  const text = (time: number) => new Date(time).toISOString();
  return {
    ...(windows.length > 0
      ? { windows: windows.map(({ schedule, minutes, timeZone }) => ({ schedule, duration: `${minutes}m`, timeZone })) }
      : {}),
    ...(freezes.length > 0
      ? { freezes: freezes.map(({ from, to }) => ({ from: text(from), to: text(to), reason: "year end" })) }
      : {}),
  };
}

function schedule(random: Random): string {
  const minute = pick(random, ["0", "0", "30", "15", "59", "*/20", "0,30", "5-10"]);
  // Most clocks change between midnight and four.
  const hour = pick(random, ["0", "1", "2", "3", "2,14", "1-3", "22", "23", "*", "*/2", "*/6", "12"]);
  const [day, month, weekday] = pick(random, [
    ["*", "*", "*"],
    ["*", "*", "*"],
    ["*", "*", pick(random, ["SUN", "SAT", "1-5", "6,7", "MON"])],
    [pick(random, ["1", "29", "25", "*/2"]), "*", "*"],
    [pick(random, ["1", "15"]), "*", "SUN"],
    ["*", pick(random, ["3", "4,10", "9-11"]), "*"],
  ] as const);
  return [minute, hour, day, month, weekday].join(" ");
}

/** A time near the change: mostly the very minute at which something begins or ends, or a second beside it. */
export function timeNear(random: Random, { around, windows, freezes }: WindowCase): number {
  const end = pick(random, [0, ...windows.map(({ minutes }) => minutes)]);
  const hour = around + random.integer(-20, 44) * HOUR_MS + pick(random, [0, 0, 30, 15, end]) * MINUTE_MS;
  const freeze = freezes.length > 0 && chance(random, 0.3) ? pick(random, freezes) : undefined;
  const time = freeze ? pick(random, [freeze.from, freeze.to]) : hour;
  return time + pick(random, [0, 0, 0, 1, -1, 999, -1_000, 30_000, 61_000]);
}
