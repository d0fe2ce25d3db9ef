/** A call of ESS, signed with the vendor's own code as its core would send it: all parameters in the query, no body. */
import { OpenApiUtil } from "@alicloud/openapi-core";
import { Request } from "@darabonba/typescript";
import type { Credentials } from "../credentials";

const VERSION = "2022-02-22";
const ALGORITHM = "ACS3-HMAC-SHA256";
const NO_BODY = OpenApiUtil.hash(Buffer.from(""), ALGORITHM).toString("hex");
const USER_AGENT = OpenApiUtil.getUserAgent("pulumi-instance-refresh");

interface SignedCall {
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
  const query = OpenApiUtil.query(capitalised(request) as Record<string, unknown>);
  const unsigned = new Request();
  unsigned.method = "POST";
  unsigned.pathname = "/";
  unsigned.query = query;
  unsigned.headers = {
    host: endpoint.host,
    "x-acs-version": version,
    "x-acs-action": action,
    "x-acs-date": new Date(now).toISOString().replace(/\.\d+/, ""),
    "x-acs-signature-nonce": OpenApiUtil.getNonce(),
    "x-acs-content-sha256": NO_BODY,
    accept: "application/json",
    "user-agent": USER_AGENT,
    ...(securityToken ? { "x-acs-accesskey-id": accessKeyId, "x-acs-security-token": securityToken } : {}),
  };
  const authorization = OpenApiUtil.getAuthorization(unsigned, ALGORITHM, NO_BODY, accessKeyId, accessKeySecret);
  const url = new URL(endpoint);
  url.search = Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join("&");
  return { url, headers: { ...unsigned.headers, authorization } };
}

/** Names on the wire begin with a capital, at every depth. */
function capitalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalised);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name.charAt(0).toUpperCase() + name.slice(1), capitalised(each)]),
  );
}
