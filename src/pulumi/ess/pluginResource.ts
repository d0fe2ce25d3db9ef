/** Written by `npm run generate`: change `tools/classes.ts` or the cloud's module, and run it again. */
import type * as pulumi from "@pulumi/pulumi";
import { PluginInstanceRefresh } from "../pluginResource";
import { outputNames } from "./outputNames";
import type { InstanceRefreshArgs, InstanceRefreshState } from "./types";

export * from "./types";

/** Types whose state this class takes over; such a move starts no refresh. */
const ALIASES = [
  { type: "pulumi-nodejs:dynamic/ess:InstanceRefresh" },
  { type: "alicloud:ess/instanceRefresh:InstanceRefresh" },
];

/**
 * `ess.InstanceRefresh`, the resource of the plugin.
 *
 * A rolling replacement of the instances of an Alibaba Cloud ESS scaling group, started and followed to its end. Takes what the bridged `alicloud.ess.InstanceRefresh` takes, by the same names, and more.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: Pulumi's constructor sets every output that the definition names
export class InstanceRefresh extends PluginInstanceRefresh {
  /**
   * Reads a refresh that exists, without managing it.
   * @param id `ir-…`, `asg-…:ir-…` or `region/ir-…`
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
    super("ess", outputNames, ALIASES, name, args, opts);
  }
}

export interface InstanceRefresh extends InstanceRefreshState {}
