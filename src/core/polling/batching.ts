/** Which refreshes a call describes, and the second at which it goes out. */
import { isWorthACall } from "./rule";
import type { Wait } from "./wait";

const SECOND_MS = 1_000;

/** How many ids one call can answer, and how many waited at once at most, since nobody waited. */
export interface Load {
  batch: number;
  most: number;
}

/** The first whole second from a time on at which a call is worthwhile; `latest` when there is none before that. */
export function worthACallAt(waits: readonly Wait[], { batch, most }: Load, from: number, latest: number): number {
  let [no, yes] = [-1, Math.ceil((latest - from) / SECOND_MS)];
  while (yes - no > 1) {
    const second = (no + yes) >> 1;
    const lags = waits.map((wait) => wait.expectedLag(from + second * SECOND_MS));
    if (isWorthACall(lags, batch, most)) yes = second;
    else no = second;
  }
  return Math.min(from + yes * SECOND_MS, latest);
}

/** Those who are due, the longest-waiting first; room that is left goes to those who gain most. At most `batch` ids. */
export function fillBatch(waits: readonly Wait[], batch: number, now: number): Wait[] {
  const due = waits.filter((wait) => wait.due <= now).sort((a, b) => a.due - b.due);
  if (due[0]?.alone) return [due[0]];
  const gain = (wait: Wait) => wait.expectedLag(now);
  const early = waits.filter((wait) => wait.due > now && wait.mayAskEarly(now)).sort((a, b) => gain(b) - gain(a));
  const ids = new Set<string>();
  return [...due, ...early].filter((wait) => {
    if (wait.alone || (!ids.has(wait.id) && ids.size >= batch)) return false;
    ids.add(wait.id);
    return true;
  });
}
