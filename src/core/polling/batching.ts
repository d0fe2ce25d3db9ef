/** When a call is worth making, and which refreshes it calls at. */
import type { Wait } from "./wait";

/** One call for one refresh is worth so many seconds of knowing its end sooner. `benchmarks/` shows what that costs and brings. */
const CALL_WORTH_SECONDS = 0.3;
/** Where many wait, each call takes from a limit that they share: its worth grows with this power of their number. */
const CROWDING = 0.46;
/** Once a minute a call is due though nothing is expected: on the way there it is worth up to so many seconds. */
const DUE_WORTH_SECONDS = 0.3;
const LONGEST_MS = 60_000;
const SECOND_MS = 1_000;

/** The seconds by which ends would be known late without a call now, all refreshes that fit into it together, pay for it. */
export function isWorthACall(waits: Iterable<Wait>, batch: number, at: number): boolean {
  const lags = Array.from(waits, (wait) => wait.expectedLag(at));
  const onBoard = lags.length <= batch ? lags : lags.sort((a, b) => b - a).slice(0, batch);
  return onBoard.reduce((sum, lag) => sum + lag, 0) >= CALL_WORTH_SECONDS * lags.length ** CROWDING;
}

/** The first whole second from a time on at which a call is worthwhile; `latest` when there is none before that. */
export function worthACallAt(waits: Iterable<Wait>, batch: number, from: number, latest: number): number {
  if (latest <= from) return latest;
  let [no, yes] = [-1, Math.ceil(Math.min(latest - from, LONGEST_MS) / SECOND_MS)];
  while (yes - no > 1) {
    const second = (no + yes) >> 1;
    if (isWorthACall(waits, batch, from + second * SECOND_MS)) yes = second;
    else no = second;
  }
  return Math.min(from + yes * SECOND_MS, latest);
}

/**
 * Who is described by a call now: those who are due, the longest-waiting first; room that is left goes to those who gain
 * most. At most `batch` different ids.
 */
export function fillBatch(waits: Iterable<Wait>, batch: number, now: number): Wait[] {
  const ready = Array.from(waits).filter((wait) => wait.mayAsk(now));
  const due = ready.filter((wait) => wait.due <= now).sort((a, b) => a.due - b.due);
  if (due[0]?.alone) return [due[0]];
  const gain = (wait: Wait) => wait.expectedLag(now) + DUE_WORTH_SECONDS * (1 - (wait.due - now) / LONGEST_MS);
  const early = ready
    .filter((wait) => wait.due > now && wait.mayAskEarly(now))
    .map((wait) => ({ wait, gain: gain(wait) }))
    .sort((a, b) => b.gain - a.gain);
  const ids = new Set<string>();
  const batchOfWaits: Wait[] = [];
  for (const wait of [...due, ...early.map((each) => each.wait)]) {
    if (wait.alone || (!ids.has(wait.id) && ids.size >= batch)) continue;
    ids.add(wait.id);
    batchOfWaits.push(wait);
  }
  return batchOfWaits;
}
