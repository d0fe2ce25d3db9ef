/** Profiles of `aliyun configure`, in the file that is named or the usual one. */
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ConnectionSettings } from "../../../core/cloud";
import { textOf } from "../../common/settings";
import { SourceError } from "./sourceError";

interface Profile {
  name?: string;
  mode?: string;
  region_id?: string;
}

export interface ProfileFile {
  current?: string;
  profiles?: Profile[];
}

export interface ChosenProfile {
  /** Undefined: the current one of the file. */
  readonly name: string | undefined;
  readonly file: string | undefined;
}

/** The profile that the settings or the environment choose; undefined when they choose none. */
export function chosenProfile(
  { profile, bridged = {} }: ConnectionSettings,
  environment: NodeJS.ProcessEnv,
): ChosenProfile | undefined {
  const name =
    profile || textOf(bridged, "profile") || environment.ALICLOUD_PROFILE || environment.ALIBABA_CLOUD_PROFILE;
  const file = textOf(bridged, "sharedCredentialsFile") || environment.ALICLOUD_SHARED_CREDENTIALS_FILE;
  const vendors = environment.ALIBABA_CLOUD_CREDENTIALS_FILE;
  // The vendor's SDKs keep keys in a file of another format under that name: such a one is theirs to read.
  const shared = file || (vendors?.endsWith(".json") ? vendors : undefined);
  return name || shared ? { name: name || undefined, file: shared } : undefined;
}

/** Region of the profile; undefined when there is none, or no such file. */
export async function profileRegion(chosen: ChosenProfile): Promise<string | undefined> {
  return readProfile(chosen).then(
    ({ profile }) => profile.region_id || undefined,
    () => undefined,
  );
}

export async function readProfile({ name, file }: ChosenProfile): Promise<{ file: ProfileFile; profile: Profile }> {
  const path = file ? file.replace(/^~(?=\/)/, homedir()) : join(homedir(), ".aliyun", "config.json");
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    const wanted = name === undefined ? "" : `, where profile ${JSON.stringify(name)} was looked for`;
    throw new SourceError(`the file ${path} cannot be read (${error.code})${wanted}`);
  });
  const content = parsed(text, path);
  const wanted = name ?? content.current;
  const profile = content.profiles?.find((each) => each.name === wanted);
  if (!profile) throw new SourceError(`the file ${path} has no profile ${JSON.stringify(wanted ?? "")}`);
  return { file: content, profile };
}

function parsed(text: string, path: string): ProfileFile {
  try {
    return JSON.parse(text) as ProfileFile;
  } catch {
    throw new SourceError(`the file ${path} is not JSON`);
  }
}
