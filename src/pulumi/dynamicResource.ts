/** The dynamic door: what the classes of both clouds share. */
import * as pulumi from "@pulumi/pulumi";
import { beginRegistration } from "./registration";

/**
 * What the dynamic provider's process evaluates for every resource. Pulumi would serialize the hooks themselves into it,
 * some 2 KB for each resource, and again whenever they change; by hand it is one line that never does. The package is
 * resolved from the program's folder.
 */
const providerOf = (cloud: string) =>
  `exports.handler=()=>require("pulumi-instance-refresh/dynamic-provider").${cloud}`;

/** A refresh as a dynamic resource. */
export abstract class DynamicInstanceRefresh extends pulumi.CustomResource {
  /** @param names of everything that the resource answers: Pulumi fills in no others */
  protected constructor(
    cloud: string,
    names: readonly string[],
    aliases: pulumi.Alias[],
    name: string,
    args: object,
    options: pulumi.CustomResourceOptions,
  ) {
    const { import: taken, ...opts } = options;
    refuseProvider(cloud, name, opts);
    const type = `pulumi-nodejs:dynamic/${cloud}:InstanceRefresh`;
    const properties = {
      ...Object.fromEntries(names.map((each) => [each, undefined])),
      ...args,
      __provider: providerOf(cloud),
      // Hooks of a dynamic resource are told neither which resource they are called for, nor how long it may take.
      __urn: opts.id === undefined ? urnOf(name, type, opts.parent) : undefined,
      __customTimeouts: opts.customTimeouts,
      __import: taken,
      __replaceOnChanges: opts.replaceOnChanges,
      __preview: pulumi.runtime.isDryRun() || undefined,
    };
    const endRegistration = beginRegistration();
    try {
      super(type, name, properties, pulumi.mergeOptions({ aliases }, opts));
    } finally {
      endRegistration();
    }
  }
}

/**
 * The urn that a resource will have. As an output it would depend on the parent, which stands for all of a component's
 * children: two of them would wait for each other for ever.
 */
export function urnOf(name: string, type: string, parent: pulumi.Resource | undefined): Promise<string> {
  const urn = pulumi.createUrn(name, type, parent);
  return new Promise((resolve) => {
    urn.apply(resolve);
  });
}

/** Pulumi would send the resource to the plugin of the provider's package, which does not know it. */
function refuseProvider(cloud: string, name: string, { provider }: pulumi.CustomResourceOptions): void {
  if (provider === undefined) return;
  throw new pulumi.ResourceError(
    `${cloud}.InstanceRefresh "${name}" takes no \`provider\`. Set \`connection\` (region, profile, role, endpoint) instead, or use the class of pulumi-instance-refresh/plugin.`,
    undefined,
  );
}
