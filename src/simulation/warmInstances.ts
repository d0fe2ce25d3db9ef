import type { Configuration, Group, Instance } from "./model";

/** A ready instance of the pool that is what would be launched. */
export function takeFromWarmPool(group: Group, configuration: Configuration): Instance | undefined {
  const { warmPool } = group;
  for (const instance of warmPool?.instances.values() ?? []) {
    if (instance.state !== "Warmed" || instance.configuration.key !== configuration.key) continue;
    warmPool?.instances.delete(instance.id);
    instance.state = "Pending";
    instance.outdated = false;
    instance.epoch++;
    return instance;
  }
  return undefined;
}
