/** Calls ESS over HTTP. One call is one attempt, but for one with renewed credentials. */
import { CloudError, type ConnectionSettings } from "../../core/cloud";
import { callQueue } from "../common/callQueue";
import { CloudClock } from "../common/cloudClock";
import { Contact } from "../common/contact";
import { followEmulatorClock } from "../common/emulatorClock";
import { proxiedAgents } from "../common/proxy";
import { Secrets } from "../common/secrets";
import { type Answer, send } from "../common/send";
import { RenewableCredentials } from "./credentials";
import { endpointOf, stsEndpointOf } from "./endpoint";
import { type CallContext, refused, refusesCredentials, unanswered, unreadable } from "./errors";
import type { CallOptions, EssClient } from "./requests";
import { signed } from "./sources/signature";

const STS_VERSION = "2015-04-01";
const CONNECT_TIMEOUT_MS = 5_000;
const TIMEOUT_MS = 30_000;

/** A client for one region. Whatever a call ends with that is not an answer is a `CloudError`. */
export function createClient(region: string, settings: ConnectionSettings, environment = process.env): EssClient {
  const endpoint = endpointOf(region, settings, environment);
  const agents = proxiedAgents();
  const contact = new Contact();
  const secrets = new Secrets();
  const credentials = new RenewableCredentials(settings, region, secrets, agents, environment);
  const identity = JSON.stringify([
    endpoint.origin,
    region,
    settings.profile,
    settings.role,
    settings.credentials?.accessKeyId,
  ]);
  /** Operations that were answered well once. */
  const allowed = new Set<string>();
  const clock = new CloudClock();

  async function attempt(context: CallContext, request: object, signal?: AbortSignal): Promise<object> {
    const { operation } = context;
    const keys = await credentials.get();
    const { url, headers } = signed(endpoint, operation, request, keys, Date.now() + clock.dateAheadMs);
    const timeout = contact.trying(TIMEOUT_MS);
    const options = { method: "POST", headers, agents, connectTimeout: CONNECT_TIMEOUT_MS, timeout, signal };
    const answer = await send(url, options).catch((error: unknown) => {
      throw unanswered(context, error);
    });
    followEmulatorClock(url.hostname, answer.headers);
    const body = objectOf(answer);
    if (!body) throw unreadable(context, answer);
    const code = answer.status >= 400 ? textOf(body.code) : undefined;
    if (answer.status >= 400 && code === undefined) throw unreadable(context, answer);
    contact.made();
    clock.saw(url.hostname, answer.headers);
    if (code === undefined) return body;
    throw refused(context, answer.status, { code, message: textOf(body.message), requestId: textOf(body.requestId) });
  }

  async function call(operation: string, request: object, sensitive: unknown, signal?: AbortSignal): Promise<object> {
    const accepted = { keys: allowed.size > 0, operation: allowed.has(operation) };
    const context = { operation, endpoint, contact, secrets: secrets.with(sensitive), accepted };
    const queue = callQueue(identity, operation);
    const inTurn = () => queue.run(() => attempt(context, request, signal), signal);
    try {
      return await inTurn();
    } catch (error) {
      if (!(error instanceof CloudError) || !refusesCredentials(error.code)) throw error;
      // They may have been replaced where they come from: nothing was acted on, so it can be sent again.
      credentials.renew();
      if (!accepted.keys) throw error;
      return await inTurn();
    }
  }

  const operation =
    (action: string) =>
    async <Body>(request: object, { sensitive, signal }: CallOptions = {}): Promise<Body> => {
      const body = await call(action, request, sensitive, signal);
      allowed.add(action);
      return body as Body;
    };
  /** STS is asked where roles are assumed; behind an address of one's own, that is asked, as emulators play both. */
  const callerIdentity = async () => {
    const { endpoint: own, region: stsRegion } = stsEndpointOf(region, settings, environment);
    const vendors = /(^|\.)aliyuncs\.com$/.test(endpoint.hostname);
    const address = own ?? (vendors ? `sts.${stsRegion}.aliyuncs.com` : endpoint.href);
    const sts = new URL("/", address.includes("://") ? address : `https://${address}`);
    const call = signed(
      sts,
      "GetCallerIdentity",
      {},
      await credentials.get(),
      Date.now() + clock.dateAheadMs,
      STS_VERSION,
    );
    const limits = { connectTimeout: CONNECT_TIMEOUT_MS, timeout: CONNECT_TIMEOUT_MS };
    const answer = await send(call.url, { method: "POST", headers: call.headers, agents, ...limits }).catch(
      () => undefined,
    );
    return answer?.status === 200 ? textOf(objectOf(answer)?.arn) : undefined;
  };
  return {
    address: endpoint.origin,
    clock,
    credentials: () => credentials.get(),
    identity: callerIdentity,
    startInstanceRefresh: operation("StartInstanceRefresh"),
    describeInstanceRefreshes: operation("DescribeInstanceRefreshes"),
    cancelInstanceRefresh: operation("CancelInstanceRefresh"),
    rollbackInstanceRefresh: operation("RollbackInstanceRefresh"),
    suspendInstanceRefresh: operation("SuspendInstanceRefresh"),
    resumeInstanceRefresh: operation("ResumeInstanceRefresh"),
    describeScalingGroups: operation("DescribeScalingGroups"),
    describeScalingConfigurations: operation("DescribeScalingConfigurations"),
    describeEciScalingConfigurations: operation("DescribeEciScalingConfigurations"),
    describeScalingInstances: operation("DescribeScalingInstances"),
    describeScalingActivities: operation("DescribeScalingActivities"),
    describeLifecycleHooks: operation("DescribeLifecycleHooks"),
  };
}

/** Undefined when it is none, or one that is nested beyond measure. */
function objectOf({ body }: Answer): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return isRecord(parsed) ? (uncapitalised(parsed) as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Names on the wire begin with a capital; in programs they do not. */
function uncapitalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(uncapitalised);
  if (!isRecord(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const name in value) copy[name.charAt(0).toLowerCase() + name.slice(1)] = uncapitalised(value[name]);
  return copy;
}
