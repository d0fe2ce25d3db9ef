/** Connections of this process: one per region and credentials, so that all waits share one rate and one batch. */
import type { CloudApi, ConnectionSettings } from "../../core/cloud";
import { refuseSettings } from "../common/settings";
import type { EssArguments } from "./arguments";
import { settingIssues } from "./configuration";
import { endpointOf, regionOf } from "./endpoint";

const connections = new Map<string, CloudApi<EssArguments>>();

/** Finds the region, and loads what signs and sends with the first connection. */
export async function connect(settings: ConnectionSettings): Promise<CloudApi<EssArguments>> {
  refuseSettings(settingIssues(settings));
  const region = await regionFor(settings);
  const key = JSON.stringify([
    "ess",
    region,
    endpointOf(region, settings).href,
    { ...settings, credentials: settings.credentials?.accessKeyId },
  ]);
  const known = connections.get(key);
  if (known) return known;
  const [{ createClient }, { apiOver }] = await Promise.all([import("./client.js"), import("./api.js")]);
  const api = apiOver(createClient(region, settings), region, key);
  connections.set(key, api);
  return api;
}

/** @throws CloudError when nothing names a region */
export async function regionFor(settings: ConnectionSettings): Promise<string> {
  return regionOf(settings, process.env, await regionOfProfile(settings));
}

/** Read only where nothing else names a region. */
async function regionOfProfile(settings: ConnectionSettings): Promise<string | undefined> {
  try {
    regionOf(settings);
    return undefined;
  } catch {
    const { chosenProfile, profileRegion } = await import("./sources/profile.js");
    return profileRegion(chosenProfile(settings, process.env) ?? { name: undefined, file: undefined });
  }
}
