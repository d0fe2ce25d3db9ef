/** What the dynamic resources of all clouds share. */
import * as pulumi from "@pulumi/pulumi";
import { followTransforms } from "./lastTransform";
import { lastTransformation } from "./lastTransformation";
import { providerCode, requirePackage } from "./providerCode";
import { beginRegistration } from "./registration";

/** A refresh as a dynamic resource. */
export abstract class DynamicInstanceRefresh extends pulumi.CustomResource {
  /** @param names of everything that the resource answers: Pulumi fills in no others */
  protected constructor(
    cloud: string,
    names: readonly string[],
    aliases: pulumi.Alias[],
    name: string,
    args: object,
    opts: pulumi.CustomResourceOptions,
  ) {
    const resource = `${cloud}.InstanceRefresh "${name}"`;
    requirePackage(resource, opts.parent);
    const type = `pulumi-nodejs:dynamic/${cloud}:InstanceRefresh`;
    const properties = {
      ...Object.fromEntries(names.map((each) => [each, undefined])),
      ...args,
      __provider: providerCode(cloud),
      // A dynamic provider is not told which resource it is called for.
      __urn: opts.id === undefined ? followTransforms().then(() => urnOf(name, type, opts.parent)) : undefined,
      __preview: pulumi.runtime.isDryRun() || undefined,
    };
    const transformation = lastTransformation((given) => withOptions(resource, given));
    const options = {
      aliases,
      transformations: [transformation],
      // A dynamic provider cannot plan outputs: Pulumi would show those of the last deployment as removed.
      hideDiffs: pulumi.runtime.isDryRun() ? names.filter((each) => !(each in args)) : [],
    };
    const endRegistration = beginRegistration();
    try {
      super(type, name, properties, pulumi.mergeOptions(options, opts));
    } finally {
      endRegistration();
    }
  }
}

/** Gives the provider the options that Pulumi does not, as they are after every transformation. */
function withOptions(
  resource: string,
  { props, opts }: { props: pulumi.Inputs; opts: pulumi.CustomResourceOptions },
): pulumi.ResourceTransformationResult {
  const { import: importId, provider, ...rest } = opts;
  // Pulumi would send the resource to the plugin of the provider's package, which does not know it.
  if (provider !== undefined) {
    throw new pulumi.ResourceError(
      `${resource} takes no \`provider\`. Set \`connection\` (region, profile, role, endpoint) instead, or use the class of pulumi-instance-refresh/plugin.`,
      opts.parent,
      true,
    );
  }
  return {
    props: {
      ...props,
      __customTimeouts: opts.customTimeouts,
      __import: importId,
      __replaceOnChanges: opts.replaceOnChanges,
    },
    opts: rest,
  };
}

/**
 * The urn that a resource will have. As an output it would depend on the parent, which stands for all of a component's
 * children: two of them would wait for each other forever.
 */
export function urnOf(name: string, type: string, parent: pulumi.Resource | undefined): Promise<string> {
  const urn = pulumi.createUrn(name, type, parent);
  return new Promise((resolve) => {
    urn.apply(resolve);
  });
}
