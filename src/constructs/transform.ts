import type * as pulumi from "@pulumi/pulumi";

/**
 * The last word on an underlying resource: called with what the component would create it with, to be changed in place.
 * Everything can be changed, `ignoreChanges` too, which holds the wiring together.
 */
export type Transform<Args> = (args: Args, opts: pulumi.CustomResourceOptions) => void;

/** Makes a resource from what its transform leaves. */
export function transformed<Args, R>(
  make: new (name: string, args: Args, opts: pulumi.CustomResourceOptions) => R,
  name: string,
  args: Args,
  opts: pulumi.CustomResourceOptions,
  transform: Transform<Args> | undefined,
): R {
  transform?.(args, opts);
  return new make(name, args, opts);
}
