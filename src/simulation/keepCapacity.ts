import { withdraw } from "./candidates";
import { canLaunch, launch, terminate } from "./instances";
import type { Group, Instance, Run } from "./model";
import type { Cause } from "./texts";
import { keepWarmPool } from "./warmPool";

/** Launches what is missing and, when no refresh runs, terminates what is too much. */
export function keepCapacity(group: Group): void {
  fill(group);
  if (!group.engine.run) trim(group, group.engine.units.live - group.desiredCapacity, { kind: "Surplus" });
  keepWarmPool(group);
}

/** While a refresh runs, whatever is launched comes from its configuration. */
export function fill(group: Group): void {
  const run = launchingRun(group);
  const configuration = run?.target ?? group.configuration;
  while (configuration && group.engine.units.live < group.desiredCapacity && canLaunch(group)) {
    launch(group, configuration, run ? cause(run) : replacementCause(group), run);
  }
  group.engine.unhealthy = 0;
}

function replacementCause({ engine }: Group): Cause {
  return { kind: engine.unhealthy-- > 0 ? "Unhealthy" : "Capacity" };
}

export function cause(run: Run): Cause {
  return { kind: run.direction === "Forward" ? "Refresh" : "Rollback", refresh: run.refresh.id };
}

/** Terminates instances of up to so many units: outdated ones first, then the oldest. */
export function trim(group: Group, surplus: number, why: Cause): void {
  const { engine } = group;
  if (group.suspended.has("Terminate")) return;
  const known = engine.untrimmable;
  if (surplus <= 0 || (known?.live === engine.units.live && known.desired === group.desiredCapacity)) return;
  let left = surplus;
  for (const outdated of [true, false]) {
    for (const instance of group.instances.values()) {
      if (left <= 0) break;
      if (instance.outdated !== outdated || !isExpendable(instance) || instance.type.weight > left) continue;
      left -= instance.type.weight;
      if (outdated && engine.run) withdraw(engine.run, instance);
      terminate(group, instance, why);
    }
  }
  engine.untrimmable = { live: engine.units.live, desired: group.desiredCapacity };
}

function isExpendable(instance: Instance): boolean {
  return !instance.protected && (instance.state === "InService" || instance.state === "Pending");
}

/** A refresh that is being cancelled gives its configuration to no more launches. */
function launchingRun(group: Group): Run | undefined {
  const { run } = group.engine;
  return run?.cancel ? undefined : run;
}
