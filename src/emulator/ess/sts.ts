/** Alibaba Cloud STS: the operations by which a client becomes a role, or finds out who it is. */
import type { HttpRequest, Service } from "../service";
import { usualRegions, type World } from "../world";
import { answer, errorAnswer, type Members } from "./answers";
import { EssError } from "./errors";
import { failures } from "./failures";
import { seconds } from "./operation";
import { type Parameters, readParameters } from "./parameters";
import { type EssRequest, readRequest } from "./readRequest";
import { checkSignature, type Signer } from "./signature";
import { newRequestId } from "./state";
import { issueKey } from "./temporaryKeys";

const version = "2015-04-01";
// fact: ess-sts-sessions
const leastSeconds = 900;
// fact: ess-sts-sessions
const mostSeconds = 43_200;
// fact: ess-sts-sessions
const defaultSeconds = 3600;

export const stsService: Service = {
  names: [],
  accepts: (http) => readRequest(http).version === version,
  identify: (http, { regionFor }) => {
    const { operation, parameters, accessKeyId } = readRequest(http);
    // A token is a secret: it is not recorded.
    const { OIDCToken: _token, ...others } = parameters;
    return { service: "sts", operation, region: regionFor(usualRegions.ess), accessKeyId, parameters: others };
  },
  answer: (http, _call, world) => {
    const request = readRequest(http);
    const requestId = newRequestId();
    try {
      return answer(request, run(http, request, world), requestId);
    } catch (error) {
      if (error instanceof EssError) return errorAnswer(request, error, requestId);
      throw error;
    }
  },
  fail: (_call, failure) => errorAnswer({ format: "json" }, failures[failure], newRequestId()),
  usualRegion: usualRegions.ess,
  createGroup: () => {
    throw new Error("STS has no groups.");
  },
};

function run(http: HttpRequest, request: EssRequest, world: World): Members {
  const parameters = readParameters(request.parameters);
  // Signed by nobody: the token says who asks.
  if (request.operation === "AssumeRoleWithOIDC") return assumeRoleWithOidc(parameters, world);
  const signer = checkSignature(http, request, world, Date.now());
  switch (request.operation) {
    case "AssumeRole":
      return assumeRole(parameters, world, signer);
    case "GetCallerIdentity":
      return identityOf(signer, world);
    default:
      // fact: ess-unknown-operations
      throw new EssError("InvalidAction.NotFound", 404, `There is no operation ${request.operation}.`);
  }
}

function assumeRole(parameters: Parameters, world: World, { accessKeyId, roleArn }: Signer): Members {
  const wanted = parameters.requiredText("RoleArn");
  if (!world.policies.allows([accessKeyId, roleArn], "sts:AssumeRole", [wanted])) throw noPermission();
  return issued(parameters, world);
}

function assumeRoleWithOidc(parameters: Parameters, world: World): Members {
  parameters.requiredText("OIDCProviderArn");
  checkOidcToken(parameters.requiredText("OIDCToken"));
  return issued(parameters, world);
}

/** Of what an identity provider says only the end of its validity is read, by real time. */
function checkOidcToken(token: string): void {
  const [, payload = ""] = token.split(".");
  let expiry: unknown;
  try {
    expiry = JSON.parse(Buffer.from(payload, "base64url").toString()).exp;
  } catch {
    // fact: ess-sts-oidc
    throw new EssError("AuthenticationFail.OIDCToken.Invalid", 400, "This OIDC Token is invalid.");
  }
  if (typeof expiry === "number" && expiry * 1000 <= Date.now()) {
    // fact: ess-sts-oidc
    throw new EssError("AuthenticationFail.OIDCToken.Expired", 400, "This OIDC Token has been expired.");
  }
}

function issued(parameters: Parameters, world: World): Members {
  const roleArn = parameters.requiredText("RoleArn", {
    pattern: /^acs:ram::\d+:role\/[\w.-]+$/,
    // fact: ess-sts-sessions
    saying: "it must be like acs:ram::123456789012:role/name",
  });
  const session = parameters.requiredText("RoleSessionName", { least: 2, most: 64, pattern: /^[\w.@-]+$/ });
  const duration = parameters.integer("DurationSeconds", leastSeconds, mostSeconds) ?? defaultSeconds;
  const key = issueKey(world, roleArn, duration);
  return {
    AssumedRoleUser: {
      AssumedRoleId: `${key.accessKeyId}:${session}`,
      Arn: `${roleArn.replace(":role/", ":assumed-role/")}/${session}`,
    },
    Credentials: {
      AccessKeyId: key.accessKeyId,
      AccessKeySecret: key.secretAccessKey,
      SecurityToken: key.securityToken,
      Expiration: expirationOf(duration),
    },
  };
}

/**
 * Clients compare it with their own clock, so that it is in real time; the service holds to the emulator's. At another
 * speed than 1 keys are refused that a client takes for valid, as when they are revoked.
 */
export function expirationOf(duration: number): string {
  return seconds(Date.now() + duration * 1000);
}

function identityOf({ accessKeyId, roleArn }: Signer, { accountId }: World): Members {
  return {
    AccountId: accountId,
    Arn: roleArn?.replace(":role/", ":assumed-role/") ?? `acs:ram::${accountId}:root`,
    IdentityType: roleArn ? "AssumedRoleUser" : "Account",
    PrincipalId: roleArn ? accessKeyId : accountId,
  };
}

function noPermission(): EssError {
  // fact: ess-sts-no-permission
  return new EssError(
    "NoPermission",
    403,
    "You are not authorized to do this action. You should be authorized by RAM.",
  );
}
