/** A cron schedule in a time zone: when it fires. The library that reads it is loaded with the first schedule. */
import type { Cron } from "croner";

export interface Schedule {
  /** The last time at or before `time`, in milliseconds since the epoch; minus infinity when there is none. */
  atOrBefore(time: number): number;
  /** The first time after `time`; infinity when there is none. */
  after(time: number): number;
}

/** A time at which the schedule fires, and the next one. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * A schedule of five fields. A time of day that daylight saving time skips counts at the end of the gap; one that comes
 * twice counts the first time. A wildcard or a step in the minutes or hours counts as the clock on the wall shows it.
 */
export function scheduleOf(text: string, timeZone: string): Schedule {
  const cron = parsed(text, timeZone);
  /** The last answers: the library is slow, and the same times are asked again. */
  let known: Span[] = [];
  const spanAt = (time: number): Span => {
    const found = known.find(({ from, to }) => from <= time && time < to);
    if (found) return found;
    const from = known.some(({ to }) => to === time) ? time : (firedBefore(time + 1) ?? Number.NEGATIVE_INFINITY);
    const span = { from, to: firesAfter(time) ?? Number.POSITIVE_INFINITY };
    known = [span, ...known.slice(0, 7)];
    return span;
  };
  // The library knows whole seconds only, and answers what is before a time.
  const firedBefore = (time: number) => cron.previousRuns(1, new Date(time))[0]?.getTime();
  const firesAfter = (time: number) => cron.nextRun(new Date(time))?.getTime();
  return { atOrBefore: (time) => spanAt(time).from, after: (time) => spanAt(time).to };
}

/** What is wrong with a schedule; undefined when nothing is. */
export function scheduleProblem(text: string): string | undefined {
  try {
    return parsed(text, "UTC").nextRun() === null ? "it never fires" : undefined;
  } catch (error) {
    return (error as Error).message.replace(/^CronPattern: /, "").replace(/\.$/, "");
  }
}

function parsed(text: string, timezone: string): Cron {
  const { Cron: Parser } = require("croner") as typeof import("croner");
  return new Parser(text, { mode: "5-part", timezone, fixedTimeRule: "no-wildcard", paused: true });
}
