import { change, isLive } from "./instances";
import type { Group, Instance, Preferences, Run } from "./model";

/** What a refresh does with an instance that is out of date. */
export type Treatment = "Replace" | "Ignore" | "Wait";

export function treatment(group: Group, preferences: Preferences, instance: Instance): Treatment {
  if (instance.manual && !group.rules.replacesManualInstances) return "Ignore";
  if (instance.state === "Standby") {
    const setting = preferences.standbyInstances ?? group.rules.standbyInstances;
    return setting === "Terminate" ? "Replace" : setting;
  }
  if (!instance.protected) return "Replace";
  const setting = preferences.protectedInstances ?? group.rules.protectedInstances;
  return setting === "Refresh" ? "Replace" : setting;
}

/** The next instance that can be replaced now. */
export function nextCandidate(run: Run): Instance | undefined {
  for (; run.next < run.queue.length; run.next++) {
    const instance = run.queue[run.next] as Instance;
    if (instance.outdated && instance.state !== "Terminating" && !run.waiting.has(instance)) return instance;
  }
  return undefined;
}

/** The protection or the lifecycle state of an instance has changed: so may what happens to it. */
export function reconsider(group: Group, run: Run, instance: Instance): void {
  if (!instance.outdated) return;
  const waited = stopWaiting(run, instance);
  switch (treatment(group, run.refresh.preferences, instance)) {
    case "Replace":
      if (waited) run.queue.push(instance);
      break;
    case "Ignore":
      withdraw(run, instance);
      change(group, instance, () => {
        instance.outdated = false;
      });
      break;
    case "Wait":
      wait(run, instance);
  }
}

export function wait(run: Run, instance: Instance): void {
  const units = isLive(instance) ? instance.type.weight : 0;
  run.waiting.set(instance, units);
  run.waitingUnits += units;
}

/** An outdated instance is replaced. */
export function retire(run: Run, instance: Instance): void {
  stopWaiting(run, instance);
  run.gone += instance.type.weight;
  run.goneInstances++;
}

/** An outdated instance needs no replacement any more. */
export function withdraw(run: Run, instance: Instance): void {
  stopWaiting(run, instance);
  run.total -= instance.type.weight;
  run.totalInstances--;
}

function stopWaiting(run: Run, instance: Instance): boolean {
  run.waitingUnits -= run.waiting.get(instance) ?? 0;
  return run.waiting.delete(instance);
}
