/** A command that shows refreshes to their end, with Ctrl-C and the exit code. */
import { processClock } from "../core/clock";
import { type Followed, type FollowOptions, follow, type PendingTarget, verdict } from "./follow";
import { screenFor } from "./screen";
import type { Target } from "./targets";

/**
 * Follows the refreshes in the terminal, or line by line.
 * @returns the exit code
 */
export async function showToTheEnd(
  targets: readonly (Target | PendingTarget)[],
  wanted: string,
  timeoutSeconds: FollowOptions["timeoutSeconds"],
  analysis?: FollowOptions["analysis"],
): Promise<number> {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  process.once("SIGHUP", stop);
  const screen = await screenFor(process.stdout, processClock);
  let followed: Followed[];
  try {
    followed = await follow(targets, screen, { timeoutSeconds, signal: interrupt.signal, analysis });
  } finally {
    screen.close();
    process.removeListener("SIGINT", stop);
    process.removeListener("SIGTERM", stop);
    process.removeListener("SIGHUP", stop);
  }
  const { code, lines } = verdict(followed, wanted, process.argv.slice(2));
  for (const line of lines) process.stderr.write(`${line}\n`);
  return code;
}
