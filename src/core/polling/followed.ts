/** What is asked of a wait, and how it ends. */
import type { PolledStatus } from "./source";

export interface FollowOptions<T extends PolledStatus> {
  /** When to stop waiting, in milliseconds since the epoch; none when not given. The last call is just before it. */
  deadline?: number;
  /** Stops the wait at once. */
  signal?: AbortSignal;
  /** Called with every status, the last one too. */
  onUpdate?(last: T): void;
}

/** How a wait ended; with the last status, if there was one. */
export type Followed<T extends PolledStatus> =
  | { outcome: "ended"; last: T }
  | { outcome: "deadline" | "aborted" | "vanished"; last: T | undefined };
