/** The plugin's configuration: `instance-refresh:…` of a stack, or the arguments of an explicit provider. */
import { cloudModule, registeredClouds } from "../src/clouds";
import type { CloudModule, ConnectionSettings } from "../src/core/cloud";
import { isUnknown, type Properties } from "../src/pulumi/values";
import type { StackFile } from "./stackFile";

/** A setting: `awsRegion` is the region of the cloud whose prefix is `aws`. */
export interface Setting {
  readonly key: string;
  readonly name: "region" | "profile" | "role" | "endpoint";
  readonly text: string;
}

/** The settings of one cloud. None is secret: credentials come from the environment or the SDK's own files. */
function settingsFor({ configuration: { prefix, texts } }: CloudModule): Setting[] {
  return (["region", "profile", "role", "endpoint"] as const).map((name) => ({
    key: `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    name,
    text: texts[name],
  }));
}

/** The settings of all clouds. */
export async function allSettings(): Promise<Setting[]> {
  const modules = await Promise.all(registeredClouds().map(cloudModule));
  return modules.flatMap(settingsFor);
}

/** Keys that the engine adds for itself. */
const ENGINE = new Set(["version", "pluginDownloadURL", "__internal"]);

/** Every issue of the configuration, all at once. Values that are not known yet pass. */
export async function checkConfig(config: Properties): Promise<{ property: string; reason: string }[]> {
  const keys = new Set((await allSettings()).map(({ key }) => key));
  return Object.entries(config).flatMap(([key, value]) => {
    if (ENGINE.has(key) || isUnknown(value) || value === null) return [];
    if (!keys.has(key)) {
      const known = [...keys].map((each) => `\`${each}\``).join(", ");
      return [{ property: key, reason: `\`${key}\` is not a setting of instance-refresh; there are ${known}` }];
    }
    if (typeof value === "string" && value !== "") return [];
    return [{ property: key, reason: `\`${key}\` is ${JSON.stringify(value)}; it must be a string that is not empty` }];
  });
}

/**
 * How the configuration says that a cloud is to be reached; before it, what the stack says to the bridged provider.
 * @param program keys of the stack's configuration that the program knows
 */
export function settingsOf(
  cloud: CloudModule,
  config: Properties,
  stack: StackFile,
  program: readonly string[] = [],
): ConnectionSettings {
  const set = settingsFor(cloud).filter(({ key }) => config[key]);
  const own = Object.fromEntries(set.map(({ key, name }) => [name, config[key]]));
  const encrypted: string[] = [];
  const untold: string[] = [];
  const ofStack = cloud.settingsOf((key) => {
    const value = stack.get(key);
    if (stack.isEncrypted(key)) encrypted.push(key);
    else if (value === undefined && program.includes(key)) untold.push(key);
    return value;
  });
  const unreadable = { ...(encrypted.length > 0 && { encrypted }), ...(untold.length > 0 && { untold }) };
  return { ...ofStack, ...own, ...unreadable };
}
