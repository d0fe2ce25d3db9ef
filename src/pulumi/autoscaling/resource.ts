/** `autoscaling.InstanceRefresh`, the dynamic resource. */
import type * as pulumi from "@pulumi/pulumi";
import { DynamicInstanceRefresh } from "../dynamicResource";
import { type InstanceRefreshArgs, type InstanceRefreshState, outputNames } from "./types";

export type * from "./types";

/** The other door: a change of doors starts no refresh. */
const ALIASES = [{ type: "instance-refresh:autoscaling:InstanceRefresh" }];

/** A rolling replacement of the instances of an EC2 Auto Scaling group, started and followed to its end. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: Pulumi's constructor sets every output that the definition names
export class InstanceRefresh extends DynamicInstanceRefresh {
  /**
   * Reads a refresh that exists, without managing it.
   * @param id `group/refresh-id`
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    connection?: InstanceRefreshArgs["connection"],
    opts?: pulumi.CustomResourceOptions,
  ): InstanceRefresh {
    return new InstanceRefresh(name, { connection } as InstanceRefreshArgs, { ...opts, id });
  }

  constructor(name: string, args: InstanceRefreshArgs, opts: pulumi.CustomResourceOptions = {}) {
    super("autoscaling", outputNames, ALIASES, name, args, opts);
  }
}

export interface InstanceRefresh extends InstanceRefreshState {}
