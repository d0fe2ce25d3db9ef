import { z } from "zod";
import type { World } from "../world";
import { type AccessKey, createRoleKey } from "./accessKeys";
import type { Members } from "./answers";
import { AwsError } from "./errors";
import { integerWithin, list, text } from "./members";
import { type Operation, operationsReadBy } from "./operation";
import { readRequest } from "./readRequest";

/** Who asks. */
export interface StsCall {
  readonly world: World;
  readonly accessKeyId: string;
  /** Undefined for the operations that need no signature. */
  readonly accessKey: AccessKey | undefined;
}

/** The operations that are asked without a signature. */
export const unsignedOperations: ReadonlySet<string> = new Set(["AssumeRoleWithWebIdentity"]);

const operation = operationsReadBy(readRequest);
const roleArn = text({ min: 20, max: 2048 });
const sessionName = text({ min: 2, max: 64 }).regex(/^[\w+=,.@-]*$/);
const sessionPolicies = {
  PolicyArns: list(z.object({ arn: text({ min: 20, max: 2048 }).optional() })).optional(),
  Policy: text({ min: 1, max: 2048 }).optional(),
};
// fact: aws-sts-durations
const roleSeconds = integerWithin(900, 43_200).optional();
// fact: aws-sts-durations
const sessionSeconds = integerWithin(900, 129_600).optional();
// fact: aws-sts-durations
const defaultRoleSeconds = 3600;
// fact: aws-sts-durations
const defaultSessionSeconds = 43_200;

/** The operations by which a client finds out who it is, or becomes another. */
export const stsOperations: Readonly<Record<string, Operation<StsCall>>> = {
  GetCallerIdentity: operation(z.object({}), (_, { world, accessKeyId, accessKey }: StsCall) => {
    const arn = accessKey?.arn ?? "";
    const session = arn.split("/")[2];
    return {
      Arn: arn,
      UserId: session === undefined ? world.accountId : `${accessKeyId}:${session}`,
      Account: world.accountId,
    };
  }),

  GetSessionToken: operation(
    z.object({
      DurationSeconds: sessionSeconds,
      SerialNumber: text({ min: 9, max: 256 }).optional(),
      TokenCode: text({ min: 6, max: 6 }).optional(),
    }),
    (request, { world, accessKey }: StsCall) => {
      const arn = accessKey?.arn ?? "";
      if (accessKey?.sessionToken !== undefined)
        // fact: aws-sts-session-of-session
        throw new AwsError("AccessDenied", 403, "Cannot call GetSessionToken with session credentials");
      return { Credentials: credentials(world, arn, request.DurationSeconds ?? defaultSessionSeconds) };
    },
  ),

  AssumeRole: operation(
    z.object({
      ...sessionPolicies,
      RoleArn: roleArn,
      RoleSessionName: sessionName,
      DurationSeconds: roleSeconds,
      ExternalId: text({ min: 2, max: 1224 }).optional(),
      SerialNumber: text({ min: 9, max: 256 }).optional(),
      TokenCode: text({ min: 6, max: 6 }).optional(),
      SourceIdentity: text({ min: 2, max: 64 }).optional(),
      Tags: list(z.object({ Key: text({ min: 1, max: 128 }), Value: text({ max: 256 }) })).optional(),
      TransitiveTagKeys: list(text({ min: 1, max: 128 })).optional(),
    }),
    (request, { world }: StsCall) => ({
      ...assumed(world, request.RoleArn, request.RoleSessionName, request.DurationSeconds),
      SourceIdentity: request.SourceIdentity,
    }),
  ),

  AssumeRoleWithWebIdentity: operation(
    z.object({
      ...sessionPolicies,
      RoleArn: roleArn,
      RoleSessionName: sessionName,
      WebIdentityToken: text({ min: 4, max: 20_000 }),
      ProviderId: text({ min: 4, max: 2048 }).optional(),
      DurationSeconds: roleSeconds,
    }),
    (request, { world }: StsCall) => {
      const { sub, iss, aud } = claimsOf(request.WebIdentityToken);
      return {
        ...assumed(world, request.RoleArn, request.RoleSessionName, request.DurationSeconds),
        SubjectFromWebIdentityToken: sub,
        Provider: iss,
        Audience: aud,
      };
    },
  ),
};

function assumed(world: World, roleArn: string, session: string, seconds = defaultRoleSeconds): Members {
  const arn = `arn:aws:sts::${world.accountId}:assumed-role/${roleArn.split("/").at(-1)}/${session}`;
  const Credentials = credentials(world, arn, seconds);
  return { Credentials, AssumedRoleUser: { AssumedRoleId: `${Credentials.AccessKeyId}:${session}`, Arn: arn } };
}

/** Temporary ones, which expire by the emulator's clock. */
// fact: aws-sts-emulated-clock
function credentials(world: World, arn: string, seconds: number) {
  const AccessKeyId = `ASIA${world.random.letters(16).toUpperCase()}`;
  // Expirations are in whole seconds.
  const Expiration = new Date(Math.floor(world.now() / 1000 + seconds) * 1000);
  const { secretAccessKey, sessionToken } = createRoleKey(world, arn, AccessKeyId, Expiration);
  return { AccessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration };
}

const claims = z.object({ sub: z.string(), iss: z.string(), aud: z.union([z.string(), z.array(z.string())]) });

/** Of a JSON web token. Its signature is for nobody here to check. */
function claimsOf(token: string): { sub: string; iss: string; aud: string } {
  try {
    const { sub, iss, aud } = claims.parse(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()));
    return { sub, iss, aud: [aud].flat()[0] ?? "" };
  } catch {
    // fact: aws-sts-invalid-token
    throw new AwsError("InvalidIdentityToken", 400, "The ID Token provided is not a valid JWT.");
  }
}
