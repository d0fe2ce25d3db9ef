import { z } from "zod";
import type { World } from "../world";
import type { AccessKeys } from "./accessKeys";
import { integerWithin, text } from "./members";
import { type Operation, operationsReadBy } from "./operation";
import { readRequest } from "./readRequest";

/** Who asks, and what STS gives out. */
export interface StsCall {
  readonly world: World;
  readonly accessKeyId: string;
  readonly accessKeys: AccessKeys;
}

const operation = operationsReadBy(readRequest);

/** The operations by which a client finds out who it is, or becomes another. */
export const stsOperations: Readonly<Record<string, Operation<StsCall>>> = {
  GetCallerIdentity: operation(z.object({}), (_, { world, accessKeyId, accessKeys }: StsCall) => {
    const arn = accessKeys.arn(accessKeyId, world.accountId);
    const session = arn.split("/")[2];
    return {
      Arn: arn,
      UserId: session === undefined ? world.accountId : `${accessKeyId}:${session}`,
      Account: world.accountId,
    };
  }),

  AssumeRole: operation(
    z.object({
      RoleArn: text({ min: 20, max: 2048 }),
      RoleSessionName: text({ min: 2, max: 64 }).regex(/^[\w+=,.@-]*$/),
      DurationSeconds: integerWithin(900, 43_200).optional(),
    }),
    (request, { world, accessKeys }: StsCall) => {
      const role = request.RoleArn.split("/").at(-1);
      const accessKeyId = `ASIA${world.random.letters(16).toUpperCase()}`;
      const key = {
        arn: `arn:aws:sts::${world.accountId}:assumed-role/${role}/${request.RoleSessionName}`,
        secretAccessKey: world.random.letters(40),
        sessionToken: world.random.letters(64),
        // Clients compare it with their own clock, which knows nothing of simulated time.
        expiration: new Date(Date.now() + (request.DurationSeconds ?? 3600) * 1000),
      };
      accessKeys.add(accessKeyId, key);
      return {
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretAccessKey: key.secretAccessKey,
          SessionToken: key.sessionToken,
          Expiration: key.expiration,
        },
        AssumedRoleUser: { AssumedRoleId: `${accessKeyId}:${request.RoleSessionName}`, Arn: key.arn },
      };
    },
  ),
};
