/** Keys that are given as they are, in the program, the stack's configuration or the environment. */
import type { ConnectionSettings } from "../../../core/cloud";
import { memberOf, textOf } from "../../common/settings";
import { roleOf } from "./role";

type Keys = NonNullable<ConnectionSettings["credentials"]>;

/** Keys of the stack's configuration, each else of the environment. */
export function staticKeys({ bridged = {} }: ConnectionSettings, environment: NodeJS.ProcessEnv): Keys | undefined {
  const of = (key: string, ...names: string[]) =>
    textOf(bridged, key) ?? names.map((name) => environment[name]).find(Boolean);
  const accessKeyId = of(
    "accessKey",
    "ALICLOUD_ACCESS_KEY",
    "ALIBABA_CLOUD_ACCESS_KEY_ID",
    "ALIBABACLOUD_ACCESS_KEY_ID",
  );
  const secretAccessKey = of(
    "secretKey",
    "ALICLOUD_SECRET_KEY",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    "ALIBABACLOUD_ACCESS_KEY_SECRET",
  );
  const sessionToken = of(
    "securityToken",
    "ALICLOUD_SECURITY_TOKEN",
    "ALIBABA_CLOUD_SECURITY_TOKEN",
    "ALIBABACLOUD_SECURITY_TOKEN",
  );
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

/** The keys, where nothing comes before them and no role is assumed with them. */
export function keysAlone(settings: ConnectionSettings, environment: NodeJS.ProcessEnv): Keys | undefined {
  const { bridged = {}, profile, credentials } = settings;
  if (profile || memberOf(bridged, "assumeRoleWithOidc") !== undefined || roleOf(settings, environment))
    return undefined;
  const keys = credentials ?? staticKeys(settings, environment);
  return keys?.accessKeyId && keys.secretAccessKey ? keys : undefined;
}
