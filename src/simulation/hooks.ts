/** Lifecycle hooks end: by their result, or when their time is over. */
import { afterTerminationHooks, terminate } from "./instances";
import type { Group, HookResult, Instance } from "./model";
import { enterService } from "./service";

export function hookTimesOut(group: Group, instance: Instance, name: string): void {
  // Its time was extended.
  if (instance.hooks.get(name) !== group.now) return;
  const hook = group.hooks.get(name);
  endHook(group, instance, name, hook?.completedAfter ? "CONTINUE" : (hook?.defaultResult ?? "ABANDON"));
}

export function endHook(group: Group, instance: Instance, name: string, result: HookResult): void {
  const launching = instance.state === "Pending";
  if (result === "ABANDON") {
    instance.hooks.clear();
    if (launching) {
      terminate(group, instance, { kind: "Abandoned" });
      return;
    }
  }
  instance.hooks.delete(name);
  if (instance.hooks.size > 0) return;
  if (launching) enterService(group, instance);
  else afterTerminationHooks(group, instance);
}
