import type { Group, Run, TimerKind } from "./model";

/** Sets a timer of the run again. */
export function setTimer(group: Group, run: Run, kind: TimerKind, seconds: number): void {
  const serial = stopTimer(run, kind);
  const end = group.now + seconds * 1000;
  run.timerEnds[kind] = end;
  group.engine.events.add(end, { kind, run, serial });
}

export function stopTimer(run: Run, kind: TimerKind): number {
  const serial = (run.timers[kind] ?? 0) + 1;
  run.timers[kind] = serial;
  delete run.timerEnds[kind];
  return serial;
}
