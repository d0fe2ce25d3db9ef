import type { Failure } from "../service";

/** An error as the service answers it: its code, its HTTP status and its message. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = "AwsError";
  }
}

// fact: aws-error-validation
export const validationError = (message: string) => new AwsError("ValidationError", 400, message);

// fact: aws-error-validation
export const malformedInput = (message: string) => new AwsError("MalformedInput", 400, message);

// fact: aws-error-next-token
export const invalidNextToken = () =>
  new AwsError("InvalidNextToken", 400, "The NextToken value is not valid for this request.");

// fact: aws-error-action
export const invalidAction = (action: string, version: string) =>
  new AwsError("InvalidAction", 400, `Could not find operation ${action} for version ${version}`);

// fact: aws-error-action
export const missingAction = () => new AwsError("MissingAction", 400, "The request must contain the parameter Action.");

// fact: aws-error-expired
export const expiredToken = () =>
  new AwsError("ExpiredToken", 403, "The security token included in the request is expired");

/** Failures on demand. */
export const failures: Readonly<Record<Failure, () => AwsError>> = {
  // fact: aws-error-access-denied
  AccessDenied: () => new AwsError("AccessDenied", 403, "User is not authorized to perform this action"),
  // fact: aws-error-throttling
  Throttling: () => new AwsError("Throttling", 400, "Rate exceeded"),
  // fact: aws-error-internal
  InternalError: () =>
    new AwsError("InternalFailure", 500, "The request processing has failed because of an unknown error."),
  // fact: aws-error-internal
  ServiceUnavailable: () =>
    new AwsError("ServiceUnavailable", 503, "The request has failed due to a temporary failure of the server."),
  ExpiredToken: expiredToken,
};

// EC2 is older than the codes that the other services share.
const ec2Codes: Readonly<Record<string, readonly [code: string, status: number, message?: string]>> = {
  // fact: aws-error-of-ec2
  InvalidClientTokenId: ["AuthFailure", 401, "AWS was not able to validate the provided access credentials"],
  // fact: aws-error-of-ec2
  SignatureDoesNotMatch: ["AuthFailure", 401, "AWS was not able to validate the provided access credentials"],
  // fact: aws-error-of-ec2
  MissingAuthenticationToken: ["AuthFailure", 401, "AWS was not able to validate the provided access credentials"],
  // fact: aws-error-access-denied
  AccessDenied: ["UnauthorizedOperation", 403, "You are not authorized to perform this operation."],
  // fact: aws-error-of-ec2
  ExpiredToken: ["RequestExpired", 400, "Request has expired."],
  // fact: aws-error-of-ec2
  Throttling: ["RequestLimitExceeded", 503, "Request limit exceeded."],
  InternalFailure: ["InternalError", 500],
  ServiceUnavailable: ["Unavailable", 503],
};

/** An error in the words of the service that answers it. */
export function inWordsOf(service: string, error: AwsError): AwsError {
  const words = service === "ec2" ? ec2Codes[error.code] : undefined;
  return words ? new AwsError(words[0], words[1], words[2] ?? error.message) : error;
}
