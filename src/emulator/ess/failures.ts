/** Failures on demand, in the vendor's words. */
import type { Failure } from "../service";
import { accessDenied, EssError } from "./errors";

export const failures: Readonly<Record<Failure, EssError>> = {
  AccessDenied: accessDenied(),
  // fact: ess-throttling
  Throttling: new EssError("Throttling.User", 400, "Request was denied due to user flow control."),
  // fact: ess-failures
  InternalError: new EssError("InternalError", 500, "The request processing has failed due to some unknown error."),
  // fact: ess-failures
  ServiceUnavailable: new EssError(
    "ServiceUnavailable",
    503,
    "The request has failed due to a temporary failure of the server.",
  ),
  // fact: ess-security-tokens
  ExpiredToken: new EssError("InvalidSecurityToken.Expired", 400, "The security token has expired."),
};
