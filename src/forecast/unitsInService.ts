import type { GroupSnapshot } from "../core/snapshot";

/** Units of what is not in standby. */
export function unitsInService(instances: GroupSnapshot["instances"]): number {
  return instances.reduce((sum, { standby, weight }) => sum + (standby ? 0 : weight), 0);
}
