/** When a call is worth making, and which refreshes it describes. */
import type { Wait } from "./wait";

/** A call is worth so many seconds of knowing an end sooner. `benchmarks/` shows what that costs and brings. */
const WORTH_SECONDS = { few: 0.4, many: 3.5 };
/** Where more than this wait at once, calls count for more: they share a rate limit. */
const FEW = 5;
/** Once a minute a call is due: for room in a call, that counts like so many seconds at most. */
const DUE_WORTH_SECONDS = 0.5;
const LONGEST_MS = 60_000;
const SECOND_MS = 1_000;

/** What one call can answer, and for how many waits at once calls were made at most, since nobody waited. */
export interface Load {
  batch: number;
  most: number;
}

/** The seconds by which ends would be known late without a call now, all refreshes that fit into it together, pay for it. */
function isWorthACall(waits: readonly Wait[], { batch, most }: Load, at: number): boolean {
  const lags = waits.map((wait) => wait.expectedLag(at)).sort((a, b) => b - a);
  const described = Math.min(lags.length, batch);
  const worth = most > FEW ? WORTH_SECONDS.many : WORTH_SECONDS.few;
  return lags.slice(0, described).reduce((sum, lag) => sum + lag, 0) >= worth * Math.sqrt(described);
}

/** The first whole second from a time on at which a call is worthwhile; `latest` when there is none before that. */
export function worthACallAt(waits: readonly Wait[], load: Load, from: number, latest: number): number {
  let [no, yes] = [-1, Math.ceil(Math.min(latest - from, LONGEST_MS) / SECOND_MS)];
  while (yes - no > 1) {
    const second = (no + yes) >> 1;
    if (isWorthACall(waits, load, from + second * SECOND_MS)) yes = second;
    else no = second;
  }
  return Math.min(from + yes * SECOND_MS, latest);
}

/** Those who are due, the longest-waiting first; room that is left goes to those who gain most. At most `batch` ids. */
export function fillBatch(waits: readonly Wait[], batch: number, now: number): Wait[] {
  const due = waits.filter((wait) => wait.due <= now).sort((a, b) => a.due - b.due);
  if (due[0]?.alone) return [due[0]];
  const gain = (wait: Wait) => wait.expectedLag(now) + (DUE_WORTH_SECONDS * (now - wait.askedAt)) / LONGEST_MS;
  const early = waits.filter((wait) => wait.due > now && wait.mayAskEarly(now)).sort((a, b) => gain(b) - gain(a));
  const ids = new Set<string>();
  return [...due, ...early].filter((wait) => {
    if (wait.alone || (!ids.has(wait.id) && ids.size >= batch)) return false;
    ids.add(wait.id);
    return true;
  });
}
