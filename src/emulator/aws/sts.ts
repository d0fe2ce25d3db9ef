import { z } from "zod";
import type { World } from "../world";
import { type AccessKey, createRoleKey } from "./accessKeys";
import { integerWithin, text } from "./members";
import { type Operation, operationsReadBy } from "./operation";
import { readRequest } from "./readRequest";

/** Who asks. */
export interface StsCall {
  readonly world: World;
  readonly accessKeyId: string;
  readonly accessKey: AccessKey;
}

const operation = operationsReadBy(readRequest);

/** The operations by which a client finds out who it is, or becomes another. */
export const stsOperations: Readonly<Record<string, Operation<StsCall>>> = {
  GetCallerIdentity: operation(z.object({}), (_, { world, accessKeyId, accessKey }: StsCall) => {
    const session = accessKey.arn.split("/")[2];
    return {
      Arn: accessKey.arn,
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
    (request, { world }: StsCall) => {
      const role = request.RoleArn.split("/").at(-1);
      const arn = `arn:aws:sts::${world.accountId}:assumed-role/${role}/${request.RoleSessionName}`;
      const accessKeyId = `ASIA${world.random.letters(16).toUpperCase()}`;
      const expiration = new Date(Date.now() + (request.DurationSeconds ?? 3600) * 1000);
      const key = createRoleKey(world, arn, accessKeyId, expiration);
      return {
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretAccessKey: key.secretAccessKey,
          SessionToken: key.sessionToken,
          Expiration: expiration,
        },
        AssumedRoleUser: { AssumedRoleId: `${accessKeyId}:${request.RoleSessionName}`, Arn: arn },
      };
    },
  ),
};
