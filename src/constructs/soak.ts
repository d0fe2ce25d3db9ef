/** The soak time between two waves, as a resource that exists once the time is over. */
import type * as pulumi from "@pulumi/pulumi";
import type { Declared } from "./completion";
import { hostOf, WaitingResource } from "./waitingResource";

export interface SoakArgs {
  /** How long the refreshes must have been over, such as `30m`. */
  duration: string;
  /** When they ended. */
  ends: pulumi.Input<(string | null)[]>;
  /** No wait while true. */
  hold: pulumi.Input<boolean>;
}

export class Soak extends WaitingResource {
  /** @param after the refreshes of the wave: where one is of the plugin, the plugin waits, as it ends its wait at Ctrl-C */
  constructor(name: string, args: SoakArgs, after: readonly Declared[], opts: pulumi.CustomResourceOptions) {
    const plugin = after.map(hostOf).find(({ isPlugin }) => isPlugin);
    super("Soak", name, { ...args }, plugin ?? { isPlugin: false, provider: undefined }, opts);
  }
}
