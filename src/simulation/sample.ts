import type { Group, Sample } from "./model";

/** The capacity of the group now. */
export function sample(group: Group): Sample {
  const { units } = group.engine;
  const refresh = group.refreshes.at(-1);
  return {
    time: group.now,
    status: refresh?.status,
    percentage: refresh?.progress.percentage ?? 0,
    old: units.outdatedInService,
    new: units.inService - units.outdatedInService,
    pending: units.live - units.inService,
    warming: units.warming,
    inService: units.inService,
    ready: units.ready,
    total: units.live,
  };
}
