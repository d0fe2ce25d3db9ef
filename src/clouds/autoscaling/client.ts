/**
 * Calls EC2 Auto Scaling through the vendor's SDK. Descriptions are sent again; what acts is sent once: Start has no
 * token, and Cancel and Rollback hit whatever runs on the group by then.
 */
import {
  CancelInstanceRefreshCommand,
  AutoScalingClient as Client,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  DescribeLifecycleHooksCommand,
  DescribeScalingActivitiesCommand,
  DescribeWarmPoolCommand,
  RollbackInstanceRefreshCommand,
  StartInstanceRefreshCommand,
} from "@aws-sdk/client-auto-scaling";
import { getEndpointFromInstructions } from "@smithy/core/endpoints";
import { processClock } from "../../core/clock";
import { CloudError, type ConnectionSettings } from "../../core/cloud";
import { backOff } from "../../core/polling/backOff";
import { callQueue } from "../common/callQueue";
import { CloudClock } from "../common/cloudClock";
import { Contact } from "../common/contact";
import { Secrets } from "../common/secrets";
import { textOf } from "../common/settings";
import { RenewableCredentials } from "./credentials";
import { endpointOf, regionOf } from "./endpoint";
import { noRegion, refusesCredentials, toCloudError, unreadable } from "./errors";
import type { AutoScalingClient } from "./requests";
import { handlerOf } from "./sources/handler";

/** Of one call in all, however slowly its answer drips. */
const TIMEOUT_MS = 60_000;
const TRIES_OF_DESCRIPTIONS = 3;

/**
 * A client for one region.
 * @throws CloudError when there is no region, or there are no credentials
 */
export async function createClient(
  settings: ConnectionSettings,
  environment = process.env,
): Promise<AutoScalingClient> {
  const { bridged = {} } = settings;
  const handler = await handlerOf(bridged, environment);
  const known = regionOf(settings, environment);
  const profile = settings.profile ?? textOf(bridged, "profile");
  const endpoint = endpointOf(settings);
  const secrets = new Secrets();
  const contact = new Contact();
  const credentials = new RenewableCredentials({ settings, region: known, handler, environment }, secrets);
  const config = {
    ...(known ? { region: known } : {}),
    ...(profile ? { profile } : {}),
    ...(endpoint ? { endpoint } : {}),
    ...(textOf(bridged, "useFipsEndpoint") ? { useFipsEndpoint: true } : {}),
    ...(textOf(bridged, "useDualstackEndpoint") ? { useDualstackEndpoint: true } : {}),
    requestHandler: handler,
    // The SDK keeps forever what does not expire: asked each time, it sees keys that were replaced.
    credentials: async () => ({ ...(await credentials.get()), expiration: new Date() }),
  };
  // What is sent again is sent in its turn: the SDK repeats nothing by itself.
  const sdk = new Client({ ...config, maxAttempts: 1 });
  const region = await sdk.config.region().catch(() => {
    throw noRegion();
  });
  const { accessKeyId } = await credentials.get();
  const clock = new CloudClock();
  readDates(sdk, clock);
  const { hostname } = sdk.config.endpointProvider({ Region: region }).url;
  const address = await addressOf(sdk);
  const identity = JSON.stringify([address, region, accessKeyId]);
  /** Operations that were answered well once. */
  const allowed = new Set<string>();

  interface Options {
    readonly signal?: AbortSignal | undefined;
    readonly sensitive?: unknown;
  }

  /** A call that may be sent again, or one that acts. */
  async function call<T extends { $metadata: { requestId?: string | undefined; httpStatusCode?: number | undefined } }>(
    operation: string,
    send: (client: Client, options: { abortSignal: AbortSignal }) => Promise<T>,
    { signal, sensitive, acts = false }: Options & { acts?: boolean } = {},
  ): Promise<T> {
    const accepted = { keys: allowed.size > 0, operation: allowed.has(operation) };
    const context = { operation, endpoint: address, contact, secrets: secrets.with(sensitive), accepted };
    const attempt = async () => {
      const late = AbortSignal.timeout(contact.trying(TIMEOUT_MS));
      try {
        const abortSignal = signal ? AbortSignal.any([signal, late]) : late;
        const answer = await send(sdk, { abortSignal });
        // Every answer of the service has an id: a page that happens to be XML is none.
        const { requestId, httpStatusCode = 0 } = answer.$metadata;
        if (!requestId) throw unreadable(context, httpStatusCode, undefined);
        contact.made();
        allowed.add(operation);
        return answer;
      } catch (error) {
        throw toCloudError(context, late.aborted ? { code: "TIMEOUT" } : error);
      }
    };
    const queue = callQueue(identity, operation);
    for (let tries = 1, isRenewed = false; ; tries++) {
      try {
        return await queue.run(attempt, signal);
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        if (refusesCredentials(error.code)) {
          // They may have been replaced where they come from: nothing was acted on, so it can be sent again.
          credentials.renew();
          if (!accepted.keys || isRenewed) throw error;
          isRenewed = true;
        } else {
          // An address that never answered is tried by who waits, not here too.
          if (acts || error.kind === "final" || tries >= TRIES_OF_DESCRIPTIONS || !contact.isMade) throw error;
          if (error.kind === "passing") await processClock.sleep(backOff(tries, Math.random) / 10, signal);
        }
      }
    }
  }

  return {
    region,
    address,
    hostname,
    clock,
    handler,
    credentials: () => credentials.get(),
    startInstanceRefresh: (request, sensitive) =>
      call(
        "StartInstanceRefresh",
        (client, options) => client.send(new StartInstanceRefreshCommand(request), options),
        {
          acts: true,
          sensitive,
        },
      ),
    cancelInstanceRefresh: (request) =>
      call(
        "CancelInstanceRefresh",
        (client, options) => client.send(new CancelInstanceRefreshCommand(request), options),
        { acts: true },
      ),
    rollbackInstanceRefresh: (request) =>
      call(
        "RollbackInstanceRefresh",
        (client, options) => client.send(new RollbackInstanceRefreshCommand(request), options),
        { acts: true },
      ),
    describeInstanceRefreshes: (request, signal) =>
      call(
        "DescribeInstanceRefreshes",
        (client, options) => client.send(new DescribeInstanceRefreshesCommand(request), options),
        { signal },
      ),
    describeAutoScalingGroups: (request) =>
      call("DescribeAutoScalingGroups", (client, options) =>
        client.send(new DescribeAutoScalingGroupsCommand(request), options),
      ),
    describeScalingActivities: (request) =>
      call("DescribeScalingActivities", (client, options) =>
        client.send(new DescribeScalingActivitiesCommand(request), options),
      ),
    describeLifecycleHooks: (request) =>
      call("DescribeLifecycleHooks", (client, options) =>
        client.send(new DescribeLifecycleHooksCommand(request), options),
      ),
    describeWarmPool: (request) =>
      call("DescribeWarmPool", (client, options) => client.send(new DescribeWarmPoolCommand(request), options)),
  };
}

/** Reads the date of every answer, refusals too. */
function readDates(client: Client, clock: CloudClock): void {
  client.middlewareStack.add(
    (next) => async (request) => {
      const answer = await next(request);
      const { headers = {} } = answer.response as { headers?: Readonly<Record<string, string>> };
      const { hostname = "" } = request.request as { hostname?: string };
      clock.saw(hostname, headers);
      return answer;
    },
    // Nearer to the socket than what reads the answer, and throws refusals.
    { step: "deserialize", priority: "low", name: "readDates" },
  );
}

/** Where the calls go: to the address that is given, to that of the environment or the profile, or to the vendor's. */
async function addressOf({ config }: Client): Promise<string> {
  const { url } = await getEndpointFromInstructions({}, DescribeAutoScalingGroupsCommand, { ...config });
  return `${url.protocol}//${url.host}`;
}
