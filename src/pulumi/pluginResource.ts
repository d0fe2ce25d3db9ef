/** What the plugin's resources of all clouds share. */
import * as pulumi from "@pulumi/pulumi";
import { pluginDownloadURL, version } from "../version";
import { missingPlugin } from "./pluginSetUp";
import { beginRegistration } from "./registration";
import { STACK_KEYS } from "./values";

/** The providers whose configuration a refresh goes by. */
const BRIDGED = /^(aws|alicloud):/;

/** The plugin `instance-refresh` must be the one of this package's version. */
export const ofThisVersion: pulumi.CustomResourceOptions = { version, pluginDownloadURL };

/** A refresh as a resource of the plugin. */
export abstract class PluginInstanceRefresh extends pulumi.CustomResource {
  /** @param names of everything that the resource answers: Pulumi fills in no others */
  protected constructor(
    cloud: string,
    names: readonly string[],
    aliases: pulumi.Alias[],
    name: string,
    args: object,
    options: pulumi.CustomResourceOptions,
  ) {
    refuseForeign(cloud, name, options);
    tellMissingPlugin();
    const unset = Object.fromEntries(names.map((each) => [each, undefined]));
    const given = pulumi.mergeOptions({ aliases, ...ofThisVersion }, options);
    const endRegistration = beginRegistration();
    try {
      super(`instance-refresh:${cloud}:InstanceRefresh`, name, { ...unset, ...args, [STACK_KEYS]: stackKeys() }, given);
    } finally {
      endRegistration();
    }
  }
}

let isTold = false;

/** Once, and only where Pulumi's own host runs the program: elsewhere the project's file may be another one. */
function tellMissingPlugin(): void {
  if (isTold || process.env.PULUMI_NODEJS_PROJECT === undefined) return;
  isTold = true;
  const line = missingPlugin(process.cwd(), process.env);
  if (line !== undefined) void pulumi.log.info(line);
}

/** Of the namespaces of other providers; undefined when there are none. */
function stackKeys(): string[] | undefined {
  const keys = Object.keys(pulumi.runtime.allConfig()).filter((key) => BRIDGED.test(key));
  return keys.length > 0 ? keys.sort() : undefined;
}

/** Pulumi would send the resource to the plugin of the provider's package, which does not know it. */
function refuseForeign(cloud: string, name: string, { parent, provider }: pulumi.CustomResourceOptions): void {
  const owner = (provider as unknown as { getPackage(): string } | undefined)?.getPackage();
  if (owner === undefined || owner === "instance-refresh") return;
  throw new pulumi.ResourceError(
    `${cloud}.InstanceRefresh "${name}" takes a \`Provider\` of pulumi-instance-refresh/plugin, not one of ${owner}. Leave \`provider\` out, or set \`connection\` (region, profile, role, endpoint) instead.`,
    parent,
    true,
  );
}
