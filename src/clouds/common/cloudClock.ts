/** The clock of a cloud, as the dates of its answers show it. */

/** A difference that the seconds of a date and the way of an answer explain. */
const LEAST_MS = 5_000;

export class CloudClock {
  /** By how much it is ahead of this machine's, in milliseconds; 0 while it is not known. */
  aheadMs = 0;

  /** @param date of an answer's header; undefined where the server does not tell its time */
  saw(date: string | undefined): void {
    const ahead = Date.parse(date ?? "") - Date.now();
    if (!Number.isNaN(ahead)) this.aheadMs = Math.abs(ahead) < LEAST_MS ? 0 : ahead;
  }
}
