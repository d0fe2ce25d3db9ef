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
  instance.hooks.delete(name);
  if (result === "ABANDON" && !(launching && group.rules.lastLaunchHookDecides)) instance.hooks.clear();
  if (instance.hooks.size > 0) return;
  if (launching && result === "ABANDON") terminate(group, instance, { kind: "Abandoned" });
  else if (launching) enterService(group, instance);
  else afterTerminationHooks(group, instance);
}
