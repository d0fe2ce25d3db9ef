/** One refresh that is watched: what was seen of it, and what follows for the time that it still needs. */
import { isActive, type Refresh } from "../cloud";

/** Less progress says nothing about the pace. */
const LEAST_FRACTION = 0.05;

export interface TrackedRefresh {
  readonly refresh: Refresh;
  /** When it was first seen in its status, in milliseconds since the epoch. */
  readonly since: number;
  /** Whether the status was seen to begin; else it may have lasted longer. */
  readonly sawItBegin: boolean;
}

/** Takes in another sight. */
export function track(before: TrackedRefresh | undefined, refresh: Refresh, now: number): TrackedRefresh {
  if (before?.refresh.status === refresh.status) return { ...before, refresh };
  return { refresh, since: now, sawItBegin: before !== undefined };
}

/** Seconds until the pause or the bake time that it is in is over, where that is known. */
export function pauseLeft({ refresh, since }: TrackedRefresh, now: number): number | undefined {
  return refresh.pauseMilliseconds === undefined
    ? undefined
    : Math.max(0, (since + refresh.pauseMilliseconds - now) / 1000);
}

/**
 * Seconds until it ends, if it goes on as it went so far, with the pauses that it still has to make. Undefined while too
 * little is known, and when it is being cancelled or rolled back.
 */
export function timeLeft(tracked: TrackedRefresh, now: number): number | undefined {
  const { refresh } = tracked;
  const { fraction, startTime, stage, status, pauseMilliseconds, plannedPauses: pauses } = refresh;
  if (!isActive(stage) || stage !== "running" || fraction === undefined || startTime === undefined) return undefined;
  const current = pauseLeft(tracked, now);
  const baking = pauseMilliseconds !== undefined && status === "Baking";
  if (baking) return current;
  if (fraction < LEAST_FRACTION) return undefined;

  const passed = pauses.checkpoints.filter((checkpoint) => checkpoint <= fraction).length;
  const isPaused = current !== undefined;
  const paused = Math.max(0, passed - (isPaused ? 1 : 0)) * pauses.checkpointSeconds;
  const ofThis = isPaused ? (now - tracked.since) / 1000 : 0;
  const working = Math.max(0, (now - Date.parse(startTime)) / 1000 - paused - ofThis);
  // A clock behind the cloud's says nothing.
  if (working === 0) return undefined;
  const toCome = (pauses.checkpoints.length - passed) * pauses.checkpointSeconds + pauses.bakeSeconds;
  return (working * (1 - fraction)) / fraction + (current ?? 0) + toCome;
}
