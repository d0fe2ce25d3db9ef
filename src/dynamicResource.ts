/** The dynamic door: what the classes of both clouds share. */
import * as pulumi from "@pulumi/pulumi";
import type { CloudName } from "./doors/lifecycles";

/**
 * What Pulumi serializes into the state of every resource: it must stay small and stable, so it only delegates. The
 * dynamic provider's process resolves the package from the program's folder.
 */
function providerOf(cloud: CloudName): pulumi.dynamic.ResourceProvider {
  return {
    configure: async (r) => require("pulumi-instance-refresh/hooks").configure(r),
    check: (o, n) => require("pulumi-instance-refresh/hooks").check(cloud, o, n),
    diff: (i, o, n) => require("pulumi-instance-refresh/hooks").diff(cloud, i, o, n),
    create: (n) => require("pulumi-instance-refresh/hooks").create(cloud, n),
    read: (i, p) => require("pulumi-instance-refresh/hooks").read(cloud, i, p),
    update: (i, o, n) => require("pulumi-instance-refresh/hooks").update(cloud, i, o, n),
    delete: (i, p) => require("pulumi-instance-refresh/hooks").delete(cloud, i, p),
  };
}

/** One per cloud, so that Pulumi serializes it once a run. */
const providers: Record<CloudName, pulumi.dynamic.ResourceProvider> = {
  ess: providerOf("ess"),
  autoscaling: providerOf("autoscaling"),
};

/** A refresh as a dynamic resource. */
export abstract class DynamicInstanceRefresh extends pulumi.dynamic.Resource {
  protected constructor(
    cloud: CloudName,
    outputs: readonly string[],
    aliases: pulumi.Alias[],
    name: string,
    args: object,
    options: pulumi.CustomResourceOptions,
  ) {
    const { import: taken, ...opts } = options;
    refuseProvider(cloud, name, opts);
    const unset = Object.fromEntries(outputs.map((output) => [output, undefined]));
    super(
      providers[cloud],
      name,
      { ...unset, ...args, __urn: urnOf(cloud, name, opts), __customTimeouts: opts.customTimeouts, __import: taken },
      pulumi.mergeOptions({ aliases }, opts),
      cloud,
      "InstanceRefresh",
    );
  }
}

/** Beside the urn there is no way for a hook of a dynamic resource to know which resource it is called for. */
function urnOf(
  cloud: CloudName,
  name: string,
  { id, parent }: pulumi.CustomResourceOptions,
): pulumi.Output<string> | undefined {
  return id === undefined
    ? pulumi.createUrn(name, `pulumi-nodejs:dynamic/${cloud}:InstanceRefresh`, parent)
    : undefined;
}

/** Pulumi would send the resource to the plugin of the provider's package, which does not know it. */
function refuseProvider(cloud: CloudName, name: string, { provider }: pulumi.CustomResourceOptions): void {
  if (provider === undefined) return;
  throw new pulumi.ResourceError(
    `${cloud}.InstanceRefresh "${name}" takes no \`provider\`. Set \`connection\` (region, profile, role, endpoint) instead, or use the class of pulumi-instance-refresh/plugin.`,
    undefined,
  );
}
