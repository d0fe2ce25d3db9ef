/** Keys of an assumed role. The token holds all that is known of them, so that they are valid in every region. */
import { createHmac } from "node:crypto";
import { z } from "zod";
import type { World } from "../world";

const claims = z.object({
  accessKeyId: z.string(),
  roleArn: z.string(),
  /** By the emulator's clock. */
  expiresAt: z.number(),
});

export interface TemporaryKey extends z.output<typeof claims> {
  readonly secretAccessKey: string;
  readonly securityToken: string;
}

export function issueKey(world: World, roleArn: string, seconds: number): TemporaryKey {
  const accessKeyId = `STS.${world.random.letters(24)}`;
  const known = { accessKeyId, roleArn, expiresAt: world.now() + seconds * 1000 };
  const text = Buffer.from(JSON.stringify(known)).toString("base64url");
  const securityToken = `${text}.${seal(world, text)}`;
  return { ...known, securityToken, secretAccessKey: seal(world, securityToken) };
}

/** Undefined for a token that was not issued here. */
export function readKey(world: World, securityToken: string): TemporaryKey | undefined {
  const [text = "", mark] = securityToken.split(".");
  if (mark !== seal(world, text)) return undefined;
  const known = claims.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
  return { ...known, securityToken, secretAccessKey: seal(world, securityToken) };
}

function seal({ credentials }: World, text: string): string {
  return createHmac("sha256", `temporary ${credentials[0]?.secretAccessKey}`).update(text).digest("base64url");
}
