/** The profile of the vendor's files that was to give credentials, and gave none. */
import { loadSharedConfigFiles } from "@smithy/core/config";
import type { ConnectionSettings } from "../../../core/cloud";
import { plainText } from "../../common/plainText";
import { memberOf, textOf } from "../../common/settings";

export interface ProfileFiles {
  readonly filepath?: string;
  readonly configFilepath?: string;
  readonly ignoreCache: boolean;
}

/** Why no credentials came of the profile that is named; undefined when none is. */
export async function whyNoneOfProfile(
  { profile, bridged = {} }: ConnectionSettings,
  files: ProfileFiles,
  { AWS_PROFILE, AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE }: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const otherSource = memberOf(bridged, "assumeRoleWithWebIdentity") !== undefined;
  const name = profile || (otherSource ? undefined : textOf(bridged, "profile") || AWS_PROFILE);
  if (!name) return undefined;
  const shown = JSON.stringify(plainText(name));
  const { configFile, credentialsFile } = await loadSharedConfigFiles(files);
  if (Object.hasOwn(configFile, name) || Object.hasOwn(credentialsFile, name))
    return `profile ${shown} has none that can be used`;
  const config = files.configFilepath ?? AWS_CONFIG_FILE ?? "~/.aws/config";
  const credentials = files.filepath ?? AWS_SHARED_CREDENTIALS_FILE ?? "~/.aws/credentials";
  return `there is no profile ${shown} in ${config} or ${credentials}`;
}
