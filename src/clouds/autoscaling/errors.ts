/** What an error of the SDK means, or that there was no answer. Told by name and status, never by text. */
import { CloudError } from "../../core/cloud";
import type { Contact } from "../common/contact";
import { bareAddress, reachText, socketCode, whyNoAnswer } from "../common/noAnswer";
import { plainText, wordOf } from "../common/plainText";
import type { Secrets } from "../common/secrets";

const THROTTLING = new Set([
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "TooManyRequestsException",
  "BandwidthLimitExceeded",
  "EC2ThrottledException",
  "SlowDown",
]);

/** Refused with a status of 4xx, and yet gone the next time. */
const PASSING = new Set([
  "RequestTimeout",
  "RequestTimeoutException",
  "ResourceContentionFault",
  "PriorRequestNotComplete",
]);

/** The keys or the session are not accepted: expired, revoked, unknown, wrongly signed. */
const CREDENTIALS = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "TokenRefreshRequired",
  "InvalidClientTokenId",
  "UnrecognizedClientException",
  "InvalidAccessKeyId",
  "InvalidToken",
  "AuthFailure",
  "SignatureDoesNotMatch",
  "InvalidSignatureException",
  "IncompleteSignature",
  "MissingAuthenticationToken",
  "RequestExpired",
]);

/** The identity may not do this, or not now. */
const PERMISSION = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "UnauthorizedOperation",
  "UnauthorizedException",
  "NotAuthorized",
  "OptInRequired",
]);

/** What calls of one connection share. */
export interface CallContext {
  readonly operation: string;
  /** Address that is called. */
  readonly endpoint: string;
  readonly contact: Contact;
  readonly secrets: Secrets;
  /** What was accepted before, and is refused now, may be accepted again: the keys of any call, this operation. */
  readonly accepted: { readonly keys: boolean; readonly operation: boolean };
}

interface SdkError {
  readonly name?: unknown;
  readonly message?: unknown;
  /** Whose fault the service says it is: only its own refusals have one. */
  readonly $fault?: unknown;
  readonly $metadata?: { httpStatusCode?: number; requestId?: string; clockSkewCorrected?: boolean };
  readonly $response?: { headers?: Readonly<Record<string, string>> };
}

/** A refusal by the keys or the session. */
export function refusesCredentials(code: string): boolean {
  return CREDENTIALS.has(code);
}

/** A refusal because the identity may not do it. */
export function refusesPermission(code: string): boolean {
  return PERMISSION.has(code);
}

/** Makes a `CloudError` of whatever a call of the SDK threw. */
export function toCloudError(context: CallContext, error: unknown): CloudError {
  if (error instanceof CloudError) return error;
  const { name, $fault, $metadata, $response } = (error ?? {}) as SdkError;
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return unanswered(context, error);
  if ($fault === undefined || typeof name !== "string" || name === "Unknown" || status < 400)
    return unreadable(context, status, $response?.headers?.["content-type"]);
  context.contact.made();
  return refused(context, name, status, error as SdkError);
}

/** No answer at all: a socket, a name, TLS, or time. */
function unanswered({ operation, endpoint, contact }: CallContext, error: unknown): CloudError {
  const code = socketCode(error);
  const address = bareAddress(endpoint);
  return new CloudError({
    operation,
    code,
    kind: contact.failed(),
    message: `no answer from ${address}: ${whyNoAnswer(code)}`,
    next: reachText(address, "EC2 Auto Scaling"),
  });
}

/** An answer that is not one of the service: a proxy's page, or of a server that is something else. */
export function unreadable(
  { operation, endpoint, contact }: CallContext,
  status: number,
  contentType: string | undefined,
): CloudError {
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(contentType ?? "")?.[0];
  const address = bareAddress(endpoint);
  return new CloudError({
    operation,
    code: "NoUsableAnswer",
    kind: contact.failed(),
    message: `no usable answer from ${address}: status ${status}${type ? `, ${type}` : ""}, not an answer of EC2 Auto Scaling`,
    next: `check that ${address} is the API of EC2 Auto Scaling and implements ${operation}, and that no proxy answers in its place.`,
  });
}

function refused(
  { operation, secrets, accepted }: CallContext,
  code: string,
  status: number,
  { message, $metadata }: SdkError,
): CloudError {
  return new CloudError({
    operation,
    code: wordOf(code, secrets) ?? "Refused",
    kind: kindOf(code, status, accepted, $metadata?.clockSkewCorrected === true),
    message: saidOf(code, message, secrets),
    requestId: $metadata?.requestId && wordOf($metadata.requestId, secrets),
    next: nextOf(operation, code),
    permission: PERMISSION.has(code) ? `autoscaling:${operation}` : undefined,
  });
}

function kindOf(
  code: string,
  status: number,
  accepted: CallContext["accepted"],
  clockCorrected: boolean,
): CloudError["kind"] {
  if (THROTTLING.has(code) || status === 429) return "throttled";
  if (clockCorrected) return "passing";
  if (CREDENTIALS.has(code)) return accepted.keys ? "passing" : "final";
  if (PERMISSION.has(code)) return accepted.operation ? "passing" : "final";
  return status >= 500 || PASSING.has(code) ? "passing" : "final";
}

/** Of a wrong signature the service tells the request that it signed, with the session token in it. */
function saidOf(code: string, message: unknown, secrets: Secrets): string {
  if (/^(SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature)$/.test(code))
    return "the signature is not accepted";
  return plainText(secrets.scrub(typeof message === "string" ? message : "")) || "refused";
}

function nextOf(operation: string, code: string): string | undefined {
  if (CREDENTIALS.has(code))
    return "check the keys, or sign in again; they come from `connection.profile`, the stack's `aws:` configuration, or the environment.";
  if (PERMISSION.has(code))
    return `allow \`autoscaling:${operation}\` to whom the credentials belong (SECURITY.md); where it takes a resource, on the group's ARN.`;
  return undefined;
}

/** An answer without what it has to hold. */
export function incomplete(operation: string, what: string): CloudError {
  return new CloudError({
    operation,
    code: "NoUsableAnswer",
    kind: "passing",
    message: `no usable answer: ${what}`,
    next: "run it again; if it stays so, check that the address is the API of EC2 Auto Scaling.",
  });
}

/**
 * No source of credentials had any: an error of the SDK's chain, or of STS. Its text may hold a command or an address.
 * @param ofProfile why none came of the profile that is named
 */
export function noCredentials(
  error: unknown,
  secrets: Secrets,
  kind: CloudError["kind"],
  ofProfile?: string,
): CloudError {
  const { name, message, $fault, $metadata } = (error ?? {}) as SdkError;
  const isRefusal = $fault !== undefined && typeof name === "string";
  const code = isRefusal ? (wordOf(name, secrets) ?? "Refused") : "NoCredentials";
  const isChain = name === "CredentialsProviderError" || name === "TokenProviderError";
  const why = isRefusal
    ? `STS refused: ${saidOf(code, message, secrets)}`
    : isChain
      ? (ofProfile ?? "no source has any that can be used")
      : sourceFailed(error);
  const next = isRefusal ? ASSUME : isChain ? undefined : REACH;
  return new CloudError({
    operation: "GetCredentials",
    code,
    kind,
    message: `no AWS credentials found: ${why}`,
    requestId: isRefusal && $metadata?.requestId ? wordOf($metadata.requestId, secrets) : undefined,
    next:
      next ??
      "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile of ~/.aws in `connection.profile` or AWS_PROFILE, or sign in again.",
  });
}

const ASSUME =
  "check the name of the role, that its trust policy lets these keys or this token assume it, and that they are valid; with SSO, sign in again.";
const REACH =
  "check that STS, or the source that the environment or the profile names, can be reached from here (AWS_ENDPOINT_URL_STS names another address of STS); behind a proxy, set HTTPS_PROXY.";

function sourceFailed(error: unknown): string {
  const code = socketCode(error);
  const address = addressOf(error);
  return `no answer from ${address ?? "a source of credentials"}: ${whyNoAnswer(code)} (${code})`;
}

/** The host that a socket was for, or its address. */
function addressOf(error: unknown): string | undefined {
  const { hostname, host, address, port, cause, errors } = (error ?? {}) as Record<string, unknown>;
  const name = [hostname, host, address].find((each) => typeof each === "string");
  if (typeof name === "string") {
    const bare = bareAddress(name.includes(":") ? `[${name}]` : name).replace(/^https:\/\//, "");
    return port === undefined ? bare : `${bare}:${Number(port)}`;
  }
  const inner = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  return inner === undefined || inner === error ? undefined : addressOf(inner);
}

/** No source named a region. */
export function noRegion(): CloudError {
  return new CloudError({
    operation: "Connect",
    code: "NoRegion",
    kind: "final",
    message: "no region of AWS is set",
    next: "set `connection.region`, the stack's `aws:region`, AWS_REGION, or the region of a profile.",
  });
}

/** The stack's configuration allows other accounts only. */
export function wrongAccount(account: string | undefined, setting: string): CloudError {
  return new CloudError({
    operation: "Connect",
    code: "WrongAccount",
    kind: "final",
    message: account
      ? `the credentials are of account ${account}, which the stack's \`aws:${setting}\` does not allow`
      : `the stack's \`aws:${setting}\` is set, but STS does not tell the account of the credentials`,
    next: "use credentials of another account (`connection.profile`, the environment), or change the setting.",
  });
}
