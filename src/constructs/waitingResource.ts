/** What the resources share that only wait: the host of the refreshes that they follow waits. */
import * as pulumi from "@pulumi/pulumi";
import { urnOf } from "../pulumi/dynamicResource";
import { ofThisVersion } from "../pulumi/pluginResource";
import { providerCode, requirePackage } from "../pulumi/providerCode";

/** The host of a resource. */
export interface Host {
  readonly isPlugin: boolean;
  /** Of the plugin, where the program gives one. */
  readonly provider: pulumi.ProviderResource | undefined;
}

export function hostOf({ type, resource }: { readonly type: string; readonly resource: pulumi.Resource }): Host {
  const isPlugin = type.startsWith("instance-refresh:");
  return { isPlugin, provider: isPlugin ? resource.getProvider(type) : undefined };
}

/** The last part of the type, and the dynamic provider's code. */
const CODES = { Completion: "completion", Soak: "soak" } as const;

export abstract class WaitingResource extends pulumi.CustomResource {
  protected constructor(
    kind: keyof typeof CODES,
    name: string,
    inputs: pulumi.Inputs,
    { isPlugin, provider }: Host,
    opts: pulumi.CustomResourceOptions,
  ) {
    if (isPlugin) {
      const ofPlugin = { ...ofThisVersion, ...(provider ? { provider } : {}) };
      super(`instance-refresh:index:${kind}`, name, inputs, pulumi.mergeOptions(opts, ofPlugin));
    } else {
      requirePackage(`Rollout wave "${name}"`, opts.parent);
      const type = `pulumi-nodejs:dynamic/constructs:${kind}`;
      const ofDynamic = { __provider: providerCode(CODES[kind]), __urn: urnOf(name, type, opts.parent) };
      super(type, name, { ...inputs, ...ofDynamic }, opts);
    }
  }
}
