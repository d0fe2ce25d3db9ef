import { createHmac } from "node:crypto";
import { z } from "zod";
import type { World } from "../world";
import { expiredToken } from "./errors";

/** The secret of an access key, the session token that must go with a temporary one, and who it belongs to. */
export interface AccessKey {
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly arn: string;
}

const role = z.object({
  accessKeyId: z.string(),
  arn: z.string(),
  /** By the emulator's clock, in milliseconds since the epoch. */
  expiration: z.number(),
});

/** Temporary keys: the token bears all that is to be known of them, so that they hold in every region. */
export function createRoleKey(world: World, arn: string, accessKeyId: string, expiration: Date): Required<AccessKey> {
  const claims = Buffer.from(JSON.stringify({ accessKeyId, arn, expiration: expiration.getTime() })).toString(
    "base64url",
  );
  const sessionToken = `${claims}.${seal(world, claims)}`;
  return { arn, sessionToken, secretAccessKey: seal(world, sessionToken) };
}

/**
 * @param token the session token that the request bears
 * @throws AwsError `ExpiredToken`
 */
export function findAccessKey(world: World, id: string, token: string | undefined): AccessKey | undefined {
  const own = world.credentials.find(({ accessKeyId }) => accessKeyId === id);
  if (own?.expired) throw expiredToken();
  if (own) return { secretAccessKey: own.secretAccessKey, sessionToken: own.securityToken, arn: rootArn(world) };

  const [claims = "", mark] = token?.split(".") ?? [];
  if (token === undefined || mark !== seal(world, claims)) return undefined;
  const { accessKeyId, arn, expiration } = role.parse(JSON.parse(Buffer.from(claims, "base64url").toString()));
  if (accessKeyId !== id) return undefined;
  if (expiration <= world.now()) throw expiredToken();
  return { arn, sessionToken: token, secretAccessKey: seal(world, token) };
}

export const rootArn = ({ accountId }: World) => `arn:aws:iam::${accountId}:root`;

function seal({ credentials }: World, text: string): string {
  return createHmac("sha256", credentials[0]?.secretAccessKey ?? "")
    .update(text)
    .digest("base64url");
}
