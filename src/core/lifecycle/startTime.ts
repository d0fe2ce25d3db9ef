/** Whether a refresh may start now, by its windows, its freezes, and the forecast of how long it takes. */
import { CloudError, cloudNow } from "../cloud";
import { durationText } from "../durations";
import { hasStartRules, type StartRules, startRulesOf } from "../windows/startRules";
import { startAt } from "../windows/startTime";
import { clockText, closedText, nextText, noForecastText, openText, timeText } from "../windows/text";
import { RefreshError } from "./errors";
import { nameOf, oneLine } from "./messages";
import { halted, type Run, stopIfAsked, withRetry } from "./run";

/** While it waits, the clock is read this often: machines sleep, and clocks are set. */
const LONGEST_SLEEP_MS = 60_000;
/** A clock that is off by more is worth a line. */
const WORTH_SAYING_MS = 60_000;
/** A deployment that waits for a window needs some time after it has opened, to start the refresh and to describe it. */
const LEAST_LEFT_MS = 60_000;
/** The date of an answer has whole seconds, and was written before the answer arrived. */
const DATE_ERROR_MS = 2_000;

/** Why a refresh may not start now. */
export interface Refusal {
  readonly outside: StartRules["outside"];
  readonly why: string;
  /** When it may, in a sentence. */
  readonly next: string;
  /** When it may, in milliseconds since the epoch by the cloud's clock; undefined when that is not known. */
  readonly opensAt: number | undefined;
}

/** What was found of the time to start. */
export interface StartTime {
  /** Undefined when it may start. */
  readonly refusal: Refusal | undefined;
  /** How much time is left, where that is limited. */
  readonly timeLeft: string | undefined;
  /** Whether it may start still, as time has passed since. */
  isOpen(): boolean;
}

const ALWAYS: StartTime = { refusal: undefined, timeLeft: undefined, isOpen: () => true };

/** @param isNew what is to run is not known yet: every instance counts as one to replace */
export async function startTimeOf(run: Run, isNew = false): Promise<StartTime> {
  const rules = startRulesOf(run.args);
  if (!rules) return ALWAYS;
  const longest = rules.mustFit ? await longestOf(run, isNew) : 0;
  const error = run.api.clock?.aheadMs ? DATE_ERROR_MS : 0;
  const needed = (typeof longest === "number" ? longest : 0) + error;
  const now = cloudTime(run);
  const verdict = startAt(rules, now, needed);
  const isOpen = () => startAt(rules, cloudTime(run), needed).open;
  const { outside } = rules;
  if (!verdict.open) {
    const { next } = verdict;
    const why = closedText(verdict, now, needed);
    return {
      refusal: { outside, why, next: nextText(next, now, needed), opensAt: next?.at },
      timeLeft: undefined,
      isOpen,
    };
  }
  if (typeof longest === "number")
    return { refusal: undefined, timeLeft: openText(verdict.closing, now, needed), isOpen };
  return {
    refusal: { outside, ...noForecastText(longest.unknown), opensAt: undefined },
    timeLeft: undefined,
    isOpen: () => false,
  };
}

/** The longest that the refresh may take by its forecast, in milliseconds, or why that is not known. */
async function longestOf(run: Run, isNew: boolean): Promise<number | { unknown: string }> {
  const { longestSeconds } = run.tools;
  try {
    const seconds = await withRetry(run, async () => longestSeconds?.(run.api, run.args, isNew));
    return seconds === undefined ? { unknown: "the group cannot be simulated" } : seconds * 1_000;
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return { unknown: oneLine(error.message) };
  }
}

/** Windows go by the cloud's clock, whose answers say what time it is: this machine's may be wrong. */
function cloudTime({ api, tools }: Run): number {
  return cloudNow(api, tools.clock);
}

/** A line where this machine's clock is wrong, and a refresh has times at which it may start. */
export function clockLine(run: Run): string | undefined {
  const ahead = run.api.clock?.dateAheadMs ?? 0;
  if (Math.abs(ahead) < WORTH_SAYING_MS || !hasStartRules(run.args)) return undefined;
  return clockText(ahead);
}

/** The line that stays when a refresh is held. */
export function heldLine(run: Run, { why, next }: Refusal): string {
  return `No refresh of group ${run.group} is started: ${why}. ${next} The next \`pulumi up\` tries again`;
}

/** The line that stays when a refresh is held because another one is. */
export function behindHeldLine(run: Run): string {
  return `No refresh of group ${run.group} is started: one of an earlier wave is held. The next \`pulumi up\` tries again`;
}

/**
 * Waits until the refresh may start.
 * @throws RefreshError when it may not before the time to wait is over
 */
export async function waitForStart(run: Run, refusal: Refusal): Promise<void> {
  const { opensAt, why } = refusal;
  const left = () => (opensAt ?? 0) - cloudTime(run);
  if (opensAt === undefined || run.tools.clock.now() + left() + LEAST_LEFT_MS > run.deadline)
    throw outsideWindow(run, refusal);
  const until = timeText(opensAt, "UTC");
  let shown = "";
  for (let wait = left(); wait > 0; wait = left()) {
    stopIfAsked(run);
    if (run.halt?.aborted) throw halted(run);
    const line = `Waiting until ${until}, ${durationText(Math.ceil(wait / 60_000) * 60)} left: ${why}`;
    // Without a terminal, each line is one more of a log.
    if (line !== shown) run.call.progress(line);
    shown = line;
    await run.tools.clock.sleep(Math.min(wait, LONGEST_SLEEP_MS), run.call.signal);
  }
}

export function outsideWindow(run: Run, { outside, why, next }: Refusal): RefreshError {
  const waits =
    outside === "wait"
      ? ` The time to wait, ${durationText(run.call.timeoutSeconds)}, is over before that, or less than a minute later.`
      : "";
  const advice =
    outside === "wait"
      ? "give it more time with the resource option `customTimeouts`, or set `outsideWindows: hold`"
      : "set `outsideWindows` to `hold` or `wait`";
  return new RefreshError({
    code: "outsideWindow",
    group: run.group,
    what: `The ${nameOf(run.cloud, run.group)} was not started: ${why}. ${next}${waits}`,
    next: `run \`pulumi up\` again in the window; or ${advice}, or change \`windows\` or \`freezes\`.`,
  });
}
