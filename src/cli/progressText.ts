/** A watched refresh in words: one line for a log, or a few for a terminal. */

import { instancesText, oneLine, progressOf, replacedText } from "../core/lifecycle/messages";
import { type TrackedRefresh, timesOf } from "../core/lifecycle/trackedRefresh";
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
  const facts = [refresh.status, instancesText(refresh), ...timesOf(tracked, now)];
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

function bar(fraction: number | undefined, width: number): string {
  const length = Math.min(BAR, width);
  if (fraction === undefined) return "·".repeat(length);
  const filled = Math.round(fraction * length);
  return `${"█".repeat(filled)}${"░".repeat(length - filled)} ${String(Math.round(fraction * 100)).padStart(3)} %`;
}
