/** What an answer of ESS means, or that there is none. Told by code and status, never by text. */
import { CloudError } from "../../core/cloud";
import type { Contact } from "../common/contact";
import { bareAddress, reachText, socketCode, whyNoAnswer } from "../common/noAnswer";
import { plainText, wordOf } from "../common/plainText";
import type { Secrets } from "../common/secrets";
import type { Answer } from "../common/send";

/** Codes that mean that no instance of the group needs a refresh. */
export const NOTHING_TO_REFRESH = "InvalidInstance.NoInstanceNeedBeRefreshed";

/** The keys or the session are not accepted: expired, revoked, unknown, wrongly signed. */
const CREDENTIALS =
  /^(InvalidSecurityToken|SecurityTokenExpired|ExpiredToken|InvalidAccessKeyId|InvalidAccessKey|SignatureDoesNotMatch|IncompleteSignature|MissingSecurityToken|InactiveAccessKey)/;

/** The identity may not do this, or not now. */
const PERMISSION = /^(Forbidden|NoPermission|AccessDenied|Unauthorized|ImplicitDeny|ExplicitDeny)/;

/** The group is busy with something that may pass: it was just created or enabled, or scales. */
export const BUSY: ReadonlySet<string> = new Set(["IncorrectScalingGroupStatus", "ScalingActivityInProgress"]);

const CLOCK = /^InvalidTimeStamp/;

/** What calls of one connection share. */
export interface CallContext {
  readonly operation: string;
  readonly endpoint: URL;
  readonly contact: Contact;
  readonly secrets: Secrets;
  /** What was accepted before, and is refused now, may be accepted again: the keys of any call, this operation. */
  readonly accepted: { readonly keys: boolean; readonly operation: boolean };
}

/** A refusal by the keys or the session. */
export function refusesCredentials(code: string): boolean {
  return CREDENTIALS.test(code);
}

/** No answer at all: a socket, a name, TLS, or time. */
export function unanswered({ operation, endpoint, contact }: CallContext, error: unknown): CloudError {
  const code = socketCode(error);
  return new CloudError({
    operation,
    code,
    kind: contact.failed(),
    message: `no answer from ${bareAddress(endpoint.href)}: ${whyNoAnswer(code)}`,
    next: reachText(bareAddress(endpoint.href), "ESS"),
  });
}

/** An answer that is not one of ESS: a proxy's page, or of a server that is something else. */
export function unreadable({ operation, endpoint, contact }: CallContext, { status, headers }: Answer): CloudError {
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(String(headers["content-type"] ?? ""))?.[0];
  return new CloudError({
    operation,
    code: "NoUsableAnswer",
    kind: contact.failed(),
    message: `no usable answer from ${bareAddress(endpoint.href)}: status ${status}${type ? `, ${type}` : ""}, not an answer of ESS`,
    next: `check that ${bareAddress(endpoint.href)} is the API of ESS and implements ${operation}, and that no proxy answers in its place.`,
  });
}

/** A refusal by the service. */
export function refused(
  { operation, secrets, accepted }: CallContext,
  status: number,
  { code, message, requestId }: { code: string; message?: string | undefined; requestId?: string | undefined },
): CloudError {
  return new CloudError({
    operation,
    code: wordOf(code, secrets) ?? "Refused",
    kind: kindOf(code, status, accepted),
    message: saidOf(code, message, secrets),
    requestId: requestId && wordOf(requestId, secrets),
    next: nextOf(operation, code),
    permission: PERMISSION.test(code) ? `ess:${operation}` : undefined,
  });
}

function kindOf(code: string, status: number, accepted: CallContext["accepted"]): CloudError["kind"] {
  if (code.startsWith("Throttling") || code === "Rejected.Throttling" || status === 429) return "throttled";
  if (CLOCK.test(code)) return "passing";
  if (CREDENTIALS.test(code)) return accepted.keys ? "passing" : "final";
  if (PERMISSION.test(code)) return accepted.operation ? "passing" : "final";
  return status >= 500 ? "passing" : "final";
}

/** Of a wrong signature the service tells the text that it signed, which is all that was sent. */
function saidOf(code: string, message: string | undefined, secrets: Secrets): string {
  if (/^SignatureDoesNotMatch|^IncompleteSignature/.test(code)) return "the signature is not accepted";
  return plainText(secrets.scrub(message ?? "")) || "refused";
}

function nextOf(operation: string, code: string): string | undefined {
  if (CREDENTIALS.test(code))
    return "check the keys, or sign in again; they come from `connection.profile`, the stack's `alicloud:` configuration, or the environment.";
  if (PERMISSION.test(code))
    return `allow \`ess:${operation}\` on the group to whom the credentials belong (SECURITY.md).`;
  if (CLOCK.test(code)) return "set this machine's clock: it is off by more than a quarter of an hour.";
  return undefined;
}

/** An answer without what it has to hold. */
export function incomplete(operation: string, what: string): CloudError {
  return new CloudError({
    operation,
    code: "NoUsableAnswer",
    kind: "passing",
    message: `no usable answer: ${what}`,
    next: "run it again; if it stays so, check that the address is the API of ESS.",
  });
}

/** No source of credentials had any. */
export function noCredentials(
  why: string,
  code = "NoCredentials",
  kind: CloudError["kind"] = "final",
  next = "set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or name a profile of ~/.aliyun/config.json in `connection.profile`.",
): CloudError {
  return new CloudError({
    operation: "GetCredentials",
    code,
    kind,
    message: `no Alibaba Cloud credentials found: ${why}`,
    next,
  });
}

/** No source named a region. */
export function noRegion(): CloudError {
  return new CloudError({
    operation: "Connect",
    code: "NoRegion",
    kind: "final",
    message: "no region of Alibaba Cloud is set",
    next: "set `connection.region`, the stack's `alicloud:region`, ALIBABA_CLOUD_REGION_ID, or the region of the profile.",
  });
}
