/** Follows refreshes to their end and shows them, as `watch` does, and the commands that wait for what they asked. */

import { CloudError, type CloudModule, type Refresh } from "../core/cloud";
import type { AnalysisArguments } from "../core/definition/analysisArguments";
import { DEFAULT_TIMEOUT_S } from "../core/durations";
import { toolCommand } from "../core/lifecycle/commands";
import { badEnd, nameOf, tooLate } from "../core/lifecycle/messages";
import { type TrackedRefresh, track } from "../core/lifecycle/trackedRefresh";
import { NoAnswerError } from "../core/polling/scheduler";
import { exitCodes, UsageError } from "./exitCodes";
import { failureText, inOptions, problemOf } from "./failureText";
import { followMeasured, type Measured } from "./followMeasured";
import type { Screen } from "./screen";
import type { Target } from "./targets";

/** A target that is yet to be found, or to begin. */
export interface PendingTarget {
  /** As it was given. */
  readonly name: string;
  find(timeoutSeconds: number, signal: AbortSignal, waiting: Screen["waiting"]): Promise<Target | undefined>;
}

export interface Followed {
  readonly name: string;
  /** The refresh as it ended; undefined when that is not known. */
  readonly ended: Refresh | undefined;
  /** Why it is not known, or why its analysis failed. */
  readonly why: string;
  /** What to say when another end was wanted. */
  failure?(wanted: string, command: readonly string[]): string;
  readonly analysisFailed?: boolean;
  /** The command line is wrong about it. */
  readonly isUsage?: boolean;
  /** What to do before the command is given again. */
  readonly next?: string;
}

export interface FollowOptions {
  readonly timeoutSeconds?: number | undefined;
  readonly signal: AbortSignal;
  /** What is measured meanwhile. */
  readonly analysis?: AnalysisArguments | undefined;
}

type Wait = Required<Pick<FollowOptions, "timeoutSeconds" | "signal">> & Pick<FollowOptions, "analysis">;

export async function follow(
  targets: readonly (Target | PendingTarget)[],
  screen: Screen,
  { timeoutSeconds = DEFAULT_TIMEOUT_S, ...options }: FollowOptions,
): Promise<Followed[]> {
  // The others may run for hours: until then nobody would know of the one that was not found.
  const onProblem = (line: string) => targets.length > 1 && screen.problem(line);
  return Promise.all(targets.map((target) => followGiven(target, screen, { ...options, timeoutSeconds }, onProblem)));
}

async function followGiven(
  given: Target | PendingTarget,
  screen: Screen,
  wait: Wait,
  onProblem: (line: string) => void,
): Promise<Followed> {
  if (!("find" in given)) return followOne(given, screen, wait);
  const { name } = given;
  const { timeoutSeconds, signal } = wait;
  try {
    const target = await given.find(timeoutSeconds, signal, screen.waiting);
    if (target) return await followOne(target, screen, wait);
    const why = signal.aborted ? "interrupted; no instance refresh had begun" : "no instance refresh began in time";
    return { name, ended: undefined, why };
  } catch (error) {
    const { message } = error as Error;
    // What is wrong with a setting names it as a program does.
    const isSetting = error instanceof CloudError && error.operation === "Connect";
    const why = (isSetting ? inOptions(message) : message).replace(/\.$/, "");
    onProblem(`${problemOf(name, why)}.`);
    const isFinal = error instanceof CloudError && error.kind === "final";
    const next = isFinal && error.next ? { next: inOptions(error.next) } : {};
    return { name, ended: undefined, why, isUsage: error instanceof UsageError, ...next };
  }
}

async function followOne(
  target: Target,
  screen: Screen,
  { timeoutSeconds, signal, analysis }: Wait,
): Promise<Followed> {
  const { cloud, api, tools, id } = target;
  let tracked: TrackedRefresh | undefined;
  try {
    if (analysis)
      return followedFrom(cloud, id, await followMeasured(target, analysis, screen, timeoutSeconds, signal));
    const followed = await tools.scheduler.follow(api.source, id, {
      deadline: tools.clock.now() + timeoutSeconds * 1000,
      signal,
      onUpdate: (refresh) => {
        tracked = track(tracked, refresh, tools.clock.now(), api.clock?.aheadMs);
        screen.show(id, tracked);
      },
    });
    return followedFrom(cloud, id, followed);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const group = tracked?.refresh.group ?? "?";
    return {
      name: id,
      ended: undefined,
      why: `lost contact with the ${nameOf(cloud, group, id)}: ${lostContact(error)}`,
    };
  }
}

type Outcome =
  | { readonly outcome: "ended"; readonly last: Refresh }
  | { readonly outcome: keyof typeof WHY; readonly last: Refresh | undefined }
  | Measured;

function followedFrom(cloud: CloudModule, name: string, followed: Outcome): Followed {
  const { outcome, last } = followed;
  if (outcome === "ended") {
    const failure = last && ((...asked: [string, readonly string[]]) => failureOf(cloud, last, ...asked));
    return { name, ended: last, why: "", ...(failure ? { failure } : {}) };
  }
  if (outcome === "analysisFailed")
    return { name, ended: last?.ended ? last : undefined, why: followed.why, analysisFailed: true };
  return { name, ended: undefined, why: `${WHY[outcome]}${last?.status ? `; it was ${last.status}` : ""}` };
}

const WHY = {
  deadline: "the time to wait is over",
  aborted: "interrupted; it goes on in the cloud",
  vanished: "the cloud no longer knows it",
} as const;

/** Why the cloud did not answer any more, and what its error says to do. */
function lostContact(error: unknown): string {
  const cause = error instanceof NoAnswerError ? error.cause : error;
  const advice = cause instanceof CloudError && cause.next ? `; ${inOptions(cause.next)}` : "";
  return `${(error as Error).message}${advice}`.replace(/\.$/, "");
}

function failureOf(cloud: CloudModule, ended: Refresh, wanted: string, command: readonly string[]): string {
  const error = ended.stage === "successful" ? tooLate(cloud, ended, wanted) : badEnd(cloud, ended, "");
  return failureText(error, command);
}

/**
 * Exit code of a command that wanted each refresh to end so, and what there is to say beside what was shown.
 * @param command its words: to wait for what is not known yet, it is given again
 */
export function verdict(
  followed: readonly Followed[],
  wanted: string,
  command: readonly string[],
): { code: number; lines: string[] } {
  const lines = followed.flatMap(({ ended, failure }) =>
    ended && failure && ended.status !== wanted ? [failure(wanted, command)] : [],
  );
  const unknown = followed.filter(({ ended }) => !ended);
  const told = followed.filter(({ ended, why }) => !ended || why !== "");
  lines.push(...told.map(({ name, why }) => `${problemOf(name, why)}.`));
  lines.push(...new Set(unknown.flatMap(({ next }) => (next ? [`Next: ${next}`] : []))));
  if (unknown.some(({ isUsage, analysisFailed, next }) => !isUsage && !analysisFailed && !next))
    lines.push(`Next: go on waiting: ${toolCommand(...command)}`);
  const isBad = ({ ended, analysisFailed }: Followed) => analysisFailed || (ended && ended.status !== wanted);
  if (followed.some(isBad)) return { code: exitCodes.failed, lines };
  if (followed.every(({ isUsage }) => isUsage)) return { code: exitCodes.usage, lines };
  return { code: lines.length > 0 ? exitCodes.unknown : exitCodes.successful, lines };
}
