/** Amazon EC2 Auto Scaling as the lifecycle sees it. The SDK is loaded with the first connection. */
import type { CloudApi, CloudModule, ConnectionSettings } from "../../core/cloud";
import { apiOver } from "./api";
import { definition } from "./arguments";
import { same, withoutServiceDefaults } from "./echo";
import { idOf, parseId } from "./ids";
import { STAGES } from "./refresh";
import { type Configuration, isExplicit } from "./templates";

export const autoscaling: CloudModule = {
  name: "Amazon EC2 Auto Scaling",
  definition: definition as unknown as CloudModule["definition"],
  groupArgument: "autoscalingGroupName",
  startOnDefault: "configurationChange",
  idempotentStart: false,
  statuses: STAGES,
  idForms: "`group/refresh-id`",
  parseId(id) {
    const parsed = parseId(id);
    return parsed && { id: idOf(parsed.group, parsed.refreshId) };
  },
  isSame: same,
  isExplicit: ({ desiredConfiguration }) => isExplicit((desiredConfiguration ?? {}) as Configuration),
  withoutServiceDefaults,
  homeOf: ({ region, account }) => ({
    ...(typeof region === "string" ? { region } : {}),
    ...(typeof account === "string" ? { account } : {}),
  }),
  connect(settings) {
    const key = keyOf(settings);
    let api = connections.get(key);
    if (!api) {
      api = connected(settings);
      connections.set(key, api);
      // What failed may be there the next time.
      api.catch(() => connections.delete(key));
    }
    return api;
  },
};

/** One per region and credentials, so that all waits of a process share one rate. */
const connections = new Map<string, Promise<CloudApi>>();

function keyOf({ credentials, ...settings }: ConnectionSettings): string {
  const { AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL_AUTO_SCALING } = process.env;
  const environment = { AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL_AUTO_SCALING };
  return JSON.stringify([settings, credentials?.accessKeyId, environment]);
}

async function connected(settings: ConnectionSettings): Promise<CloudApi> {
  const { createClient } = await import("./client.js");
  const client = await createClient(settings);
  const { accessKeyId } = await client.credentials();
  const key = JSON.stringify(["autoscaling", client.region, accessKeyId, settings.endpoint]);
  return apiOver(client, settings, key);
}
