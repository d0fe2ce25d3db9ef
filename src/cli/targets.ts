/** The refreshes that a command line names: by their ids, or by their groups. */
import { lifecycleOf } from "../app/lifecycles";
import { cloudModule, registeredClouds } from "../clouds";
import { type CloudApi, CloudError, type CloudModule, isActive, type Refresh } from "../core/cloud";
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

export const NOTHING_NAMED = "Name the ids of refreshes, or groups by --group.";

/** @throws UsageError when an id has no form that is known, or nothing is named */
export async function targetsOf(ids: readonly string[], options: TargetOptions): Promise<Target[]> {
  const groups = options.group ?? [];
  if (ids.length + groups.length === 0) throw new UsageError(NOTHING_NAMED);
  return Promise.all([...ids.map((id) => byId(id, options)), ...groups.map((group) => byGroup(group, options))]);
}

/** True when it has the form of an id of the cloud that is named, or of any. */
export async function isRefreshId(given: string, { cloud }: ConnectionOptions): Promise<boolean> {
  const modules = await Promise.all((cloud ? [cloud] : registeredClouds()).map(cloudModule));
  return modules.some(({ parseId }) => parseId(given) !== undefined);
}

export async function byId(given: string, options: TargetOptions): Promise<Target> {
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
async function byGroup(name: string, options: TargetOptions): Promise<Target> {
  const group = await namedGroup(name, options);
  const refreshes = await refreshesOf(group);
  const found = refreshes.find(({ stage }) => isActive(stage)) ?? refreshes[0];
  if (!found) throw new UsageError(`${group.text} has no instance refresh.`);
  return { ...group, id: found.id };
}

export interface NamedGroup extends Omit<Target, "id"> {
  readonly name: string;
  /** `Group web (AWS EC2 Auto Scaling, eu-west-1)`. */
  readonly text: string;
}

export async function namedGroup(name: string, options: ConnectionOptions): Promise<NamedGroup> {
  const { cloud, tools } = await lifecycleOf(await cloudOfGroup(name, options));
  const api = await cloud.connect(settingsOf(options));
  return { cloud, api, tools, name, text: `Group ${name} (${cloud.name}, ${api.region})` };
}

/**
 * The group's refreshes, the newest first.
 * @throws UsageError when there is no such group
 */
export async function refreshesOf({ cloud, api, name, text }: NamedGroup): Promise<Refresh[]> {
  let refused: unknown;
  const found = await api.refreshes(name).catch((error: unknown) => {
    if (!(error instanceof CloudError) || error.kind !== "final") throw error;
    refused = error;
    return [];
  });
  if (found.length > 0) return found;
  // One cloud answers an empty list for a group that it does not know, another an error.
  const exists = await api.group({ [cloud.groupArgument]: name }).then(Boolean, () => true);
  if (!exists) throw new UsageError(`${text} does not exist. Check its name, --region, --profile and --cloud.`);
  if (refused) throw refused;
  return found;
}

/** What a command line names, or why it was not found. A problem with one hides no other. */
export interface Resolved {
  /** As it was given. */
  readonly name: string;
  readonly target?: Target;
  readonly problem?: Error;
}

/** @throws UsageError when nothing is named; the problem itself when there is nothing else */
export async function resolveTargets(ids: readonly string[], options: TargetOptions): Promise<Resolved[]> {
  const groups = options.group ?? [];
  if (ids.length + groups.length === 0) throw new UsageError(NOTHING_NAMED);
  const resolved = await Promise.all([
    ...ids.map((id) => resolve(id, () => byId(id, options))),
    ...groups.map((group) => resolve(`group ${group}`, () => byGroup(group, options))),
  ]);
  const [only] = resolved;
  if (resolved.length === 1 && only?.problem) throw only.problem;
  return resolved;
}

async function resolve(name: string, find: () => Promise<Target>): Promise<Resolved> {
  try {
    return { name, target: await find() };
  } catch (error) {
    return { name, problem: error as Error };
  }
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
