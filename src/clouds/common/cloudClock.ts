/** The clock of a cloud, as its answers show it. */
import { processClock } from "../../core/clock";
import type { CloudTime } from "../../core/cloud";
import { emulatorTime } from "./emulatorClock";

/** A difference that the seconds of a date and the way of an answer explain. */
const LEAST_MS = 5_000;

export class CloudClock implements CloudTime {
  dateAheadMs = 0;
  aheadMs = 0;

  /** @param host of the address that answered, without its port */
  saw(host: string, headers: Readonly<Record<string, unknown>>): void {
    const ahead = Date.parse(String(headers.date)) - Date.now();
    // A server need not tell its time.
    if (!Number.isNaN(ahead)) this.dateAheadMs = Math.abs(ahead) < LEAST_MS ? 0 : ahead;
    const time = emulatorTime(host, headers);
    this.aheadMs = time === undefined ? this.dateAheadMs : time - processClock.now();
  }
}
