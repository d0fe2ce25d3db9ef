/**
 * An emulator says in its answers how fast its clock runs, and this process then waits as much faster. Only an address on
 * this machine is believed: a real cloud never changes how often it is asked.
 */
import { processClock } from "../../core/clock";

const HEADER = "x-emulator-clock-speed";
const FASTEST = 1_000_000;

/** @param host of the address that was called, without its port */
export function followEmulatorClock(host: string, headers: Readonly<Record<string, unknown>>): void {
  if (!/^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host)) return;
  const speed = Number(headers[HEADER]);
  if (speed >= 1 && speed <= FASTEST) processClock.setSpeed(speed);
}
