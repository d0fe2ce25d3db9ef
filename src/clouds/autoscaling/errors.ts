/** What an error of the SDK means. Told by name and status, never by text. */
import { CloudError } from "../../core/cloud";

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

/** Makes a `CloudError` of whatever a call of the SDK threw. */
export function toCloudError(operation: string, error: unknown): CloudError {
  if (error instanceof CloudError) return error;
  const {
    name = "Error",
    message,
    $metadata,
  } = error as {
    name?: string;
    message?: string;
    $metadata?: { httpStatusCode?: number; requestId?: string; clockSkewCorrected?: boolean };
  };
  if (name === "CredentialsProviderError" || name === "TokenProviderError") return noCredentials(operation, message);
  const status = $metadata?.httpStatusCode;
  if (status === undefined || status < 400) {
    // No answer, or one that cannot be read: a time-out, a lost socket, something that is not XML.
    const text = `no usable answer: ${message ?? String(error)}`;
    return new CloudError({ operation, code: name, kind: "passing", message: text });
  }
  return new CloudError({
    operation,
    code: name,
    kind: kindOf(name, status, $metadata?.clockSkewCorrected === true),
    message: message || "refused",
    ...($metadata?.requestId ? { requestId: $metadata.requestId } : {}),
  });
}

function kindOf(code: string, status: number, clockCorrected: boolean): CloudError["kind"] {
  if (THROTTLING.has(code) || status === 429) return "throttled";
  return status >= 500 || PASSING.has(code) || clockCorrected ? "passing" : "final";
}

/** No source of credentials had any. */
function noCredentials(operation: string, why: string | undefined): CloudError {
  return new CloudError({
    operation,
    code: "NoCredentials",
    kind: "final",
    message: `no credentials of AWS could be had (${why}); set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile of ~/.aws in \`connection.profile\` or AWS_PROFILE`,
  });
}

/** No source named a region. */
export function noRegion(): CloudError {
  return new CloudError({
    operation: "connect",
    code: "NoRegion",
    kind: "final",
    message:
      "no region of AWS is set: set `connection.region`, `pulumi config set aws:region`, AWS_REGION, or the region of a profile",
  });
}
