/** A refresh that is followed: what was seen of it, and how long it still takes. */

import type { Refresh } from "../cloud";
import { durationText } from "../durations";
import { secondsTaken } from "./messages";

/** Less progress than this says nothing about the speed. */
const LEAST_FRACTION = 0.05;

export interface TrackedRefresh {
  readonly refresh: Refresh;
  /** When its present phase (a status, or a pause at a checkpoint) was first seen, in milliseconds since the epoch. */
  readonly since: number;
  /** Whether the phase was seen to begin with a checkpoint, and not after its pause. */
  readonly beganAtCheckpoint: boolean;
  /** By how much the cloud's clock was ahead of this process's at the last answer, in milliseconds. */
  readonly aheadMs: number;
  /** How far it was when the phase was first seen. */
  readonly fractionAtFirst: number | undefined;
  /** Seconds for which it had been replacing when its fraction was first seen to be what it is. */
  readonly workingAtStep: number | undefined;
  /** By how much the fraction grew then; 0 where that was not seen. */
  readonly step: number;
}

/**
 * Takes in another answer of the cloud.
 * @param now by the clock of this process, as everywhere here
 * @param aheadMs by how much the cloud's clock is ahead of it
 */
export function track(before: TrackedRefresh | undefined, refresh: Refresh, now: number, aheadMs = 0): TrackedRefresh {
  const sameFraction = before !== undefined && before.refresh.fraction === refresh.fraction;
  const { workingAtStep, step } = sameFraction ? before : { workingAtStep: undefined, step: stepOf(before, refresh) };
  const isSamePhase = before !== undefined && phaseOf(before.refresh) === phaseOf(refresh);
  const phase = isSamePhase
    ? before
    : {
        since: now,
        beganAtCheckpoint: reachesCheckpoint(before, refresh),
        fractionAtFirst: refresh.fraction,
      };
  const tracked = { ...phase, refresh, aheadMs, workingAtStep, step };
  return workingAtStep === undefined ? { ...tracked, workingAtStep: workingSeconds(tracked, now) } : tracked;
}

function reachesCheckpoint(before: TrackedRefresh | undefined, refresh: Refresh): boolean {
  return before !== undefined && passedCheckpoints(before.refresh) < passedCheckpoints(refresh);
}

function stepOf(before: TrackedRefresh | undefined, { fraction = 0 }: Refresh): number {
  return before?.refresh.fraction === undefined ? 0 : Math.max(0, fraction - before.refresh.fraction);
}

function phaseOf(refresh: Refresh): string {
  return `${refresh.status} after ${passedCheckpoints(refresh)} checkpoints`;
}

function passedCheckpoints({ fraction = 0, plannedPauses }: Refresh): number {
  return plannedPauses.checkpoints.filter((checkpoint) => checkpoint <= fraction).length;
}

/**
 * The most seconds until the pause or the bake time that it is in is over, where that is known: it began before it was
 * first seen.
 */
export function pauseLeft(tracked: TrackedRefresh, now: number): number | undefined {
  const { pauseMilliseconds } = tracked.refresh;
  const elapsed = (now - tracked.since) / 1000;
  if (pauseMilliseconds !== undefined) return Math.max(0, pauseMilliseconds / 1000 - elapsed);
  // AWS has no status for a pause: it pauses from when a checkpoint is reached, and replaces nothing meanwhile.
  if (!isAtCheckpoint(tracked)) return undefined;
  const left = tracked.refresh.plannedPauses.checkpointSeconds - elapsed;
  return left > 0 ? left : undefined;
}

function isAtCheckpoint({ refresh, beganAtCheckpoint, fractionAtFirst }: TrackedRefresh): boolean {
  const { stage, fraction, plannedPauses } = refresh;
  return (
    beganAtCheckpoint && stage === "running" && fraction === fractionAtFirst && (fraction ?? 0) < plannedPauses.goal
  );
}

/** Seconds since its start, or from its start to its end; undefined where the clocks contradict. */
function elapsed({ refresh, aheadMs }: TrackedRefresh, now: number): number | undefined {
  const { startTime = "", ended } = refresh;
  const seconds = ended ? secondsTaken(refresh) : (now + aheadMs - Date.parse(startTime)) / 1000;
  return seconds !== undefined && seconds >= 0 ? seconds : undefined;
}

/** Seconds for which it has been replacing: since its start, without pauses. */
function workingSeconds(tracked: TrackedRefresh, now: number): number | undefined {
  const { startTime, plannedPauses } = tracked.refresh;
  if (startTime === undefined) return undefined;
  const cloudNow = now + tracked.aheadMs;
  const isPaused = pauseLeft(tracked, now) !== undefined;
  const pausesOver = Math.max(0, passedCheckpoints(tracked.refresh) - (isPaused ? 1 : 0));
  const pausedNow = isPaused ? (now - tracked.since) / 1000 : 0;
  return (cloudNow - Date.parse(startTime)) / 1000 - pausesOver * plannedPauses.checkpointSeconds - pausedNow;
}

/**
 * Seconds until it ends, if it goes on as it went so far, with the pauses that it still has to make. It never rises while
 * nothing changes: a batch that takes long leaves what follows it to do. Undefined while too little is known; while it is
 * being cancelled or rolled back; and when the last batch is overdue, because that is where refreshes hang.
 */
export function timeLeft(tracked: TrackedRefresh, now: number): number | undefined {
  const { refresh, workingAtStep, step } = tracked;
  const { fraction, stage, plannedPauses } = refresh;
  if (stage !== "running" || fraction === undefined) return undefined;
  const { checkpoints, checkpointSeconds, bakeSeconds, goal } = plannedPauses;
  const pause = pauseLeft(tracked, now);
  const pausesToCome = (checkpoints.length - passedCheckpoints(refresh)) * checkpointSeconds;
  if (fraction >= goal) return pause === undefined ? undefined : pause + (refresh.isBaking ? 0 : bakeSeconds);

  const working = workingSeconds(tracked, now);
  // A clock behind the cloud's says nothing.
  if (fraction < LEAST_FRACTION || working === undefined || workingAtStep === undefined || workingAtStep <= 0)
    return undefined;
  const perFraction = workingAtStep / fraction;
  const sinceStep = Math.max(0, working - workingAtStep);
  const afterThisBatch = perFraction * Math.max(0, goal - fraction - step);
  const left = Math.max(perFraction * (goal - fraction) - sinceStep, afterThisBatch);
  return left > 0 ? left + (pause ?? 0) + pausesToCome + bakeSeconds : undefined;
}

/** In words: for how long it runs, when its pause is over at the latest, and how long it still takes. */
export function timesOf(tracked: TrackedRefresh, now: number): string[] {
  const [taken, pause, left] = [elapsed(tracked, now), pauseLeft(tracked, now), timeLeft(tracked, now)];
  const { ended, isBaking } = tracked.refresh;
  return [
    taken === undefined ? "" : ended ? `in ${durationText(taken)}` : `${durationText(taken)} so far`,
    // After the bake time nothing goes on: the time left says it.
    !pause || isBaking ? "" : `goes on within ${durationText(pause)}`,
    left === undefined ? "" : `about ${durationText(left)} left`,
  ].filter(Boolean);
}
