import type { GroupSnapshot } from "../core/snapshot";
import type { SimulatedRefresh } from "./simulate";
import { instanceId } from "./simulate";

/** Instances that are taken out of service at one time, to be replaced. */
export interface Batch {
  /** Seconds from the start of the refresh. */
  readonly at: number;
  readonly instances: number;
  readonly units: number;
}

/** The batches of a refresh that was simulated with its activities. */
export function batchesOf(snapshot: GroupSnapshot, simulated: SimulatedRefresh): Batch[] {
  const weights = new Map(snapshot.instances.map(({ weight }, index) => [instanceId(index), weight]));
  const batches = new Map<number, Batch>();
  for (const { kind, instanceId: id, startTime } of simulated.activities) {
    const weight = weights.get(id ?? "");
    if ((kind !== "Terminate" && kind !== "ReplaceRootVolume") || weight === undefined) continue;
    const { instances, units } = batches.get(startTime) ?? { instances: 0, units: 0 };
    batches.set(startTime, { at: startTime / 1000, instances: instances + 1, units: units + weight });
  }
  return [...batches.values()];
}
