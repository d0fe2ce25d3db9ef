/** A call of ESS as the vendor's core sends it, signed by ACS3-HMAC-SHA256: all parameters in the query, no body. */
import { createHash, createHmac, randomUUID } from "node:crypto";
import { arch, platform } from "node:os";
import type { Credentials } from "../credentials";

const VERSION = "2022-02-22";
const ALGORITHM = "ACS3-HMAC-SHA256";
const NO_BODY = sha256("");
const USER_AGENT = `AlibabaCloud (${platform()}; ${arch()}) Node.js/${process.version} pulumi-instance-refresh`;

export interface SignedCall {
  readonly url: URL;
  readonly headers: Record<string, string>;
}

/** @param request members by their names in programs or on the wire */
export function signed(
  endpoint: URL,
  action: string,
  request: object,
  { accessKeyId, accessKeySecret, securityToken }: Credentials,
  now: number,
  version = VERSION,
): SignedCall {
  const query = queryOf(request);
  // By name, as they are signed.
  const signedHeaders: Record<string, string> = {
    host: endpoint.host,
    ...(securityToken ? { "x-acs-accesskey-id": accessKeyId } : {}),
    "x-acs-action": action,
    "x-acs-content-sha256": NO_BODY,
    "x-acs-date": new Date(now).toISOString().replace(/\.\d+/, ""),
    ...(securityToken ? { "x-acs-security-token": securityToken } : {}),
    "x-acs-signature-nonce": randomUUID(),
    "x-acs-version": version,
  };
  const names = Object.keys(signedHeaders).join(";");
  const lines = Object.entries(signedHeaders).map(([name, value]) => `${name}:${value.trim()}\n`);
  const canonical = `POST\n/\n${query}\n${lines.join("")}\n${names}\n${NO_BODY}`;
  const signature = createHmac("sha256", accessKeySecret)
    .update(`${ALGORITHM}\n${sha256(canonical)}`)
    .digest("hex");
  const authorization = `${ALGORITHM} Credential=${accessKeyId},SignedHeaders=${names},Signature=${signature}`;
  const url = new URL(endpoint);
  url.search = query;
  return { url, headers: { ...signedHeaders, accept: "application/json", "user-agent": USER_AGENT, authorization } };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function queryOf(request: object): string {
  const parameters: [string, string][] = [];
  flatten(request, "", parameters);
  // By code units, whatever the language of the machine.
  parameters.sort(([a], [b]) => (a < b ? -1 : 1));
  return parameters.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join("&");
}

/** Members of lists are numbered from 1; names begin with a capital. What is not set is not sent. */
function flatten(value: unknown, name: string, into: [string, string][]): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) for (const [index, each] of value.entries()) flatten(each, `${name}.${index + 1}`, into);
  else if (typeof value === "object") {
    const prefix = name === "" ? "" : `${name}.`;
    for (const [key, each] of Object.entries(value)) {
      flatten(each, `${prefix}${key.charAt(0).toUpperCase()}${key.slice(1)}`, into);
    }
  } else into.push([name, String(value)]);
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}
