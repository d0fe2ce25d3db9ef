/** Lifecycle hooks begin: each holds an instance up until its time is over. */
import type { Group, Instance, LifecycleHook } from "./model";

/** False where the group has no hook of that transition. */
export function beginHooks(group: Group, instance: Instance, transition: LifecycleHook["transition"]): boolean {
  for (const hook of group.hooks.values()) {
    if (hook.transition === transition) setDeadline(group, instance, hook);
  }
  return instance.hooks.size > 0;
}

export function setDeadline(group: Group, instance: Instance, hook: LifecycleHook): void {
  const { name, heartbeatSeconds, completedAfter } = hook;
  const seconds = completedAfter ? group.engine.random.integer(...completedAfter) : heartbeatSeconds;
  const deadline = group.now + seconds * 1000;
  instance.hooks.set(name, deadline);
  group.engine.events.add(deadline, { kind: "HookTimesOut", instance, epoch: instance.epoch, hook: name });
}
