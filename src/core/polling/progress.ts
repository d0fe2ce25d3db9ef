/** What a refresh was seen to do, and what follows from it for its end. */
import type { EndEstimate } from "./endEstimate";
import { type Bracket, middle, reached, type Speed, type Step, speedOf, uncertainty } from "./replacementRate";
import type { PolledStatus } from "./source";

/** Launches take unequal times: standard deviation of what is left, as a part of it. */
const UNEVENNESS = 0.15;
/** No expectation is surer than this, in milliseconds. */
const LEAST_SPREAD_MS = 2_000;
/** From the last replacement to the cloud's conclusion, in milliseconds. */
const CONCLUSION_MS = 10_000;
/** A wave's length was told by its fastest replacement; the end waits for the slowest. */
const SLOWEST = 1.05;
/** In the last batch nothing new begins, so the speed so far says less. */
const SPEED_BESIDE_WAVE = 0.1;
/** Without a step for so many usual gaps, progress has stopped: a checkpoint, or trouble. */
const STALL = 2;
/** Both clouds fail a refresh that has been held up for an hour. */
const HELD_UP_MS = 3_600_000;
/** How much is believed that a refresh without progress will fail for it, and not go on. */
const HELD_UP_WEIGHT = 0.3;
/** The hour counts from when the first bad instance is found out, not from the last step: so many waves later, give or take. */
const FOUND_OUT = { waves: 0.6, spread: 0.25, waveUnknownMs: 60_000 };

export class Progress {
  #last: PolledStatus | undefined;
  #at = 0;
  /** Of the present status; the first is its beginning. */
  #steps: Step[] = [];
  /** In a rollback the fraction goes back to 0. */
  #falling = false;
  /** The present status was seen to begin. */
  #fromStart = false;
  /** When the cloud's words changed, if they did since the last step. */
  #newReason: Bracket | undefined;
  /** A new phase goes on at the speed of the one before, until its own is known. */
  #speed: Speed | undefined;

  /** Takes in a status of a refresh that has not ended; `at` is in milliseconds since the epoch and never falls. */
  see(status: PolledStatus, at: number): void {
    const before = this.#last;
    const bracket = { after: before ? this.#at : at, by: at };
    this.#last = status;
    this.#at = at;
    const last = this.#steps.at(-1);
    if (!before || !last || before.status !== status.status) {
      this.#falling = false;
      this.#fromStart = before !== undefined || status.fraction === 0;
      this.#steps = [{ ...bracket, done: status.fraction ?? 0 }];
      this.#newReason = undefined;
      return;
    }
    const moved = (status.fraction ?? 0) - (before.fraction ?? 0);
    if (moved !== 0) this.#step(last, moved, bracket);
    if (status.reason !== before.reason) this.#newReason = bracket;
  }

  /** When the refresh may end, as far as can be told. */
  expectations(): EndEstimate[] {
    const [start] = this.#steps;
    const last = this.#steps.at(-1);
    if (!this.#last || !start || !last) return [];
    const { pauseMilliseconds, fraction } = this.#last;
    if (pauseMilliseconds === undefined) return [...this.#completion(start, last), this.#failure(last)];
    const isLastPhase = fraction === undefined || fraction >= 1;
    return isLastPhase ? [after(start, pauseMilliseconds, LEAST_SPREAD_MS / 2)] : [];
  }

  #step(last: Step, moved: number, bracket: Bracket): void {
    if (moved < 0 !== this.#falling) {
      this.#falling = moved < 0;
      this.#steps = [{ ...last, done: 1 - last.done }];
    }
    const before = this.#steps.at(-1) as Step;
    this.#steps.push({ ...bracket, done: before.done + Math.abs(moved) });
    this.#newReason = undefined;
    this.#speed = speedOf(this.#steps, this.#fromStart) ?? this.#speed;
  }

  /** Everything is replaced: told by the speed so far, and by when the last wave began, since nothing follows it. */
  #completion(start: Step, last: Step): EndEstimate[] {
    const left = 1 - last.done;
    if (left <= 0) return [{ from: last.by, after: CONCLUSION_MS, spread: CONCLUSION_MS, weight: 1 }];
    if (!this.#speed) return [];
    const { rate, step, gap, wave } = this.#speed;
    if (left > step && this.#at - middle(last) > STALL * gap) return [];
    const isFirstWave = last === start;
    const time = isFirstWave ? Math.max(left / rate, wave?.length ?? 0) : left / rate;
    const bySpeed = { from: middle(last), after: time, spread: spread(time, uncertainty(last)), weight: 1 };
    const lastWaveFrom = wave && !isFirstWave ? reached(this.#steps, 1 - rate * wave.length) : undefined;
    if (!wave || lastWaveFrom === undefined) return [bySpeed];
    const length = wave.length * SLOWEST;
    const byWave = { from: lastWaveFrom, after: length, spread: spread(length, wave.spread), weight: 1 };
    return [byWave, { ...bySpeed, weight: SPEED_BESIDE_WAVE }];
  }

  /** Nothing moves any more, and the cloud gives up. */
  #failure(last: Step): EndEstimate {
    if (this.#newReason) return { ...after(this.#newReason, HELD_UP_MS, LEAST_SPREAD_MS), weight: HELD_UP_WEIGHT };
    const wave = this.#speed?.wave?.length ?? FOUND_OUT.waveUnknownMs;
    const late = after(last, HELD_UP_MS + FOUND_OUT.waves * wave, FOUND_OUT.spread * wave);
    return { ...late, weight: HELD_UP_WEIGHT };
  }
}

function spread(time: number, uncertain: number): number {
  return Math.hypot(UNEVENNESS * time, uncertain, LEAST_SPREAD_MS);
}

/** So long after something that was seen to have happened between two calls. */
function after(bracket: Bracket, milliseconds: number, uncertain: number): EndEstimate {
  const sinceAfter = milliseconds + middle(bracket) - bracket.after;
  return { from: bracket.after, after: sinceAfter, spread: Math.hypot(uncertainty(bracket), uncertain), weight: 1 };
}
