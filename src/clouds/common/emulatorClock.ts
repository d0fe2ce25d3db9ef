/**
 * An emulator says in its answers what time it is for it, and how fast its clock runs: this process then waits as much faster.
 * Only an address on this machine is believed: a real cloud never changes how often it is asked.
 */
import { processClock } from "../../core/clock";

const SPEED = "x-emulator-clock-speed";
const TIME = "x-emulator-clock-time";
const FASTEST = 1_000_000;

/** @param host of the address that was called, without its port */
export function followEmulatorClock(host: string, headers: Readonly<Record<string, unknown>>): void {
  const speed = speedOf(host, headers);
  if (speed !== undefined) processClock.setSpeed(speed);
}

/** What time it is for an emulator, in milliseconds since the epoch; undefined where none answers, or its time stands still. */
export function emulatorTime(host: string, headers: Readonly<Record<string, unknown>>): number | undefined {
  const time = Number(headers[TIME]);
  return speedOf(host, headers) !== undefined && time > 0 ? time : undefined;
}

function speedOf(host: string, headers: Readonly<Record<string, unknown>>): number | undefined {
  if (!/^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host)) return undefined;
  const speed = Number(headers[SPEED]);
  return speed >= 1 && speed <= FASTEST ? speed : undefined;
}
