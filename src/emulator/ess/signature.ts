import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { HttpRequest } from "../service";
import type { Credentials, World } from "../world";
import { EssError, missingParameter } from "./errors";
import type { EssRequest } from "./readRequest";
import { readKey } from "./temporaryKeys";

// fact: ess-signature-dates
const allowedSkewMilliseconds = 15 * 60 * 1000;

/** Who has signed a request. */
export interface Signer {
  readonly accessKeyId: string;
  /** The role that a temporary key belongs to. */
  readonly roleArn: string | undefined;
}

/** Throws an EssError unless a known key has signed the request, within a quarter of an hour of `realNow`. */
export function checkSignature(http: HttpRequest, request: EssRequest, world: World, realNow: number): Signer {
  const { accessKeyId } = request;
  if (!accessKeyId) throw missingParameter("AccessKeyId");
  const issued = request.securityToken === undefined ? undefined : readKey(world, request.securityToken);
  const owner: Credentials | undefined =
    issued?.accessKeyId === accessKeyId ? issued : world.credentials.find((each) => each.accessKeyId === accessKeyId);
  if (!owner) throw new EssError("InvalidAccessKeyId.NotFound", 404, "The access key ID does not exist."); // fact: ess-signatures
  const given = request.scheme === "ACS3" ? acs3(http, owner) : hmacSha1(http, request, owner);
  if (!(Math.abs(Date.parse(given.date) - realNow) <= allowedSkewMilliseconds)) {
    // fact: ess-signature-dates
    throw new EssError(
      "InvalidTimeStamp.Expired",
      400,
      "The time stamp of the request is missing, or too old or too new.",
    );
  }
  if (!equal(given.signature, given.expected)) {
    // fact: ess-signatures
    throw new EssError(
      "SignatureDoesNotMatch",
      400,
      `The signature does not match what the emulator has calculated. Its string to sign: ${given.stringToSign}`,
    );
  }
  checkToken(request, owner);
  if (owner === issued && issued.expiresAt <= world.now()) throw expired();
  return { accessKeyId, roleArn: owner === issued ? issued?.roleArn : undefined };
}

interface Given {
  readonly date: string;
  readonly signature: string;
  readonly expected: string;
  readonly stringToSign: string;
}

/** Signature version 3: the canonical request is hashed, and the hash signed. */
function acs3({ method, url, headers, body }: HttpRequest, { secretAccessKey }: Credentials): Given {
  const authorization = headers.authorization ?? "";
  const signedHeaders = /SignedHeaders=([^,\s]+)/.exec(authorization)?.[1];
  const signature = /Signature=([^,\s]+)/.exec(authorization)?.[1];
  if (!authorization.startsWith("ACS3-HMAC-SHA256 ") || !signedHeaders || !signature) {
    // fact: ess-signatures
    throw new EssError("IncompleteSignature", 400, "The Authorization header is not an ACS3-HMAC-SHA256 signature.");
  }
  const names = signedHeaders.split(";");
  const payload = sha256(body);
  if ((headers["x-acs-content-sha256"] ?? payload) !== payload) {
    // fact: ess-signatures
    throw new EssError("SignatureDoesNotMatch", 400, "The header x-acs-content-sha256 is not the hash of the body.");
  }
  const canonical = [
    method,
    url.pathname,
    canonicalQuery([...url.searchParams]),
    ...names.map((name) => `${name}:${(headers[name] ?? "").trim()}`),
    "",
    signedHeaders,
    payload,
  ].join("\n");
  const stringToSign = `ACS3-HMAC-SHA256\n${sha256(canonical)}`;
  return {
    date: headers["x-acs-date"] ?? "",
    signature,
    expected: createHmac("sha256", secretAccessKey).update(stringToSign).digest("hex"),
    stringToSign,
  };
}

/** The older signature: over every parameter of query and form. */
function hmacSha1({ method }: HttpRequest, { signed }: EssRequest, { secretAccessKey }: Credentials): Given {
  const { Signature: signature, SignatureMethod: signatureMethod, SignatureVersion: version } = signed;
  if (!signature || !signed.SignatureNonce || !signed.Timestamp) {
    // fact: ess-signatures
    throw new EssError("IncompleteSignature", 400, "Signature, SignatureNonce or Timestamp is missing.");
  }
  if (signatureMethod !== "HMAC-SHA1" || version !== "1.0") {
    // fact: ess-signatures
    throw new EssError("InvalidParameter", 400, "SignatureMethod must be HMAC-SHA1, and SignatureVersion 1.0.");
  }
  const parameters = canonicalQuery(Object.entries(signed).filter(([name]) => name !== "Signature"));
  const stringToSign = `${method}&${encode("/")}&${encode(parameters)}`;
  return {
    date: signed.Timestamp,
    signature,
    expected: createHmac("sha1", `${secretAccessKey}&`).update(stringToSign).digest("base64"),
    stringToSign,
  };
}

function checkToken({ securityToken }: EssRequest, owner: Credentials): void {
  if (owner.expired) throw expired();
  if (securityToken === owner.securityToken) return;
  if (!securityToken) throw new EssError("MissingSecurityToken", 400, "The access key needs a security token."); // fact: ess-security-tokens
  // fact: ess-security-tokens
  throw new EssError(
    "InvalidSecurityToken.MismatchWithAccessKey",
    400,
    "The security token does not belong to the access key.",
  );
}

function expired(): EssError {
  // fact: ess-security-tokens
  return new EssError("InvalidSecurityToken.Expired", 400, "The security token has expired.");
}

/** Sorted by name alone: `Ids.1` comes before `Ids.10`, which it would not with its `=`. */
function canonicalQuery(parameters: readonly (readonly [string, string])[]): string {
  return [...parameters]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** RFC 3986: what encodeURIComponent leaves, without four more. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function equal(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
