/** One operation on one resource: its arguments, its cloud, its time, and its signal to stop. */

import type { Measure } from "../analysis/policy";
import { type Clock, inTime } from "../clock";
import type { Arguments, CloudApi, CloudModule, ConnectionSettings, Refresh } from "../cloud";
import { CloudError } from "../cloud";
import type { Scheduler } from "../polling/scheduler";
import { commandOn } from "./commands";
import { RefreshError } from "./errors";
import { nameOf } from "./messages";

/** A function is asked again whenever the line is repeated. */
export type PassingLine = string | (() => string);

export const lineText = (line: PassingLine) => (typeof line === "string" ? line : line());

/** How a host calls the lifecycle. */
export interface Call {
  /** Names the resource within its stack. */
  urn: string;
  /** How the host says that the cloud is to be reached; `connection` of the arguments comes before it. */
  settings: ConnectionSettings;
  /** How it reaches the cloud. Left out: as the cloud's module does. */
  connect?: CloudModule["connect"];
  /** Time to wait in all, in seconds. */
  timeoutSeconds: number;
  /** Ends the wait; the refresh goes on in the cloud. */
  signal: AbortSignal;
  /** Shows a passing line beside the resource. */
  progress(line: PassingLine): void;
  /** Shows what an analysis measures apart from the passing line; where the host cannot, the line holds it. */
  measured?(summary: string): void;
  /** Leaves a lasting line. */
  notice(line: string): void;
  /** Leaves a lasting warning; where the host cannot, a line. */
  warn?(line: string): void;
  /** Leaves a lasting error, beside one with which the operation itself fails; where the host cannot, a line. */
  error?(line: string): void;
}

/** What all operations of a process share. */
export interface Tools {
  scheduler: Scheduler;
  clock: Clock;
  /** By which windows and freezes go, where `clock` is another one, for the time that answers take. */
  clockOfWindows?: Clock;
  random: () => number;
  /**
   * The longest that a refresh may take, in seconds, by its forecast; undefined when there is none. Left out: there never is.
   * @param isNew what is to run is not known yet: every instance counts as one to replace
   */
  longestSeconds?(api: CloudApi, args: Arguments, isNew: boolean): Promise<number | undefined>;
  /** Measures a check of an analysis; without it nothing is measured. */
  measure?: Measure;
}

/** An operation's place among those of its rollout. */
export interface Member {
  /** Aborted when another refresh of the rollout fails. */
  readonly halt: AbortSignal;
  /** Its refresh runs: it counts, and does not wait. */
  runs(): void;
  /** It waits for something else, and takes no place meanwhile. */
  waits(): void;
  /**
   * Waits until fewer than `maxConcurrent` others run, and counts as running from then on.
   * @returns whether it had to wait
   */
  place(signal: AbortSignal, onWait: (maxConcurrent: number) => void): Promise<boolean>;
  /** True while a refresh of an earlier wave is held. */
  isBehindHeld(): boolean;
  /** Remembers that its refresh is held, or no longer. */
  holds(isHeld: boolean): void;
}

/** An operation under way. */
export interface Run {
  cloud: CloudModule;
  api: CloudApi;
  args: Arguments;
  group: string;
  call: Call;
  tools: Tools;
  /** When the time to wait is over, in milliseconds since the epoch. */
  deadline: number;
  /** Aborted when another refresh of the same rollout fails. */
  halt?: AbortSignal | undefined;
  /** Its place in its rollout. */
  member?: Member | undefined;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const PASSING_ATTEMPTS = 10;

/**
 * Calls the cloud until it answers. An error that passes is tried again a bounded number of times; throttling as long as
 * there is time. Only for calls that change nothing, or that are safe to repeat.
 */
export async function withRetry<T>(run: Run, action: () => Promise<T>, attempts = PASSING_ATTEMPTS): Promise<T> {
  let passing = 0;
  for (let attempt = 0; ; attempt++) {
    stopIfAsked(run);
    try {
      return await withinDeadline(run, action);
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind === "final") throw error;
      if (error.kind === "passing" && ++passing >= attempts) throw error;
      await pause(run, attempt, error);
    }
  }
}

/** Leaves a lasting warning beside the resource. */
export function warn({ call }: Pick<Run, "call">, line: string): void {
  (call.warn ?? call.notice)(line);
}

/** No call outlives the time to wait: an answer that drips, or never comes, is an error that may pass. */
export async function withinDeadline<T>(
  { tools: { clock }, deadline }: Pick<Run, "tools" | "deadline">,
  action: () => Promise<T>,
): Promise<T> {
  return inTime(clock, Math.max(0, deadline - clock.now()), action, noAnswerInTime);
}

function noAnswerInTime(): CloudError {
  return new CloudError({
    operation: "call",
    code: "NoAnswerInTime",
    kind: "passing",
    message: "no answer before the time to wait was over",
  });
}

/** Waits before another attempt, longer each time, at random so that many do not come back at once. */
export async function pause(run: Run, attempt: number, cause?: unknown): Promise<void> {
  const { clock, random } = run.tools;
  if (clock.now() >= run.deadline) throw timedOut(run, "the cloud could not be reached", cause);
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
  const wait = longest * (0.5 + random() / 2);
  await clock.sleep(Math.min(wait, run.deadline - clock.now()), run.call.signal);
  stopIfAsked(run);
}

/** Ends the operation when the host has said so. */
export function stopIfAsked(run: Run, refreshId?: string): void {
  if (!run.call.signal.aborted) return;
  throw interrupted(run, refreshId);
}

export function interrupted(run: Run, refreshId?: string): RefreshError {
  return new RefreshError({
    code: "interrupted",
    group: run.group,
    refreshId,
    what: refreshId
      ? `Stopped waiting for the ${nameOf(run.cloud, run.group, refreshId)}; it goes on in the cloud.`
      : `Stopped before the ${nameOf(run.cloud, run.group)} was started.`,
    next: refreshId
      ? `run \`pulumi up\` again: it attaches to the refresh and follows it to its end. ${meanwhile(run, refreshId)}`
      : "run `pulumi up` again.",
  });
}

/** Another refresh of the rollout has failed before this one was started. */
export function halted(run: Run): RefreshError {
  return new RefreshError({
    code: "halted",
    group: run.group,
    what: `The ${nameOf(run.cloud, run.group)} was not started: another refresh of its rollout failed.`,
    next: "correct the cause of that failure, and run `pulumi up` again.",
  });
}

export function timedOut(run: Run, what: string, cause?: unknown, refresh?: Refresh): RefreshError {
  return new RefreshError({
    code: "timedOut",
    group: run.group,
    refreshId: refresh?.id,
    what: `No end of the ${nameOf(run.cloud, run.group, refresh?.id)} within ${Math.round(run.call.timeoutSeconds)} s: ${what}.`,
    next: `run \`pulumi up\` again to go on waiting, or give it more time with the resource option \`customTimeouts\`.${refresh ? ` ${meanwhile(run, refresh.id)}` : ""}`,
    cause,
  });
}

/** What needs no stack, and so no `pulumi up` that waits. */
function meanwhile(run: Run, refreshId: string): string {
  return `Meanwhile \`${commandOn(run, "watch", refreshId)}\` shows it, and \`${commandOn(run, "cancel", refreshId)}\` ends it.`;
}
