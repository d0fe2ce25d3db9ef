/** When a refresh may start, as the arguments say it. */
import type { Arguments } from "../cloud";
import { secondsOf } from "../durations";
import { type Schedule, scheduleOf } from "./schedule";

/** A window that opens by a schedule. */
interface StartWindow {
  readonly schedule: Schedule;
  readonly milliseconds: number;
  readonly timeZone: string;
}

/** From `from` on, and before `to`, nothing starts; in milliseconds since the epoch. */
export interface Freeze {
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

export interface StartRules {
  /** Empty: always, but for the freezes. */
  readonly windows: readonly StartWindow[];
  readonly freezes: readonly Freeze[];
  /** The refresh has to end, at the latest, while it could still be started. */
  readonly mustFit: boolean;
  /** What is done while it may not start. */
  readonly outside: "hold" | "wait" | "fail";
}

/** True where a refresh may not start at any time. */
export function hasStartRules({ windows = [], freezes = [] }: Arguments): boolean {
  return (windows as unknown[]).length + (freezes as unknown[]).length > 0;
}

/** Undefined where a refresh may start at any time. */
export function startRulesOf(args: Arguments): StartRules | undefined {
  if (!hasStartRules(args)) return undefined;
  const windows = (args.windows ?? []) as readonly { schedule: string; duration: string; timeZone?: string }[];
  const freezes = (args.freezes ?? []) as readonly { from: string; to: string; reason: string }[];
  return {
    windows: windows.map(({ schedule, duration, timeZone = "UTC" }) => ({
      schedule: scheduleOf(schedule, timeZone),
      milliseconds: secondsOf(duration) * 1_000,
      timeZone,
    })),
    freezes: freezes.map(({ from, to, reason }) => ({ from: Date.parse(from), to: Date.parse(to), reason })),
    mustFit: (args.mustFit as boolean | undefined) ?? true,
    outside: (args.outsideWindows as StartRules["outside"] | undefined) ?? "hold",
  };
}
