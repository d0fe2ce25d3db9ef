/** The soak time between two waves, as a resource that exists once the time is over. */
import * as pulumi from "@pulumi/pulumi";
import { urnOf } from "../pulumi/dynamicResource";
import { providerCode, requirePackage } from "../pulumi/providerCode";

const TYPE = "pulumi-nodejs:dynamic/constructs:Soak";

export interface SoakArgs {
  /** How long the refreshes must have been over, such as `30m`. */
  duration: string;
  /** When they ended. */
  ends: pulumi.Input<(string | null)[]>;
  /** No wait while true. */
  hold: pulumi.Input<boolean>;
}

export class Soak extends pulumi.CustomResource {
  constructor(name: string, args: SoakArgs, opts: pulumi.CustomResourceOptions) {
    requirePackage(`Rollout wave "${name}"`, opts.parent);
    super(TYPE, name, { ...args, __provider: providerCode("soak"), __urn: urnOf(name, TYPE, opts.parent) }, opts);
  }
}
