/** What a person is told: what happened, to which refresh of which group, why, and what to do. */
import type { CloudModule, Refresh } from "../cloud";
import { durationText } from "../durations";
import { replaceCommand } from "./commands";
import { RefreshError, type RefreshErrorCode } from "./errors";

const RETRY =
  "correct the cause, then change the configuration or `triggers`, or run `REPLACE`, to start a new refresh. To accept this outcome and go on, set `waitForCompletion: false`.";

/** How a refresh that nobody wanted to end so is explained. */
const OUTCOMES: Partial<
  Record<Refresh["stage"], { code: RefreshErrorCode; what: string; machines: string; next: string }>
> = {
  failed: {
    code: "failed",
    what: "failed",
    machines: "What was replaced stays replaced; the rest was not touched.",
    next: RETRY,
  },
  rolledBack: {
    code: "rolledBack",
    what: "was rolled back: the rollout failed",
    machines: "What had been replaced runs the former configuration again.",
    next: RETRY,
  },
  rollbackFailed: {
    code: "rollbackFailed",
    what: "could not be rolled back",
    machines: "The group may hold machines of both configurations.",
    next: `look at the group's scaling activities, ${RETRY}`,
  },
  cancelled: {
    code: "cancelled",
    what: "was cancelled, and not by this program",
    machines: "What was replaced stays replaced: the group may hold machines of both configurations.",
    next: `ask who cancelled it; ${RETRY}`,
  },
  unknown: {
    code: "unknownStatus",
    what: "has a status that this version does not know",
    machines: "",
    next: "look at it in the cloud's console, and update pulumi-instance-refresh.",
  },
};

/** `instance refresh ir-1 of group asg-1 (Alibaba Cloud ESS)`. */
export function nameOf(cloud: CloudModule, group: string, id?: string): string {
  return `instance refresh ${id ? `${id} ` : ""}of group ${group} (${cloud.name})`;
}

/** How far it got, in instances and percent, as far as the cloud tells. */
export function progressOf(refresh: Refresh): string {
  const percent = refresh.fraction === undefined ? undefined : `${Math.round(refresh.fraction * 100)} %`;
  const instances =
    refresh.replaced === undefined || refresh.total === undefined
      ? undefined
      : `capacity ${refresh.replaced} of ${refresh.total}`;
  return [percent, instances && (percent ? `(${instances})` : instances)].filter(Boolean).join(" ");
}

/** How far it is, in units of capacity or in instances. */
export function instancesText(refresh: Refresh): string {
  const { replaced, total } = refresh;
  return replaced === undefined || total === undefined ? replacedText(refresh) : `capacity ${replaced} of ${total}`;
}

/** Where the cloud counts the instances whose replacement has not begun, and not those that are done. */
export function replacedText({ notBegun, ended }: Refresh): string {
  if (notBegun === undefined || ended) return "";
  if (notBegun === 0) return "none waiting to be replaced";
  return `${notBegun} ${notBegun === 1 ? "instance" : "instances"} waiting to be replaced`;
}

/** Where it stands and what else is known, in one line. */
export function progressLine(refresh: Refresh, ...more: readonly string[]): string {
  const facts = [refresh.status, progressOf(refresh), ...more].filter(Boolean).join(", ");
  return facts + (refresh.reason ? `: ${oneLine(refresh.reason)}` : "");
}

/** One line for the row of the resource while it runs. */
export function rowLine(refresh: Refresh, times: readonly string[] = []): string {
  return progressLine(refresh, replacedText(refresh), ...times);
}

/** From its start to its end; undefined while one of them is not known. */
export function secondsTaken({ startTime, outputs }: Refresh): number | undefined {
  const seconds = (Date.parse(String(outputs.endTime)) - Date.parse(startTime ?? "")) / 1000;
  return Number.isFinite(seconds) ? seconds : undefined;
}

/** The line that stays when a refresh has ended as it should. */
export function endLine(refresh: Refresh): string {
  const seconds = secondsTaken(refresh);
  const duration = seconds === undefined ? "" : `in ${durationText(seconds)}`;
  return `${refresh.id} of group ${refresh.group}: ${progressLine(refresh, duration)}`;
}

/** A refresh that ended, and not as it should. */
export function badEnd(cloud: CloudModule, refresh: Refresh, urn: string): RefreshError {
  const outcome = OUTCOMES[refresh.stage] ?? OUTCOMES.unknown;
  const { code, what, machines, next } = outcome as NonNullable<typeof outcome>;
  const reason = refresh.reason
    ? ` Reason given by the cloud: ${oneLine(refresh.reason)}.`
    : " The cloud gave no reason.";
  const progress = progressAtWorst(refresh);
  return new RefreshError({
    code,
    group: refresh.group,
    refreshId: refresh.id,
    what: `The ${nameOf(cloud, refresh.group, refresh.id)} ${what} (${refresh.status || "none was given"}).${reason}${progress}${machines ? ` ${machines}` : ""}`,
    next: next.replace("REPLACE", () => replaceCommand(urn)),
  });
}

/** How far it got: before its rollback, where there was one and the cloud tells. */
function progressAtWorst(refresh: Refresh): string {
  const { fractionAtRollback } = refresh;
  if (fractionAtRollback !== undefined)
    return ` It had replaced ${Math.round(fractionAtRollback * 100)} % when the rollback began.`;
  const progress = progressOf(refresh);
  // What is left after a rollback says nothing of how far the rollout had got.
  if (!progress || refresh.stage === "rolledBack" || refresh.stage === "rollbackFailed") return "";
  return ` It got to ${progress}.`;
}

/** The request comes too late: the refresh has ended, or is about to end, in another way. */
export function tooLate(cloud: CloudModule, refresh: Refresh, asked: string): RefreshError {
  const verb = asked === "Cancelled" ? "cancelled" : "rolled back";
  return new RefreshError({
    code: "tooLate",
    group: refresh.group,
    refreshId: refresh.id,
    what: `The ${nameOf(cloud, refresh.group, refresh.id)} can no longer be ${verb}: it is ${refresh.status}.`,
    next: "remove `status` to accept how it ended; to undo a finished refresh, start a new one with the former configuration.",
  });
}

/** One line of the cloud's words, of bounded length, without a full stop at its end. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim().replace(/\.$/, "");
  return line.length > 600 ? `${line.slice(0, 599)}…` : line;
}
