/** What the page shows of groups in the clouds. All pages share the calls; while no page is open there are none. */
import type { AdjustableClock } from "../../core/clock";
import { cloudNow } from "../../core/cloud";
import type { DashboardGroup, DashboardSource, Problem } from "../../dashboard/group";
import { FollowedGroup, type FollowedTarget } from "./followedGroup";
import { LimitedCalls } from "./limitedCalls";

/** Pages that are loaded again come back within this time. */
const LINGER_MS = 30_000;

export interface CloudSource extends DashboardSource {
  close(): void;
}

/** @param missing groups that could not even be asked for, as they are shown */
export function cloudSource(
  targets: readonly FollowedTarget[],
  missing: readonly DashboardGroup[],
  clock: Pick<AdjustableClock, "now" | "speed">,
  problemOf: (error: unknown) => Problem,
): CloudSource {
  const calls = new Map<string, LimitedCalls>();
  const groups = targets.map((target) => {
    const { source } = target.api;
    const { clock: waits, random } = target.tools;
    const limited = calls.get(source.key) ?? new LimitedCalls(waits, random);
    calls.set(source.key, limited);
    return new FollowedGroup(target, limited, problemOf);
  });
  let stop: AbortController | undefined;
  let lingering: NodeJS.Timeout | undefined;

  const end = () => {
    stop?.abort();
    stop = undefined;
  };
  return {
    // A page has one clock: clouds agree, and all groups of an emulator have its time.
    now: () => cloudNow(targets[0]?.api, clock),
    get speed() {
      return clock.speed;
    },
    hasControls: false,
    groups: () => [...groups.map((group) => group.shown()), ...missing],
    onReaders(open, pages) {
      for (const group of groups) group.open(open.has(group.id));
      clearTimeout(lingering);
      if (pages === 0) {
        lingering = setTimeout(end, LINGER_MS);
        lingering.unref();
        return;
      }
      if (stop) return;
      stop = new AbortController();
      for (const group of groups) void group.follow(stop.signal);
    },
    close() {
      clearTimeout(lingering);
      end();
    },
  };
}
