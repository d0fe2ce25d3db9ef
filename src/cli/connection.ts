/** Which cloud, and how it is reached: options that every command has. */
import { type Command, Option } from "commander";
import type { CloudName } from "../app/lifecycles";
import type { ConnectionSettings } from "../core/cloud";

export interface ConnectionOptions {
  readonly cloud?: CloudName;
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
        "`ess` (Alibaba Cloud) or `autoscaling` (AWS); else told by the form of the id",
      ).choices(["ess", "autoscaling"]),
    )
    .option("--region <name>", "region of the group; else that of the environment or the profile")
    .option("--profile <name>", "profile in the cloud's own configuration files")
    .option("--role <arn>", "role to assume with the credentials found")
    .option("--endpoint <address>", "address of the API, for private endpoints and emulators");
}

/** Less what was not given: an undefined region is not the same as none. */
export function settingsOf({ region, profile, endpoint, role }: ConnectionOptions): ConnectionSettings {
  const given = Object.entries({ region, profile, endpoint, role }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

/** Ids of scaling groups of ESS begin so; a name of AWS that does too needs `--cloud autoscaling`. */
export function cloudOfGroup(group: string, { cloud }: ConnectionOptions): CloudName {
  return cloud ?? (/^asg-/.test(group) ? "ess" : "autoscaling");
}
