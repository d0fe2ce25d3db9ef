/** A watched refresh in words: one line for a log, or a few for a terminal. */

import { durationText } from "../core/durations";
import { instancesText, oneLine, progressOf, replacedText } from "../core/lifecycle/messages";
import { pauseLeft, type TrackedRefresh, timeLeft } from "../core/lifecycle/trackedRefresh";
import { painted } from "./colour";

const BAR = 24;
/** Below so many columns each fact has a line of its own. */
const NARROW = 60;
/** What stands beside the bar: two spaces, ` 100 %`. */
const AROUND_BAR = 8;

/** What changed is in it, and nothing that changes by itself as time goes by. */
export function logLine({ refresh }: TrackedRefresh): string {
  const reason = refresh.reason ? `: ${oneLine(refresh.reason)}` : "";
  return `${[nameOf(refresh), refresh.status, progressOf(refresh), replacedText(refresh)].filter(Boolean).join("  ")}${reason}`;
}

/** A bar, how far it is, how long it still takes, and the cloud's reason. */
export function liveLines(tracked: TrackedRefresh, now: number, columns: number): string[] {
  const { refresh } = tracked;
  const left = timeLeft(tracked, now);
  const facts = [
    refresh.status,
    instancesText(refresh),
    elapsedText(tracked, now),
    pauseText(tracked, now),
    left === undefined ? "" : `about ${durationText(left)} left`,
  ];
  return [
    `${markOf(refresh)}${nameOf(refresh)}`,
    ...(columns < NARROW
      ? [
          `  ${bar(refresh.fraction, Math.max(1, columns - AROUND_BAR))}`,
          ...facts.filter(Boolean).map((fact) => `  ${fact}`),
        ]
      : [`  ${bar(refresh.fraction, BAR)}  ${facts.filter(Boolean).join(", ")}`]),
    ...(refresh.reason ? [`  ${oneLine(refresh.reason)}`] : []),
  ];
}

function nameOf({ group, id }: TrackedRefresh["refresh"]): string {
  return id.startsWith(`${group}/`) ? id : `${group} ${id}`;
}

function markOf({ ended, stage }: TrackedRefresh["refresh"]): string {
  if (!ended) return "";
  if (stage === "successful") return `${painted("green", "✓")} `;
  // A command may have asked for these.
  return stage === "cancelled" || stage === "rolledBack" ? "– " : `${painted("red", "✗")} `;
}

/** A clock that is behind the cloud's says nothing of one that runs. */
function elapsedText({ refresh }: TrackedRefresh, now: number): string {
  const { startTime = "", ended, outputs } = refresh;
  const seconds = ((ended ? Date.parse(String(outputs.endTime)) : now) - Date.parse(startTime)) / 1000;
  if (!(seconds >= 0)) return "";
  return ended ? `in ${durationText(seconds)}` : `${durationText(seconds)} so far`;
}

function pauseText(tracked: TrackedRefresh, now: number): string {
  const left = pauseLeft(tracked, now);
  if (left === undefined) return "";
  return `${tracked.sawItBegin ? "goes on in" : "goes on within"} ${durationText(left)}`;
}

function bar(fraction: number | undefined, width: number): string {
  const length = Math.min(BAR, width);
  if (fraction === undefined) return "·".repeat(length);
  const filled = Math.round(fraction * length);
  return `${"█".repeat(filled)}${"░".repeat(length - filled)} ${String(Math.round(fraction * 100)).padStart(3)} %`;
}
