/** Connections of this process: one per region and credentials, so that all waits share one rate. */
import type { CloudApi, ConnectionSettings } from "../../core/cloud";
import { memberOf, refuseSettings } from "../common/settings";
import type { AutoScalingArguments } from "./arguments";
import { settingIssues } from "./configuration";
import { wrongAccount } from "./errors";

const connections = new Map<string, Promise<CloudApi<AutoScalingArguments>>>();

/** Loads the SDK with the first connection, and finds region and credentials. */
export async function connect(settings: ConnectionSettings): Promise<CloudApi<AutoScalingArguments>> {
  refuseSettings(settingIssues(settings));
  const key = keyOf(settings);
  let api = connections.get(key);
  if (!api) {
    api = connected(settings);
    connections.set(key, api);
    // What failed may be there the next time.
    api.catch(() => connections.delete(key));
  }
  return api;
}

function keyOf({ credentials, ...settings }: ConnectionSettings): string {
  const { AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL_AUTO_SCALING } = process.env;
  const environment = { AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL_AUTO_SCALING };
  return JSON.stringify([settings, credentials?.accessKeyId, environment]);
}

async function connected(settings: ConnectionSettings): Promise<CloudApi<AutoScalingArguments>> {
  const [{ createClient }, { apiOver }] = await Promise.all([import("./client.js"), import("./api.js")]);
  const client = await createClient(settings);
  const { accessKeyId } = await client.credentials();
  const key = JSON.stringify(["autoscaling", client.region, accessKeyId, settings.endpoint]);
  const api = apiOver(client, settings, key);
  await refuseOtherAccounts(api, settings);
  return api;
}

/** As the bridged provider does: a program for one account must not act on another. */
async function refuseOtherAccounts(api: CloudApi<AutoScalingArguments>, { bridged = {} }: ConnectionSettings) {
  for (const setting of ["allowedAccountIds", "forbiddenAccountIds"]) {
    const listed = memberOf(bridged, setting);
    const accounts = (Array.isArray(listed) ? listed : listed === undefined ? [] : [listed]).map(String);
    if (accounts.length === 0) continue;
    const account = await api.account();
    const isListed = account !== undefined && accounts.includes(account);
    if (account === undefined || isListed !== (setting === "allowedAccountIds")) throw wrongAccount(account, setting);
  }
}
