import * as pulumi from "@pulumi/pulumi";
import { urnOf } from "../pulumi/dynamicResource";

/** What the dynamic provider's process evaluates: see `dynamicResource.ts`. */
const PROVIDER = 'exports.handler=()=>require("pulumi-instance-refresh/dynamic-provider").soak';
const TYPE = "pulumi-nodejs:dynamic/constructs:Soak";

export interface SoakArgs {
  /** How long the refreshes must have been over, such as `30m`. */
  duration: string;
  /** When they ended. */
  ends: pulumi.Input<string | null>[];
  /** Nothing is waited for while true. */
  hold: pulumi.Input<boolean>;
}

/** Is there once every refresh of a wave has been over for its time. */
export class Soak extends pulumi.CustomResource {
  constructor(name: string, args: SoakArgs, opts: pulumi.CustomResourceOptions) {
    super(TYPE, name, { ...args, __provider: PROVIDER, __urn: urnOf(name, TYPE, opts.parent) }, opts);
  }
}
