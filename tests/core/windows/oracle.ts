/**
 * When a refresh may start, told minute by minute from what Intl says the clock on the wall shows. It shares nothing with
 * the library: no cron parser, no arithmetic of time zones.
 */

const MINUTE_MS = 60_000;
const DAY = 24 * 60;

/** A window that opened so many minutes before may be open still. */
const BEFORE = 2 * DAY;

export interface OracleWindow {
  readonly schedule: string;
  readonly minutes: number;
  readonly timeZone: string;
}

export interface OracleFreeze {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

const walls = new Map<string, Int32Array>();

/** For each minute of real time: which one the wall shows, counted from the epoch as if it showed UTC. */
function wallMinutes(timeZone: string, from: number, minutes: number): Int32Array {
  const key = `${timeZone} ${from} ${minutes}`;
  const known = walls.get(key);
  if (known) return known;
  const two = "2-digit";
  const parts = { year: "numeric", month: two, day: two, hour: two, minute: two, hourCycle: "h23" } as const;
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, ...parts });
  const found = Int32Array.from({ length: minutes }, (_, index) => {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = format
      .format(from + index * MINUTE_MS)
      .split(/\D+/)
      .map(Number);
    return Date.UTC(year, month - 1, day, hour, minute) / MINUTE_MS;
  });
  walls.set(key, found);
  return found;
}

const NAMES = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** The values that a field of a schedule names: numbers, names of days, lists, ranges, steps. */
function valuesOf(field: string, least: number, most: number): Set<number> {
  const number = (text: string) => (NAMES.includes(text) ? NAMES.indexOf(text) : Number(text));
  const values = new Set<number>();
  for (const part of field.split(",")) {
    const [range = "", step = "1"] = part.split("/");
    const [from = 0, to = from] = range === "*" ? [least, most] : range.split("-").map(number);
    for (let value = from; value <= to; value += Number(step)) values.add(value);
  }
  return values;
}

interface Fields {
  matches(wallMinute: number): boolean;
  /** No wildcard nor step in the time of day. */
  readonly isFixed: boolean;
}

function fieldsOf(schedule: string): Fields {
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = schedule.split(" ");
  const [minutes, hours] = [valuesOf(minute, 0, 59), valuesOf(hour, 0, 23)];
  const [days, months, weekdays] = [valuesOf(day, 1, 31), valuesOf(month, 1, 12), valuesOf(weekday, 0, 7)];
  if (weekdays.has(7)) weekdays.add(0);
  const isDate = (index: number) => {
    const date = new Date(index * DAY * MINUTE_MS);
    const [isDay, isWeekday] = [days.has(date.getUTCDate()), weekdays.has(date.getUTCDay())];
    const isNamed = day !== "*" && weekday !== "*" ? isDay || isWeekday : isDay && isWeekday;
    return months.has(date.getUTCMonth() + 1) && isNamed;
  };
  return {
    isFixed: !/[*/]/.test(minute + hour),
    matches(wall) {
      const time = wall % DAY;
      return minutes.has(time % 60) && hours.has(Math.floor(time / 60)) && isDate(Math.floor(wall / DAY));
    },
  };
}

/** Minutes of real time, from `from` on, in which a refresh may start. */
export class Oracle {
  readonly #allowed: Uint8Array;

  /** @param from start of the time in question, a whole minute; @param minutes how many minutes after it */
  constructor(
    windows: readonly OracleWindow[],
    readonly freezes: readonly OracleFreeze[],
    readonly from: number,
    readonly minutes: number,
  ) {
    this.#allowed = new Uint8Array(minutes);
    if (windows.length === 0) this.#allowed.fill(1);
    for (const window of windows) this.#open(window);
  }

  /** Opens the window at every minute at which its schedule fires, for its duration. */
  #open({ schedule, minutes, timeZone }: OracleWindow): void {
    const { matches, isFixed } = fieldsOf(schedule);
    const walls = wallMinutes(timeZone, this.from - BEFORE * MINUTE_MS, BEFORE + this.minutes);
    let latest = (walls[0] as number) - 1;
    for (const [index, wall] of walls.entries()) {
      const isRepeated = wall <= latest;
      // Times that the wall never shows count when it goes on, where the schedule names a time of day.
      let fires = matches(wall) && !(isFixed && isRepeated);
      for (let skipped = latest + 1; isFixed && skipped < wall; skipped++) fires ||= matches(skipped);
      latest = Math.max(latest, wall);
      const start = index - BEFORE;
      if (fires && start + minutes > 0) this.#allowed.fill(1, Math.max(0, start), start + minutes);
    }
  }

  /** Until when a refresh may run that starts at a time; undefined where it may not start. */
  endOf(time: number): number | undefined {
    if (this.freezes.some(({ from, to }) => from <= time && time < to)) return undefined;
    let index = Math.floor((time - this.from) / MINUTE_MS);
    if (index < 0 || index >= this.minutes) throw new Error("the oracle does not look so far");
    if (!this.#allowed[index]) return undefined;
    while (index < this.minutes && this.#allowed[index]) index++;
    const end = index === this.minutes ? Number.POSITIVE_INFINITY : this.from + index * MINUTE_MS;
    return Math.min(end, ...this.freezes.filter(({ from }) => from > time).map(({ from }) => from));
  }

  /** Whether a refresh that takes so long may start. */
  allows(time: number, milliseconds: number): boolean {
    const end = this.endOf(time);
    return end !== undefined && time + milliseconds <= end;
  }
}
