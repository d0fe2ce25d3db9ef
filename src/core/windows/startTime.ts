/** Whether a refresh may start at a time, and when next. Times are in milliseconds since the epoch. */
import type { Freeze, StartRules } from "./startRules";

/** So many openings are tried for the next one that is long enough. */
const MOST_OPENINGS = 300;
/** So many windows that follow without a gap are joined beyond what a refresh needs. */
const MOST_JOINED = 20;

/** When a refresh may start next, and in whose time zone a person reads that. */
export interface Opening {
  readonly at: number;
  readonly timeZone: string;
}

/** It may start now. */
interface Open {
  readonly open: true;
  readonly closing: Closing;
}

/** Until when a refresh may start. */
export interface Closing {
  readonly at: number;
  /** It may be later still: that was not looked for. */
  readonly isLater: boolean;
}

/** It may not start now. */
export interface Closed {
  readonly open: false;
  /** Present: this freeze is why. */
  readonly freeze?: Freeze;
  /** Present: it may not be over in time, as this begins or ends then. */
  readonly tooLate?: { readonly at: number; readonly freeze: Freeze | undefined };
  /** Undefined when none was found. */
  readonly next: Opening | undefined;
}

/**
 * Judges a start at a time.
 * @param needed how long the refresh may take, where it must fit; else 0
 */
export function startAt(rules: StartRules, now: number, needed: number): Open | Closed {
  const freeze = freezeAt(rules, now);
  if (freeze) return { open: false, freeze, next: nextOpening(rules, now, needed) };
  const closing = closingOf(rules, now, needed);
  if (closing === undefined) return { open: false, next: nextOpening(rules, now, needed) };
  const { at } = closing;
  if (at - now >= needed) return { open: true, closing };
  const tooLate = { at, freeze: rules.freezes.find(({ from }) => from === at) };
  return { open: false, tooLate, next: nextOpening(rules, at, needed) };
}

/** The freeze that holds at a time: the one that lasts longest. */
function freezeAt({ freezes }: StartRules, time: number): Freeze | undefined {
  return freezes
    .filter(({ from, to }) => from <= time && time < to)
    .reduce<Freeze | undefined>((a, b) => (a && a.to >= b.to ? a : b), undefined);
}

/** Until when it may start, from a time at which no freeze holds. Undefined when no window is open. */
function closingOf(rules: StartRules, time: number, needed: number): Closing | undefined {
  let end = openUntil(rules, time);
  if (end === undefined) return undefined;
  const freeze = Math.min(...rules.freezes.filter(({ from }) => from > time).map(({ from }) => from));
  for (let joined = 0; end < freeze; ) {
    const further = openUntil(rules, end);
    if (further === undefined) break;
    end = further;
    if (end - time >= needed && ++joined > MOST_JOINED) return { at: Math.min(end, freeze), isLater: end < freeze };
  }
  return { at: Math.min(end, freeze), isLater: false };
}

/** End of the window that is open at a time; of several, of the one that is open longest. */
function openUntil({ windows }: StartRules, time: number): number | undefined {
  if (windows.length === 0) return Number.POSITIVE_INFINITY;
  const ends = windows.map(({ schedule, milliseconds }) => schedule.atOrBefore(time) + milliseconds);
  const last = Math.max(...ends);
  return last > time ? last : undefined;
}

/** The first time, at or after `from`, at which a refresh may start that needs so long. */
function nextOpening(rules: StartRules, from: number, needed: number): Opening | undefined {
  const found = nextOf(rules, from, needed);
  const long = rules.windows.filter(({ milliseconds }) => milliseconds >= needed);
  // Many short windows may come before a long one.
  return found || long.length === 0 || long.length === rules.windows.length
    ? found
    : nextOf({ ...rules, windows: long }, from, needed);
}

function nextOf(rules: StartRules, from: number, needed: number): Opening | undefined {
  let time = from;
  for (let tried = 0; tried < MOST_OPENINGS; tried++) {
    for (let freeze = freezeAt(rules, time); freeze; freeze = freezeAt(rules, time)) time = freeze.to;
    const closing = closingOf(rules, time, needed);
    if (closing && closing.at - time >= needed) return { at: time, timeZone: zoneAt(rules, time) };
    time = closing?.at ?? nextWindow(rules, time);
    if (time === Number.POSITIVE_INFINITY) return undefined;
  }
  return undefined;
}

function nextWindow({ windows }: StartRules, time: number): number {
  return Math.min(...windows.map(({ schedule }) => schedule.after(time)));
}

/** Time zone of a window that is open at a time. */
function zoneAt({ windows }: StartRules, time: number): string {
  const open = windows.find(({ schedule, milliseconds }) => schedule.atOrBefore(time) + milliseconds > time);
  return open?.timeZone ?? "UTC";
}
