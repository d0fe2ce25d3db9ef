/** Amazon EC2 Auto Scaling as one object. The SDK is loaded with the first connection. */
import type { CloudApi, CloudModule, ConnectionSettings } from "../../core/cloud";
import { autoScalingRules } from "../../simulation/rules";
import type { AutoScalingArguments } from "./arguments";
import { argumentsOf } from "./commandLine";
import { configuration, settingsOf } from "./configuration";
import { definition } from "./definition";
import { same, withoutServiceDefaults } from "./echo";
import { idOf, parseId } from "./ids";
import { STATUSES } from "./refresh";
import { type Configuration, isExplicit } from "./types/templates";

export const autoscaling: CloudModule<AutoScalingArguments> = {
  key: "autoscaling",
  schemaNamespace: "AutoScaling",
  name: "Amazon EC2 Auto Scaling",
  resource: {
    text: "A rolling replacement of the instances of an Amazon EC2 Auto Scaling group, started and followed to its end. Arguments are spelled as in `aws.autoscaling.Group`.",
  },
  definition,
  groupArgument: "autoscalingGroupName",
  startOnDefault: "configurationChange",
  idempotentStart: false,
  statuses: STATUSES,
  idForms: "`group/refresh-id`",
  groupNamesAreFree: true,
  rules: autoScalingRules,
  configuration,
  parseId(id) {
    const parsed = parseId(id);
    return parsed && { id: idOf(parsed.group, parsed.refreshId) };
  },
  isGroupId: () => false,
  isSame: same,
  isExplicit: ({ desiredConfiguration }) => isExplicit((desiredConfiguration ?? {}) as Configuration),
  withoutServiceDefaults,
  homeOf: ({ region, account }) => ({
    ...(typeof region === "string" ? { region } : {}),
    ...(typeof account === "string" ? { account } : {}),
  }),
  settingsOf,
  argumentsOf,
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
const connections = new Map<string, Promise<CloudApi<AutoScalingArguments>>>();

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
  return apiOver(client, settings, key);
}
