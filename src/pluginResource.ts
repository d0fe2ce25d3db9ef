/** The plugin's door: what the classes of both clouds share. */
import * as pulumi from "@pulumi/pulumi";
import type { CloudName } from "./doors/lifecycles";
import { version } from "./version";

/** A refresh as a resource of the plugin `instance-refresh`, which must be the one of this package's version. */
export abstract class PluginInstanceRefresh extends pulumi.CustomResource {
  /** @param names of everything that the resource answers: Pulumi fills in no others */
  protected constructor(
    cloud: CloudName,
    names: readonly string[],
    aliases: pulumi.Alias[],
    name: string,
    args: object,
    options: pulumi.CustomResourceOptions,
  ) {
    const unset = Object.fromEntries(names.map((each) => [each, undefined]));
    const given = pulumi.mergeOptions({ aliases, version }, options);
    super(`instance-refresh:${cloud}:InstanceRefresh`, name, { ...unset, ...args }, given);
  }
}
