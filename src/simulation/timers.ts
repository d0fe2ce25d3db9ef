import type { Group, Run, TimerKind } from "./model";

/** Sets a timer of the run again. */
export function setTimer(group: Group, run: Run, kind: TimerKind, seconds: number): void {
  const serial = stopTimer(run, kind);
  group.engine.events.add(group.now + seconds * 1000, { kind, run, serial });
}

export function stopTimer(run: Run, kind: TimerKind): number {
  const serial = (run.timers[kind] ?? 0) + 1;
  run.timers[kind] = serial;
  return serial;
}
