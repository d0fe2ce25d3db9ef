/** How others wait for a refresh: one call for one refresh, at times that do not depend on what was seen. */
import type { Played } from "./refreshes";

export interface Waited {
  /** Describe calls, up to and with the one that saw the end. */
  calls: number;
  /** Seconds from the true end to that call. */
  lag: number;
  /** It failed, or was rolled back or cancelled. */
  isBad: boolean;
}

export interface Poller {
  name: string;
  /** Seconds to wait after so many calls, from 1, and so many seconds since the refresh began. */
  wait(calls: number, elapsed: number): number;
}

const fixed = (seconds: number, who?: string): Poller => ({
  name: `every ${seconds} s${who ? ` (${who})` : ""}`,
  wait: () => seconds,
});

export const tenSeconds = fixed(10);

export const pollers: readonly Poller[] = [
  fixed(5),
  tenSeconds,
  fixed(15, "palantir/bouncer"),
  fixed(20),
  fixed(30, "shell loops"),
  fixed(50),
  fixed(60),
  { name: "exponential, 1 to 60 s", wait: (calls) => Math.min(2 ** (calls - 1), 60) },
  { name: "elapsed × 0.02, from 1 s", wait: (_calls, elapsed) => Math.max(elapsed * 0.02, 1) },
];

/** @param from seconds after the refresh's start of the first call */
export function poll(poller: Poller, played: Played, from: number): Waited {
  const end = played.duration / 1000;
  let calls = 1;
  let at = from;
  for (; at < end; calls++) at += poller.wait(calls, at);
  return { calls, lag: at - end, isBad: played.event !== "nothing" };
}
