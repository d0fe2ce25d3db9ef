/** `Rollout`: refreshes in waves, across groups, regions, accounts and clouds. */
import * as pulumi from "@pulumi/pulumi";
import type { InstanceRefreshArgs } from "../pulumi/ess/types";
import type { Outcome } from "../pulumi/outcome";
import { Completion, type Declared } from "./completion";
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

/** When a refresh may start: arguments that refreshes of both clouds have. */
type StartArgs = Pick<InstanceRefreshArgs, "windows" | "freezes" | "mustFit" | "outsideWindows">;

interface RolloutOfWave {
  readonly name: string;
  readonly wave: number;
  readonly maxConcurrent?: number;
}

export interface RolloutArgs {
  /** In their order. */
  waves: readonly Wave[];
  /**
   * What happens to the refreshes that still run when one of their wave fails: they are followed to their end (`leave`),
   * cancelled or rolled back. Those that have succeeded stay as they are. Default: `leave`.
   */
  onFailure?: "leave" | "cancel" | "rollback";
  /** When refreshes of any wave may start; a refresh that has `windows` of its own keeps them. Default: at any time. */
  windows?: StartArgs["windows"];
  /** When no refresh of any wave may start, beside the `freezes` that a refresh has of its own. Default: none. */
  freezes?: StartArgs["freezes"];
  /** A refresh starts only when its forecast ends in the window. Default: true. */
  mustFit?: StartArgs["mustFit"];
  /** What a refresh does that may not start now. While one is held, so are those of later waves. Default: `hold`. */
  outsideWindows?: StartArgs["outsideWindows"];
  /** So many refreshes run at once, whatever their region and cloud; the others wait. Default: all of a wave. */
  maxConcurrent?: number;
}

/**
 * A rollout in waves. A wave starts its refreshes when every one of the wave before has succeeded and has been over for
 * its soak time. When one fails, nothing that has not begun begins.
 *
 * The wave waits for all of its refreshes together, in one of the engine's slots. So the number of its refreshes is not
 * limited by `--parallel`; and what depends on one of them begins when that one has been started, while what depends on
 * the rollout begins when all have ended.
 *
 * Only refreshes wait: the templates and groups of a `RollingGroup` are brought up to date at once, which replaces no
 * machine.
 */
export class Rollout extends pulumi.ComponentResource {
  /** How the refreshes ended. Their own `status` says how they stood when they were started, until `pulumi refresh`. */
  readonly outcomes: pulumi.Output<Outcome[]>;

  constructor(
    name: string,
    { waves, onFailure, maxConcurrent, ...start }: RolloutArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("instance-refresh:index:Rollout", name, {}, opts);
    const policy = { name, ...(onFailure ? { onFailure } : {}), ...(maxConcurrent ? { maxConcurrent } : {}) };
    const isUnapproved = (upTo: number) => isAnyFalse(waves.slice(0, upTo + 1).map(({ approved }) => approved ?? true));
    const outcomes: pulumi.Output<Outcome[]>[] = [];
    let before: pulumi.Resource[] = [];
    for (const [index, { name: own, refreshes: declare, soak }] of waves.entries()) {
      const hold = isUnapproved(index);
      const rollout = { ...policy, wave: index };
      const declared: Declared[] = [];
      const transformation: pulumi.ResourceTransformation = addToWave(declared, { hold, rollout, start }, before);
      const wave = new pulumi.ComponentResource(
        "instance-refresh:index:Wave",
        `${name}-${own}`,
        {},
        { parent: this, transformations: [transformation] },
      );
      declare({ parent: wave });
      if (declared.length === 0) throw new Error(`Wave ${own} declares no refresh with the options that it is given.`);
      const completions = Completion.ofWave(`${name}-${own}`, declared, { parent: wave });
      before = completions;
      const ends = completions.map((completion) => completion.outcomes);
      outcomes.push(...ends);
      if (soak !== undefined && index + 1 < waves.length) {
        const args = { duration: soak, ends: endTimesOf(ends), hold: isUnapproved(index + 1) };
        before = [new Soak(`${name}-${own}`, args, declared, { parent: wave, dependsOn: completions })];
      }
    }
    this.outcomes = pulumi.all(outcomes).apply((each) => each.flat());
    this.registerOutputs({});
  }
}

const REFRESH = /^(pulumi-nodejs:dynamic\/|instance-refresh:)(ess|autoscaling):InstanceRefresh$/;

/** Gives every refresh below a wave what it needs of the rollout, however deep in a component it is declared. */
function addToWave(
  declared: Declared[],
  { hold, rollout, start }: { hold: pulumi.Input<boolean>; rollout: RolloutOfWave; start: StartArgs },
  dependsOn: pulumi.Resource[],
): pulumi.ResourceTransformation {
  return ({ type, resource, props, opts }) => {
    const cloud = REFRESH.exec(type)?.[2];
    if (cloud === undefined) return undefined;
    const { status } = props;
    const { customTimeouts } = opts as pulumi.CustomResourceOptions;
    declared.push({ type, cloud, resource: resource as Declared["resource"], status, rollout, customTimeouts });
    const own = props.hold === undefined ? hold : isAnyFalse([not(props.hold), not(hold)]);
    const { freezes } = start;
    const all =
      props.freezes && freezes ? pulumi.all([freezes, props.freezes]).apply((lists) => lists.flat()) : undefined;
    // Who waits for others to end, or for a window, cannot leave those that have been started to the end of the wave.
    const startOnly = rollout.maxConcurrent === undefined && start.outsideWindows !== "wait";
    return {
      props: {
        ...start,
        ...props,
        ...(all ? { freezes: all } : {}),
        hold: own,
        rollout: startOnly ? { ...rollout, startOnly } : rollout,
      },
      opts: pulumi.mergeOptions(opts, { dependsOn }),
    };
  };
}

function endTimesOf(outcomes: pulumi.Output<Outcome[]>[]): pulumi.Output<(string | null)[]> {
  return pulumi.all(outcomes).apply((each) => each.flat().map(({ endTime }) => endTime));
}

function isAnyFalse(values: pulumi.Input<boolean>[]): pulumi.Output<boolean> {
  return pulumi.all(values).apply((known) => known.includes(false));
}

function not(value: pulumi.Input<boolean>): pulumi.Output<boolean> {
  return pulumi.output(value).apply((known) => !known);
}
