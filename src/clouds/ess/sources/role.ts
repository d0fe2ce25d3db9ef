/** The role that is to be assumed. */
import type { ConnectionSettings } from "../../../core/cloud";
import { textOf } from "../../common/settings";

interface Role {
  readonly arn: string;
  readonly session?: string | undefined;
  readonly policy?: string | undefined;
  readonly externalId?: string | undefined;
  readonly seconds?: string | undefined;
}

/** The role to assume: given, else of the stack's configuration with all its members. */
export function roleOf({ role, bridged = {} }: ConnectionSettings, environment: NodeJS.ProcessEnv): Role | undefined {
  if (role) return { arn: role };
  const { assumeRole } = bridged;
  const block = Array.isArray(assumeRole) ? assumeRole[0] : assumeRole;
  if (block === null || typeof block !== "object") return undefined;
  const of = (key: string) => textOf(block as Record<string, unknown>, key);
  const arn = of("roleArn") ?? environment.ALICLOUD_ASSUME_ROLE_ARN ?? environment.ALIBABA_CLOUD_ROLE_ARN;
  if (!arn) return undefined;
  const ofEnvironment = environment.ALICLOUD_ASSUME_ROLE_SESSION_NAME ?? environment.ALIBABA_CLOUD_ROLE_SESSION_NAME;
  return {
    arn,
    session: of("sessionName") ?? ofEnvironment,
    policy: of("policy"),
    externalId: of("externalId"),
    seconds: of("sessionExpiration") ?? environment.ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION,
  };
}
