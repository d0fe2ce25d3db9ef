/** The forecast of a refresh that the arguments ask for, on the group as its cloud describes it now. */
import type { Arguments, CloudApi } from "../core/cloud";
import type { Limits } from "../core/snapshot";
import { type ForecastResult, forecastRefresh } from "./forecast";

export interface ForecastOptions extends Limits {
  /** What is to run is not known yet, as the same deployment makes it: every instance counts as one to replace. */
  readonly isNew?: boolean;
}

/**
 * @returns undefined when there is no such group
 * @throws CloudError when the cloud cannot be asked
 */
export async function groupForecast(
  api: CloudApi,
  args: Arguments,
  { isNew = false, ...limits }: ForecastOptions = {},
): Promise<ForecastResult | undefined> {
  const snapshot = await api.snapshot(args);
  if (!snapshot) return undefined;
  const { group, refresh } = snapshot;
  const instances = isNew ? group.instances.map((each) => ({ ...each, matches: false })) : group.instances;
  return forecastRefresh({ ...group, instances }, refresh, { ...snapshot.limits, ...limits });
}
