/** `Rollout`: refreshes in waves, across groups, regions, accounts and clouds. */
import * as pulumi from "@pulumi/pulumi";
import type { InstanceRefresh as AutoscalingRefresh } from "../pulumi/autoscaling/resource";
import type { InstanceRefresh as EssRefresh } from "../pulumi/ess/resource";
import { Soak } from "./soak";

/** Refreshes that begin together. */
export interface Wave {
  /** Unique within the rollout. */
  name: string;
  /** Declares the wave's refreshes, or components that hold some, each with the options that it is given. */
  refreshes(opts: { parent: pulumi.Resource }): void;
  /** How long the wave must have been over before the next one begins, such as `30m`. Default: none. */
  soak?: string;
  /**
   * While false, neither this wave nor one after it starts a refresh; what changed stays a change until it is true. To
   * have each rollout approved, compare: `config.get("approved") === image`. Default: true.
   */
  approved?: pulumi.Input<boolean>;
}

export interface RolloutArgs {
  /** In their order. */
  waves: readonly Wave[];
  /**
   * What happens to the refreshes that still run when one of their wave fails: they are followed to their end (`leave`),
   * cancelled or rolled back. Those that have succeeded stay as they are. Default: `leave`.
   */
  onFailure?: "leave" | "cancel" | "rollback";
}

type Refresh = EssRefresh | AutoscalingRefresh;

/**
 * A rollout in waves. A wave starts its refreshes when every one of the wave before has succeeded and has been over for
 * its soak time. When one fails, nothing that has not begun begins.
 *
 * Only refreshes wait: the templates and groups of a `RollingGroup` are brought up to date at once, which replaces no
 * machine.
 */
export class Rollout extends pulumi.ComponentResource {
  constructor(name: string, { waves, onFailure }: RolloutArgs, opts?: pulumi.ComponentResourceOptions) {
    super("instance-refresh:index:Rollout", name, {}, opts);
    const rollout = { name, ...(onFailure ? { onFailure } : {}) };
    const isUnapproved = (upTo: number) => isAnyFalse(waves.slice(0, upTo + 1).map(({ approved }) => approved ?? true));
    let before: pulumi.Resource[] = [];
    for (const [index, { name: own, refreshes: declare, soak }] of waves.entries()) {
      const hold = isUnapproved(index);
      const refreshesOfWave: Refresh[] = [];
      const transformation: pulumi.ResourceTransformation = addToWave(refreshesOfWave, { hold, rollout }, before);
      const wave = new pulumi.ComponentResource(
        "instance-refresh:index:Wave",
        `${name}-${own}`,
        {},
        { parent: this, transformations: [transformation] },
      );
      declare({ parent: wave });
      if (refreshesOfWave.length === 0)
        throw new Error(`Wave ${own} declares no refresh with the options that it is given.`);
      before = refreshesOfWave;
      if (soak !== undefined && index + 1 < waves.length) {
        const ends = refreshesOfWave.map(({ endTime }) => endTime.apply((end) => end ?? null));
        const options = { parent: wave, dependsOn: refreshesOfWave };
        before = [new Soak(`${name}-${own}`, { duration: soak, ends, hold: isUnapproved(index + 1) }, options)];
      }
    }
    this.registerOutputs({});
  }
}

const REFRESH = /^(pulumi-nodejs:dynamic\/|instance-refresh:)(ess|autoscaling):InstanceRefresh$/;

/** Gives every refresh below a wave what it needs of the rollout, however deep in a component it is declared. */
function addToWave(
  found: Refresh[],
  { hold, rollout }: { hold: pulumi.Input<boolean>; rollout: object },
  dependsOn: pulumi.Resource[],
): pulumi.ResourceTransformation {
  return ({ type, resource, props, opts }) => {
    if (!REFRESH.test(type)) return undefined;
    found.push(resource as Refresh);
    const own = props.hold === undefined ? hold : isAnyFalse([not(props.hold), not(hold)]);
    return { props: { ...props, hold: own, rollout }, opts: pulumi.mergeOptions(opts, { dependsOn }) };
  };
}

function isAnyFalse(values: pulumi.Input<boolean>[]): pulumi.Output<boolean> {
  return pulumi.all(values).apply((known) => known.includes(false));
}

function not(value: pulumi.Input<boolean>): pulumi.Output<boolean> {
  return pulumi.output(value).apply((known) => !known);
}
