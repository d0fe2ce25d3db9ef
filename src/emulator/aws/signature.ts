import { createHash, timingSafeEqual } from "node:crypto";
import { RequestSigner } from "aws4";
import type { HttpRequest } from "../service";
import type { AccessKey } from "./accessKeys";
import { AwsError } from "./errors";

// fact: aws-signature-dates
const quarterOfAnHour = 15 * 60 * 1000;
const header =
  /^AWS4-HMAC-SHA256 Credential=(?<accessKeyId>[^/,\s]+)\/\d{8}\/(?<region>[^/,\s]+)\/(?<scope>[^/,\s]+)\/aws4_request,\s*SignedHeaders=(?<signedHeaders>[^,\s]+),\s*Signature=(?<signature>[0-9a-f]{64})$/;

interface Authorization {
  readonly accessKeyId: string;
  readonly region: string;
  readonly scope: string;
  readonly signedHeaders: string;
  readonly signature: string;
}

/**
 * Verifies the Signature Version 4 of a request.
 *
 * @param service the name that the credential must be scoped to, such as `autoscaling`
 * @param find finds an access key by its id
 * @param now real time: signatures are made by clients that know nothing of the simulated one
 * @returns the access key that has signed
 * @throws AwsError `MissingAuthenticationToken`, `IncompleteSignature`, `InvalidClientTokenId`, `RequestExpired` or `SignatureDoesNotMatch`
 */
export function verifySignature(
  request: HttpRequest,
  service: string,
  find: (id: string) => AccessKey | undefined,
  now: Date,
): AccessKey {
  const { authorization } = request.headers;
  // fact: aws-signatures
  if (!authorization) throw new AwsError("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
  const parts = header.exec(authorization)?.groups as Authorization | undefined;
  const datetime = request.headers["x-amz-date"];
  // fact: aws-signatures
  if (!parts || datetime === undefined || !/^\d{8}T\d{6}Z$/.test(datetime))
    throw new AwsError("IncompleteSignature", 400, "The request signature does not conform to AWS standards.");

  const { accessKeyId, region } = parts;
  const key = find(accessKeyId);
  // fact: aws-signatures
  if (!key || (key.sessionToken !== undefined && request.headers["x-amz-security-token"] !== key.sessionToken))
    throw new AwsError("InvalidClientTokenId", 403, "The security token included in the request is invalid.");
  // fact: aws-signature-dates
  if (Math.abs(now.getTime() - Date.parse(isoTime(datetime))) > quarterOfAnHour)
    throw new AwsError(
      "RequestExpired",
      400,
      `Request has expired: ${datetime} is more than 15 minutes from ${now.toISOString()}`,
    );
  // fact: aws-signatures
  if (parts.scope !== service)
    throw new AwsError("SignatureDoesNotMatch", 403, `Credential should be scoped to correct service: '${service}'.`);

  const scope = { region, service, datetime, signedHeaders: parts.signedHeaders.split(";") };
  const expected = signatureOf(request, scope, accessKeyId, key.secretAccessKey);
  // fact: aws-signatures
  if (!bodyHashHolds(request) || !timingSafeEqual(Buffer.from(expected, "hex"), Buffer.from(parts.signature, "hex")))
    throw new AwsError(
      "SignatureDoesNotMatch",
      403,
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
    );
  return key;
}

interface Scope {
  readonly region: string;
  readonly service: string;
  readonly datetime: string;
  readonly signedHeaders: readonly string[];
}

function signatureOf(request: HttpRequest, scope: Scope, accessKeyId: string, secretAccessKey: string): string {
  const headers = Object.fromEntries(scope.signedHeaders.map((name) => [name, request.headers[name] ?? ""]));
  // Without it a signature would hold at every other address too; aws4 adds it unless it is there.
  headers.host ??= request.headers.host ?? "";
  const signer = new RequestSigner(
    {
      method: request.method,
      path: request.url.pathname + request.url.search,
      headers,
      body: request.body,
      service: scope.service,
      region: scope.region,
      doNotModifyHeaders: true,
      // aws4 leaves some headers out when it signs; what the client has signed counts here.
      ...{ extraHeadersToInclude: Object.fromEntries(scope.signedHeaders.map((name) => [name, true])) },
    },
    { accessKeyId, secretAccessKey },
  );
  signer.datetime = scope.datetime;
  return signer.signature();
}

function bodyHashHolds(request: HttpRequest): boolean {
  const declared = request.headers["x-amz-content-sha256"];
  return declared === undefined || declared === createHash("sha256").update(request.body).digest("hex");
}

function isoTime(datetime: string): string {
  return datetime.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
}
