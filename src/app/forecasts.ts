/** Forecasts for a preview: in a few lines beside the resource, or nothing. */

import {
  type Arguments,
  CloudError,
  type CloudModule,
  type ConnectionSettings,
  withoutPermission,
} from "../core/cloud";
import { containsUnknown, type IsUnknown } from "../core/definition/arguments";
import { argumentsOf } from "../core/lifecycle/compare";
import type { Lifecycle } from "../core/lifecycle/lifecycle";
import type { ForecastResult } from "../forecast/forecast";
import { forecastText } from "../forecast/forecastText";
import { type ForecastOptions, groupForecast } from "../forecast/groupForecast";
import { lifecycleOf } from "./lifecycles";
import { budgetPerProcess } from "./timeBudget";

/**
 * All forecasts of a preview together take no longer than this. The plugin makes them side by side, the dynamic provider
 * one after the other; those that would come later are left out.
 */
const timeBudgetOf = budgetPerProcess(4_000);

/**
 * What the refresh that the arguments ask for will do to its group.
 * @returns undefined when there is no such group
 * @throws CloudError when the cloud cannot be asked
 */
export async function forecastOf(
  cloud: string,
  args: Arguments,
  settings: ConnectionSettings,
  options: ForecastOptions = {},
  connect?: CloudModule["connect"],
): Promise<ForecastResult | undefined> {
  const { cloud: module } = await lifecycleOf(cloud);
  const given = { ...settings, ...(args.connection as ConnectionSettings | undefined) };
  return groupForecast(await (connect?.(given) ?? module.connect(given)), args, options);
}

const tooLate = "There is no forecast: the cloud took too long to answer.";

/**
 * Lines for a preview. There are none while too little is known, or when the cloud cannot be asked: what is wrong with
 * credentials or arguments has its own message.
 */
export async function previewLines(
  lifecycle: Lifecycle,
  inputs: Arguments,
  isUnknown: IsUnknown,
  settings: ConnectionSettings,
  timeoutSeconds: number,
  connect?: CloudModule["connect"],
): Promise<string[]> {
  const { cloud: module } = lifecycle;
  const unknown = Object.keys(inputs).filter((name) => containsUnknown(inputs[name], isUnknown));
  const configuration = argumentsOf(module, "configuration");
  const needed = [...argumentsOf(module, "group", "preference"), "connection", "status", "hold"];
  const startsNothing = inputs.status !== undefined || inputs.hold === true;
  if (startsNothing || unknown.some((name) => needed.includes(name))) return [];
  const args = Object.fromEntries(Object.entries(inputs).filter(([name]) => !unknown.includes(name)));
  const isNew = unknown.some((name) => configuration.includes(name));
  try {
    const inTime = await timeBudgetOf(lifecycle).with(async () => ({
      result: await forecastOf(module.key, args, settings, { isNew, timeoutSeconds }, connect),
    }));
    if (inTime === undefined) return [tooLate];
    return inTime.result ? forecastText(inTime.result.forecast) : [];
  } catch (error) {
    if (!(error instanceof CloudError) || error.permission === undefined) return [];
    return [withoutPermission(error.permission, "there is no forecast")];
  }
}
