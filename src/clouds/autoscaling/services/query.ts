/** One call of a service of the Query protocol, signed and sent with the SDK's own parts. */
import { Hash } from "@smithy/core/serde";
import { HttpRequest } from "@smithy/core/transport";
import { SignatureV4 } from "@smithy/signature-v4";
import type { ConnectionSettings } from "../../../core/cloud";
import { textOf } from "../../common/settings";
import type { AutoScalingClient } from "../requests";

const TIMEOUT_MS = 5_000;

/** Host label, version of the API, and the SDK's variable for an endpoint of one's own. */
const SERVICES = {
  autoscaling: { label: "autoscaling", version: "2011-01-01", variable: "AWS_ENDPOINT_URL_AUTO_SCALING" },
  sts: { label: "sts", version: "2011-06-15", variable: "AWS_ENDPOINT_URL_STS" },
  ec2: { label: "ec2", version: "2016-11-15", variable: "AWS_ENDPOINT_URL_EC2" },
  cloudwatch: { label: "monitoring", version: "2010-08-01", variable: "AWS_ENDPOINT_URL_CLOUDWATCH" },
} as const;

export type ServiceName = keyof typeof SERVICES;

/** An address of one's own is an emulator's, which plays all services, or a private one, with no route to the others. */
export function addressOf(
  service: ServiceName,
  client: AutoScalingClient,
  { endpoint, bridged = {} }: ConnectionSettings,
  environment: NodeJS.ProcessEnv,
): URL {
  const { label, variable } = SERVICES[service];
  const own =
    textOf(bridged, `endpoints.${service}`) ||
    environment[variable] ||
    endpoint ||
    textOf(bridged, "endpoints.autoscaling") ||
    environment.AWS_ENDPOINT_URL ||
    environment.AWS_ENDPOINT_URL_AUTO_SCALING;
  // In each partition the services differ in the first label only.
  const address = own || `https://${client.hostname.replace(/^autoscaling\b/, label)}`;
  return new URL(address.includes("://") ? address : `https://${address}`);
}

interface Query {
  readonly service: ServiceName;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Asks a service, at the address that the settings say. */
export type Ask = (query: Query) => Promise<{ status: number; body: string }>;

export function askingOf(client: AutoScalingClient, settings: ConnectionSettings, environment = process.env): Ask {
  return ({ service, parameters }) =>
    query(client, addressOf(service, client, settings, environment), service, parameters);
}

/** @returns the answer, a refusal too: its code may tell something */
export async function query(
  client: AutoScalingClient,
  address: URL,
  service: ServiceName,
  parameters: Record<string, string>,
  timeoutMilliseconds = TIMEOUT_MS,
): Promise<{ status: number; body: string }> {
  const { label, version } = SERVICES[service];
  const signer = new SignatureV4({
    service: label,
    region: client.region,
    credentials: await client.credentials(),
    sha256: Hash.bind(null, "sha256"),
  });
  const request = new HttpRequest({
    protocol: address.protocol,
    hostname: address.hostname,
    ...(address.port ? { port: Number(address.port) } : {}),
    method: "POST",
    path: "/",
    headers: { host: address.host, "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
    body: new URLSearchParams({ ...parameters, Version: version }).toString(),
  });
  const signed = (await signer.sign(request)) as HttpRequest;
  const { response } = await client.handler.handle(signed, { abortSignal: AbortSignal.timeout(timeoutMilliseconds) });
  const chunks: Buffer[] = [];
  for await (const chunk of response.body) chunks.push(chunk as Buffer);
  return { status: response.statusCode, body: Buffer.concat(chunks).toString("utf8") };
}
