/** Follows refreshes to their end and shows them, as `watch` does, and the commands that wait for what they asked. */

import type { Refresh } from "../core/cloud";
import { DEFAULT_TIMEOUT_S } from "../core/durations";
import { nameOf } from "../core/lifecycle/messages";
import { type TrackedRefresh, track } from "../core/lifecycle/trackedRefresh";
import { exitCodes } from "./exitCodes";
import type { Screen } from "./screen";
import type { Target } from "./targets";

export interface Followed {
  readonly target: Target;
  /** The refresh as it ended; undefined when that is not known. */
  readonly ended: Refresh | undefined;
  /** Why it is not known. */
  readonly why: string;
}

export interface FollowOptions {
  readonly timeoutSeconds?: number | undefined;
  readonly signal: AbortSignal;
}

export async function follow(
  targets: readonly Target[],
  screen: Screen,
  { timeoutSeconds = DEFAULT_TIMEOUT_S, signal }: FollowOptions,
): Promise<Followed[]> {
  return Promise.all(targets.map((target) => followOne(target, screen, timeoutSeconds, signal)));
}

async function followOne(
  target: Target,
  screen: Screen,
  timeoutSeconds: number,
  signal: AbortSignal,
): Promise<Followed> {
  const { cloud, api, tools, id } = target;
  let tracked: TrackedRefresh | undefined;
  try {
    const followed = await tools.scheduler.follow(api.source, id, {
      deadline: tools.clock.now() + timeoutSeconds * 1000,
      signal,
      onUpdate: (refresh) => {
        tracked = track(tracked, refresh, tools.clock.now());
        screen.show(id, tracked);
      },
    });
    if (followed.outcome === "ended") return { target, ended: followed.last, why: "" };
    const status = followed.last?.status;
    return { target, ended: undefined, why: `${WHY[followed.outcome]}${status ? `; it was ${status}` : ""}` };
  } catch (error) {
    const group = tracked?.refresh.group ?? "?";
    return {
      target,
      ended: undefined,
      why: `lost contact with the ${nameOf(cloud, group, id)}: ${(error as Error).message}`,
    };
  }
}

const WHY = {
  deadline: "the time to wait is over",
  aborted: "interrupted; it goes on in the cloud",
  vanished: "the cloud no longer knows it",
} as const;

/** Exit code of a command that wanted each refresh to end so, and what there is to say beside what was shown. */
export function verdict(followed: readonly Followed[], wanted: string): { code: number; lines: string[] } {
  const lines = followed.flatMap(({ target, ended, why }) => (ended ? [] : [`${target.id}: ${why}.`]));
  if (followed.some(({ ended }) => ended && ended.status !== wanted)) return { code: exitCodes.failed, lines };
  return { code: lines.length > 0 ? exitCodes.unknown : exitCodes.successful, lines };
}
