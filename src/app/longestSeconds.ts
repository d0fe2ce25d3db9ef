/** The longest that a refresh may take: what the lifecycle asks of the forecast, which is loaded with the first question. */
import type { Arguments, CloudApi } from "../core/cloud";

/**
 * @param isNew what is to run is not known yet: every instance counts as one to replace
 * @returns undefined when there is no such group
 */
export async function longestSeconds(api: CloudApi, args: Arguments, isNew: boolean): Promise<number | undefined> {
  const { groupForecast } = await import("../forecast/groupForecast.js");
  return (await groupForecast(api, args, { isNew }))?.forecast.duration.most;
}
