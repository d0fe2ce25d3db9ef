/** A resource transformation that is applied after all others, those of parents and of the stack too. */
import type { ResourceTransformation } from "@pulumi/pulumi";

/** Pulumi's own, and private: its constructor goes through this list while it applies it. */
interface Transformed {
  __transformations?: ResourceTransformation[];
}

/**
 * Pulumi applies a resource's own transformations first. This one puts another at the end of the list that is being
 * applied. Where Pulumi no longer has the list, it is applied at once, and sees what the program gave.
 */
export function lastTransformation(transformation: ResourceTransformation): ResourceTransformation {
  return (args) => {
    const { __transformations: all } = args.resource as unknown as Transformed;
    if (!Array.isArray(all)) return transformation(args);
    const last: ResourceTransformation = (final) => {
      // Children inherit the list.
      all.splice(all.indexOf(last), 1);
      return transformation(final);
    };
    all.push(last);
    return undefined;
  };
}
