/** The stack's configuration of the bridged providers, as the way to a cloud. Kept in memory only. */

import type { CloudName } from "../app/lifecycles";
import type { ConnectionSettings } from "../core/cloud";

/** Reads a key of the stack's configuration, such as `alicloud:region`. */
type Get = (key: string) => string | undefined;

const KEYS = {
  ess: {
    region: "alicloud:region",
    profile: "alicloud:profile",
    id: "alicloud:accessKey",
    secret: "alicloud:secretKey",
    token: "alicloud:securityToken",
  },
  autoscaling: {
    region: "aws:region",
    profile: "aws:profile",
    id: "aws:accessKey",
    secret: "aws:secretKey",
    token: "aws:token",
  },
} as const;

export function settingsOf(cloud: CloudName, get: Get): ConnectionSettings {
  const keys = KEYS[cloud];
  const accessKeyId = get(keys.id);
  const secretAccessKey = get(keys.secret);
  const sessionToken = get(keys.token);
  const region = get(keys.region);
  const profile = get(keys.profile);
  return {
    ...(region ? { region } : {}),
    ...(profile ? { profile } : {}),
    ...(accessKeyId && secretAccessKey
      ? { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } }
      : {}),
  };
}
