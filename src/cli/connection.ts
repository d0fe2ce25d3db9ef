/** Which cloud, and how it is reached: options that every command has. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { cloudModule, registeredClouds } from "../clouds";
import type { ConnectionSettings } from "../core/cloud";
import { UsageError } from "./exitCodes";

export interface ConnectionOptions {
  readonly cloud?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly role?: string;
}

export function withConnection(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--cloud <name>",
        "`ess` (Alibaba Cloud) or `autoscaling` (AWS); else by the form of the id or the name",
      ).choices(registeredClouds()),
    )
    .option("--region <name>", "region of the group; else that of the environment or the profile")
    .option("--profile <name>", "profile in the cloud's own configuration files")
    .option("--role <arn>", "role to assume with the credentials found")
    .option("--endpoint <address>", "address of the API, for private endpoints and emulators", address);
}

/** Without what was not given: an undefined region is not the same as none. */
export function settingsOf({ region, profile, endpoint, role }: ConnectionOptions): ConnectionSettings {
  const given = Object.entries({ region, profile, endpoint, role }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

/** The cloud that is named, else the one whose groups have ids of this form, else the one whose groups have free names. */
export async function cloudOfGroup(group: string, { cloud }: ConnectionOptions): Promise<string> {
  if (cloud) return cloud;
  const free: string[] = [];
  for (const key of registeredClouds()) {
    const module = await cloudModule(key);
    if (module.isGroupId(group)) return key;
    if (module.groupNamesAreFree) free.push(key);
  }
  const [only] = free;
  if (only === undefined || free.length > 1)
    throw new UsageError(`Say by --cloud which cloud ${group} is of: ${registeredClouds().join(", ")}.`);
  return only;
}

const THIS_MACHINE = /^(localhost|127\.|\[?::1)/;

/** A host alone is reached by HTTPS. On this machine an emulator listens, which speaks HTTP: the address must say which. */
function address(text: string): string {
  if (!text.includes("://") && THIS_MACHINE.test(text))
    throw new InvalidArgumentError(`Write http://${text} for an emulator, or https://${text}.`);
  if (URL.canParse(text.includes("://") ? text : `https://${text}`)) return text;
  throw new InvalidArgumentError("It must be an address such as https://autoscaling.eu-west-1.amazonaws.com.");
}
