import type { HttpRequest } from "../service";

/** How a request is signed, which goes with how it is written. */
type Scheme = "ACS3" | "HMAC-SHA1";

export interface EssRequest {
  readonly scheme: Scheme;
  /** `2022-02-22` or `2014-08-28`; anything else is refused later. */
  readonly version: string;
  readonly operation: string;
  readonly accessKeyId: string | undefined;
  readonly securityToken: string | undefined;
  readonly format: "json" | "xml";
  /** Everything from query and form, as it is signed. */
  readonly signed: Readonly<Record<string, string>>;
  /** Those of the operation. */
  readonly parameters: Readonly<Record<string, string>>;
}

const commonParameters = new Set([
  "AccessKeyId",
  "Action",
  "Format",
  "SecurityToken",
  "Signature",
  "SignatureMethod",
  "SignatureNonce",
  "SignatureType",
  "SignatureVersion",
  "Timestamp",
  "Version",
]);

/** Never throws: what is missing is empty. */
export function readRequest(request: HttpRequest): EssRequest {
  const { headers } = request;
  const signed = { ...Object.fromEntries(request.url.searchParams), ...form(request) };
  const parameters = Object.fromEntries(Object.entries(signed).filter(([name]) => !commonParameters.has(name)));
  // The headers x-acs-action and x-acs-version tell nothing: some clients send them with the older signature too.
  const acs3 = signed.Signature === undefined && signed.AccessKeyId === undefined;
  return {
    scheme: acs3 ? "ACS3" : "HMAC-SHA1",
    version: headers["x-acs-version"] ?? signed.Version ?? "",
    operation: headers["x-acs-action"] ?? signed.Action ?? "",
    accessKeyId: acs3 ? /Credential=([^,\s]+)/.exec(headers.authorization ?? "")?.[1] : signed.AccessKeyId,
    securityToken: acs3 ? headers["x-acs-security-token"] : signed.SecurityToken,
    format: format(acs3, signed.Format),
    signed,
    parameters,
  };
}

function form({ headers, body }: HttpRequest): Record<string, string> {
  if (!headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) return {};
  return Object.fromEntries(new URLSearchParams(body));
}

/** The older version answers XML unless asked otherwise. */
function format(acs3: boolean, asked: string | undefined): EssRequest["format"] {
  if (asked === undefined) return acs3 ? "json" : "xml";
  return asked.toLowerCase() === "xml" ? "xml" : "json";
}
