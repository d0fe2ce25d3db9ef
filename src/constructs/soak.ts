/** The soak time between two waves, as a resource that exists once the time is over. */
import * as pulumi from "@pulumi/pulumi";
import { urnOf } from "../pulumi/dynamicResource";
import { ofThisVersion } from "../pulumi/pluginResource";
import { providerCode, requirePackage } from "../pulumi/providerCode";
import { type Declared, hostOf } from "./completion";

const DYNAMIC_TYPE = "pulumi-nodejs:dynamic/constructs:Soak";
const PLUGIN_TYPE = "instance-refresh:index:Soak";

export interface SoakArgs {
  /** How long the refreshes must have been over, such as `30m`. */
  duration: string;
  /** When they ended. */
  ends: pulumi.Input<(string | null)[]>;
  /** No wait while true. */
  hold: pulumi.Input<boolean>;
}

export class Soak extends pulumi.CustomResource {
  /** @param after the refreshes of the wave: where one is of the plugin, the plugin waits, as it ends its wait at Ctrl-C */
  constructor(name: string, args: SoakArgs, after: readonly Declared[], opts: pulumi.CustomResourceOptions) {
    const host = after.map(hostOf).find(({ isPlugin }) => isPlugin);
    if (host) {
      const { provider } = host;
      super(PLUGIN_TYPE, name, { ...args }, { ...opts, ...ofThisVersion, ...(provider ? { provider } : {}) });
    } else {
      requirePackage(`Rollout wave "${name}"`, opts.parent);
      const ofDynamic = { __provider: providerCode("soak"), __urn: urnOf(name, DYNAMIC_TYPE, opts.parent) };
      super(DYNAMIC_TYPE, name, { ...args, ...ofDynamic }, opts);
    }
  }
}
