/** What a cloud tells of a refresh, change by change, from its start on. */
import type { PolledStatus } from "../src/core/polling/source";

export interface Change {
  /** Milliseconds after the start. */
  readonly time: number;
  readonly status: PolledStatus;
}

/** What the cloud answers so many milliseconds after the start; changes are in the order of their times. */
export function statusAt(changes: readonly Change[], time: number): PolledStatus {
  let [low, high] = [0, changes.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((changes[middle] as Change).time <= time) low = middle;
    else high = middle - 1;
  }
  return (changes[low] as Change).status;
}
