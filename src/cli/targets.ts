/** The refreshes that a command line names: by their ids, or by their groups. */
import { lifecycleOf } from "../app/lifecycles";
import { registeredClouds } from "../clouds";
import { type CloudApi, type CloudModule, isActive, type Refresh } from "../core/cloud";
import type { Tools } from "../core/lifecycle/run";
import { type ConnectionOptions, cloudOfGroup, settingsOf } from "./connection";
import { UsageError } from "./exitCodes";

export interface Target {
  readonly cloud: CloudModule;
  readonly api: CloudApi;
  readonly tools: Tools;
  /** Id of the refresh, in the form that the cloud's API takes. */
  readonly id: string;
}

export interface TargetOptions extends ConnectionOptions {
  readonly group?: readonly string[];
}

/** @throws UsageError when an id has no form that is known, or nothing is named */
export async function targetsOf(ids: readonly string[], options: TargetOptions): Promise<Target[]> {
  const groups = options.group ?? [];
  if (ids.length + groups.length === 0) throw new UsageError("Name the ids of refreshes, or groups by --group.");
  return Promise.all([...ids.map((id) => byId(id, options)), ...groups.map((group) => byGroup(group, options))]);
}

async function byId(given: string, options: TargetOptions): Promise<Target> {
  const names = options.cloud ? [options.cloud] : registeredClouds();
  const forms: string[] = [];
  for (const name of names) {
    const { cloud, tools } = await lifecycleOf(name);
    const parsed = cloud.parseId(given);
    forms.push(`${cloud.idForms} (${cloud.name})`);
    if (!parsed) continue;
    const region = parsed.region ? { region: parsed.region } : {};
    return { cloud, api: await cloud.connect({ ...settingsOf(options), ...region }), tools, id: parsed.id };
  }
  throw new UsageError(`${given} is not the id of an instance refresh: give ${forms.join(" or ")}.`);
}

/** The refresh that runs on the group, else its newest. */
async function byGroup(group: string, options: TargetOptions): Promise<Target> {
  const { cloud, tools } = await lifecycleOf(await cloudOfGroup(group, options));
  const api = await cloud.connect(settingsOf(options));
  const refreshes = await api.refreshes(group);
  const found = refreshes.find(({ stage }) => isActive(stage)) ?? refreshes[0];
  if (!found) throw new UsageError(`Group ${group} (${cloud.name}, ${api.region}) has no instance refresh.`);
  return { cloud, api, tools, id: found.id };
}

/**
 * Describes the refresh once.
 * @throws UsageError when the cloud does not know it
 */
export async function describeTarget({ api, cloud, id }: Target): Promise<Refresh> {
  const found = (await api.source.describe([id], new AbortController().signal)).get(id);
  if (!found) throw new UsageError(`${id} is not known in region ${api.region} (${cloud.name}).`);
  return found;
}
