/** A refresh that is followed: what was seen of it, and how long it still takes. */

import type { Refresh } from "../cloud";
import { durationText } from "../durations";

/** Less progress than this says nothing about the speed. */
const LEAST_FRACTION = 0.05;

export interface TrackedRefresh {
  readonly refresh: Refresh;
  /** When its present phase (a status, or a pause at a checkpoint) was first seen, in milliseconds since the epoch. */
  readonly since: number;
  /** Whether the phase was seen to begin; otherwise it may have lasted longer. */
  readonly sawItBegin: boolean;
  /** How far it was when the phase was first seen. */
  readonly fractionAtFirst: number | undefined;
}

/** Takes in another answer of the cloud. */
export function track(before: TrackedRefresh | undefined, refresh: Refresh, now: number): TrackedRefresh {
  if (before && phaseOf(before.refresh) === phaseOf(refresh)) return { ...before, refresh };
  return { refresh, since: now, sawItBegin: before !== undefined, fractionAtFirst: refresh.fraction };
}

function phaseOf(refresh: Refresh): string {
  return `${refresh.status} after ${passedCheckpoints(refresh)} checkpoints`;
}

function passedCheckpoints({ fraction = 0, plannedPauses }: Refresh): number {
  return plannedPauses.checkpoints.filter((checkpoint) => checkpoint <= fraction).length;
}

/** Seconds until the pause or the bake time that it is in is over, where that is known. */
export function pauseLeft(tracked: TrackedRefresh, now: number): number | undefined {
  const { pauseMilliseconds } = tracked.refresh;
  const elapsed = (now - tracked.since) / 1000;
  if (pauseMilliseconds !== undefined) return Math.max(0, pauseMilliseconds / 1000 - elapsed);
  // AWS has no status for a pause: it pauses from when a checkpoint is reached, and replaces nothing meanwhile.
  if (!isAtCheckpoint(tracked)) return undefined;
  const left = tracked.refresh.plannedPauses.checkpointSeconds - elapsed;
  return left > 0 ? left : undefined;
}

function isAtCheckpoint({ refresh, sawItBegin, fractionAtFirst }: TrackedRefresh): boolean {
  const { stage, fraction, plannedPauses } = refresh;
  const isInPhase = sawItBegin && stage === "running" && passedCheckpoints(refresh) > 0;
  return isInPhase && fraction === fractionAtFirst && (fraction ?? 0) < plannedPauses.goal;
}

/**
 * Seconds until it ends, if it goes on as it went so far, with the pauses that it still has to make. Undefined while too
 * little is known; while it is being cancelled or rolled back; and when everything is replaced and it does not end,
 * because that is where refreshes hang.
 */
export function timeLeft(tracked: TrackedRefresh, now: number): number | undefined {
  const { refresh } = tracked;
  const { fraction, startTime, stage, plannedPauses } = refresh;
  if (stage !== "running" || fraction === undefined || startTime === undefined) return undefined;
  const { checkpoints, checkpointSeconds, bakeSeconds, goal } = plannedPauses;
  const pause = pauseLeft(tracked, now);
  const passed = passedCheckpoints(refresh);
  const pausesToCome = (checkpoints.length - passed) * checkpointSeconds;
  if (fraction >= goal) return pause === undefined ? undefined : pause + (refresh.isBaking ? 0 : bakeSeconds);
  if (fraction < LEAST_FRACTION) return undefined;

  const pausedBefore = Math.max(0, passed - (pause === undefined ? 0 : 1)) * checkpointSeconds;
  const pausedNow = pause === undefined ? 0 : (now - tracked.since) / 1000;
  const working = (now - Date.parse(startTime)) / 1000 - pausedBefore - pausedNow;
  // A clock behind the cloud's says nothing.
  if (working <= 0) return undefined;
  return (working * (goal - fraction)) / fraction + (pause ?? 0) + pausesToCome + bakeSeconds;
}

/**
 * In words, how long a followed refresh still takes. For one wait, as it learns from every answer.
 * Undefined where nothing can be told yet.
 * @param now milliseconds since the epoch
 */
export function timeLeftOf(now: () => number): (refresh: Refresh) => string | undefined {
  let tracked: TrackedRefresh | undefined;
  return (refresh) => {
    tracked = track(tracked, refresh, now());
    const seconds = timeLeft(tracked, now());
    return seconds === undefined ? undefined : `about ${durationText(seconds)} left`;
  };
}
