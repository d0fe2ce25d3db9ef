/** What somebody says of an instance that a lifecycle hook holds up. */
import { react } from "./advance";
import { setDeadline } from "./hookDeadlines";
import { endHook } from "./hooks";
import type { Group, HookResult, Instance } from "./model";
import { Refused } from "./refused";

/** Ends a hook of an instance. Refused with `NoSuchInstance` and `WrongState`. */
export function completeHook(group: Group, id: string, name: string, result: HookResult): void {
  endHook(group, waiting(group, id, name), name, result);
  react(group);
}

/**
 * A hook of an instance lasts for its whole time once more. Refused like `completeHook`.
 *
 * @param seconds another time, where the cloud takes one
 */
export function extendHook(group: Group, id: string, name: string, seconds?: number): void {
  const hook = group.hooks.get(name);
  const heartbeatSeconds = seconds ?? hook?.heartbeatSeconds;
  if (hook && heartbeatSeconds) setDeadline(group, waiting(group, id, name), { ...hook, heartbeatSeconds });
}

function waiting(group: Group, id: string, name: string): Instance {
  const instance = group.instances.get(id);
  if (!instance) throw new Refused("NoSuchInstance", `Instance ${id} is not in the group.`);
  if (!instance.hooks.has(name)) {
    throw new Refused("WrongState", `No active Lifecycle Action found with instance ID ${id}`);
  }
  return instance;
}
