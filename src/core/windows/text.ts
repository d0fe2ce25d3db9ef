/** When a refresh may start, and why not now, in words. Times are in milliseconds since the epoch. */
import { durationText } from "../durations";
import type { Closed, Closing, Opening } from "./startTime";

/** `Sun 2026-11-29 02:00 (Europe/Berlin)`. */
export function timeText(time: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
  const { weekday, year, month, day, hour, minute } = parts;
  return `${weekday} ${year}-${month}-${day} ${hour}:${minute} (${timeZone})`;
}

/** Why a refresh may not start now. */
export function closedText({ freeze, tooLate }: Closed, now: number, needed: number): string {
  if (freeze) return `there is a freeze until ${timeText(freeze.to, "UTC")}: ${freeze.reason}`;
  if (!tooLate) return "no window is open";
  const left = durationText((tooLate.at - now) / 1_000);
  const end = tooLate.freeze ? `a freeze begins in ${left} (${tooLate.freeze.reason})` : `the window closes in ${left}`;
  return `${end}, and the refresh may take ${durationText(needed / 1_000)}`;
}

/** Why a refresh may not start whose forecast is missing, and what to do. */
export function noForecastText(because: string): { why: string; next: string } {
  return {
    why: `there is no forecast, so that it is not known whether the refresh ends in time (${because})`,
    next: "To start it without a forecast, set `mustFit: false`.",
  };
}

/** When it may start next. */
export function nextText(next: Opening | undefined, now: number, needed: number): string {
  const which = needed > 0 ? "window that is long enough" : "window";
  if (!next) return `No ${which} was found.`;
  return `The next ${which} opens ${timeText(next.at, next.timeZone)}, in ${durationText((next.at - now) / 1_000)}.`;
}

/** How much time is left for one that may start. */
export function openText({ at, isLater }: Closing, now: number, needed: number): string {
  const need = needed > 0 ? `, and the refresh may take ${durationText(needed / 1_000)}` : "";
  if (at === Number.POSITIVE_INFINITY) return `No freeze is near${need}`;
  return `It may start for ${isLater ? "more than " : ""}${durationText((at - now) / 1_000)} from now${need}`;
}

/** This machine's clock is wrong. */
export function clockText(aheadMs: number): string {
  const side = aheadMs > 0 ? "behind" : "ahead of";
  return `This machine's clock is ${durationText(Math.abs(aheadMs) / 1_000)} ${side} the cloud's; windows and freezes go by the cloud's.`;
}
