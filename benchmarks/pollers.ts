/** How others wait for a refresh: one call for one refresh, at times that do not depend on what was seen. */
import type { Played } from "./refreshes";

export interface Waited {
  /** Describe calls, up to and with the one that saw the end. */
  calls: number;
  /** Seconds from the true end to that call. */
  lag: number;
}

export interface Poller {
  name: string;
  /** Seconds to wait after so many looks, from 1. */
  wait(looks: number): number;
}

const fixed = (seconds: number, who?: string): Poller => ({
  name: `every ${seconds} s${who ? ` (${who})` : ""}`,
  wait: () => seconds,
});

export const tenSeconds = fixed(10);

export const pollers: readonly Poller[] = [
  fixed(2),
  fixed(4, "Terraform's resource"),
  tenSeconds,
  fixed(15, "like CloudFormation"),
  fixed(30, "shell loops"),
  { name: "exponential, 1 to 60 s", wait: (looks) => Math.min(2 ** (looks - 1), 60) },
];

/** @param from seconds after the refresh's start of the first look */
export function poll(poller: Poller, played: Played, from: number): Waited {
  const end = played.duration / 1000;
  let calls = 1;
  let at = from;
  for (; at < end; calls++) at += poller.wait(calls);
  return { calls, lag: at - end };
}
