/** Waits for an instance refresh to begin on a group, so that a second terminal can be opened before `pulumi up`. */
import { isActive } from "../core/cloud";
import type { PendingTarget } from "./follow";
import { byId, namedGroup, refreshesOf, type TargetOptions } from "./targets";

/** How often a group without a refresh is asked. */
const INTERVAL_MS = 10_000;

export function pendingId(id: string, options: TargetOptions): PendingTarget {
  return { name: id, find: () => byId(id, options) };
}

/** @param next a refresh that had ended before does not count */
export function pendingGroup(name: string, options: TargetOptions, next: boolean): PendingTarget {
  return {
    name: `group ${name}`,
    async find(timeoutSeconds, signal, waiting) {
      const group = await namedGroup(name, options);
      const { clock } = group.tools;
      const deadline = clock.now() + timeoutSeconds * 1000;
      const before = new Set<string>();
      let begun = () => {};
      try {
        for (let first = true; ; first = false) {
          const refreshes = await refreshesOf(group);
          if (first && next) for (const { id, stage } of refreshes) if (!isActive(stage)) before.add(id);
          const found = refreshes.find(({ stage }) => isActive(stage)) ?? refreshes.find(({ id }) => !before.has(id));
          if (found) return { ...group, id: found.id };
          if (first) begun = waiting(`${group.text} has no instance refresh yet: this command waits for one to begin`);
          const left = deadline - clock.now();
          if (left <= 0 || signal.aborted) return undefined;
          await clock.sleep(Math.min(INTERVAL_MS, left), signal);
        }
      } finally {
        begun();
      }
    },
  };
}
