import type { Credentials } from "../world";
import { expiredToken } from "./errors";
import type { AccessKey } from "./signature";

interface TemporaryKey extends AccessKey {
  readonly sessionToken: string;
  readonly expiration: Date;
  readonly arn: string;
}

/** The keys of assumed roles. They hold in every region, like those that the emulator begins with. */
export class AccessKeys {
  private readonly temporary = new Map<string, TemporaryKey>();

  add(id: string, key: TemporaryKey): void {
    this.temporary.set(id, key);
  }

  /**
   * @param now real time, by which keys of roles end
   * @throws AwsError `ExpiredToken`
   */
  find(id: string, permanent: readonly Credentials[], now: Date): AccessKey | undefined {
    const temporary = this.temporary.get(id);
    const own = permanent.find(({ accessKeyId }) => accessKeyId === id);
    if (own?.expired || (temporary && temporary.expiration <= now)) throw expiredToken();
    return temporary ?? (own && { secretAccessKey: own.secretAccessKey, sessionToken: own.securityToken });
  }

  /** The identity that a key belongs to. */
  arn(id: string, accountId: string): string {
    return this.temporary.get(id)?.arn ?? rootArn(accountId);
  }
}

export const rootArn = (accountId: string) => `arn:aws:iam::${accountId}:root`;
