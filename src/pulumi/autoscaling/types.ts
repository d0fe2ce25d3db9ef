/** Written by `npm run generate` from the definition in `arguments.ts`: change that, and run it again. */
import type * as pulumi from "@pulumi/pulumi";

/** What `autoscaling.InstanceRefresh` takes. */
export interface InstanceRefreshArgs {
  /**
   * Name of the Auto Scaling group.
   * It must be 1 to 255 characters that XML can carry.
   * A change starts a new refresh.
   */
  autoscalingGroupName: pulumi.Input<string>;
  /**
   * How instances are brought up to date: `Rolling` replaces them, `ReplaceRootVolume` gives them a new root volume in place. The latter needs a mixed instances policy, on the group and in the desired configuration, with an image in every override.
   * Default of the service: `Rolling`.
   * A change applies to the next refresh, unless `startOn` is `anyChange`.
   */
  strategy?: pulumi.Input<"Rolling" | "ReplaceRootVolume" | (string & {}) | undefined>;
  /**
   * What instances shall run. On success the group saves it as its own. Left out, instances are replaced by what the group launches from already, and nothing can be rolled back.
   * A change starts a new refresh.
   */
  desiredConfiguration?: pulumi.Input<DesiredConfiguration | undefined>;
  /**
   * How instances are replaced. Only what is set here is sent: the group's maintenance policy and the service's defaults apply to the rest.
   * A change applies to the next refresh, unless `startOn` is `anyChange`.
   */
  preferences?: pulumi.Input<Preferences | undefined>;
  /**
   * `Cancelled` cancels the running refresh, `RollbackSuccessful` rolls it back; the deployment waits until that is done. When left out, it follows the cloud.
   */
  status?: pulumi.Input<"Cancelled" | "RollbackSuccessful" | (string & {}) | undefined>;
  /**
   * Any values. A change starts a new refresh, also of the same configuration.
   * Its value is never printed.
   * A change starts a new refresh.
   */
  triggers?: pulumi.Input<unknown[] | { [key: string]: unknown } | undefined>;
  /**
   * What starts a new refresh: a change of any argument of the API (`anyChange`), or only of the group, the desired configuration and `triggers` (`configurationChange`); changed preferences then apply to the next one.
   * Default: `configurationChange`.
   * A change starts no refresh.
   */
  startOn?: pulumi.Input<"anyChange" | "configurationChange" | undefined>;
  /**
   * Follow the refresh to its end, and fail when it ends badly. Turned on while one runs, it attaches to that one; `false` accepts any outcome.
   * Default: `true`.
   * A change starts no refresh.
   */
  waitForCompletion?: pulumi.Input<boolean | undefined>;
  /**
   * What happens to the refresh when `customTimeouts` run out: it is left running, cancelled or rolled back. The deployment fails in each case. A refresh of somebody else is never touched.
   * Default: `leave`.
   * A change starts no refresh.
   */
  onTimeout?: pulumi.Input<"leave" | "cancel" | "rollback" | undefined>;
  /**
   * What to do when another refresh runs on the group: wait for its end, fail, cancel it (what it has replaced stays, the group is mixed until the new one ends) or roll it back, and then start. At a replacement the predecessor is such another.
   * Default: `wait`.
   * A change starts no refresh.
   */
  onConflict?: pulumi.Input<"wait" | "fail" | "cancel" | "rollback" | undefined>;
  /**
   * What happens to the refresh when the resource is destroyed while it runs: it is left running, cancelled or rolled back.
   * Default: `retain`.
   * A change starts no refresh.
   */
  onDelete?: pulumi.Input<"retain" | "cancel" | "rollback" | undefined>;
  /**
   * Start nothing: what would start a new refresh waits until this is lifted. A refresh that runs already is followed all the same. For rollouts that a person approves.
   * Default: `false`.
   * A change starts no refresh.
   */
  hold?: pulumi.Input<boolean | undefined>;
  /**
   * When a refresh may start, as schedules in cron syntax with a duration and a time zone. When left out: at any time.
   * A change starts no refresh.
   */
  windows?: pulumi.Input<pulumi.Input<Window>[] | undefined>;
  /**
   * When no refresh may start, whatever `windows` says: from when until when, and why.
   * A change starts no refresh.
   */
  freezes?: pulumi.Input<pulumi.Input<Freeze>[] | undefined>;
  /**
   * With `windows` or `freezes`: a refresh starts only when the longest duration of its forecast ends before the window closes and before a freeze begins.
   * Default: `true`.
   * A change starts no refresh.
   */
  mustFit?: pulumi.Input<boolean | undefined>;
  /**
   * What happens when the refresh may not start now: it is recorded as held, the deployment succeeds, and the next one tries again (`hold`); the deployment waits for the next window that is long enough (`wait`); or it fails (`fail`). A refresh that runs already is followed in each case.
   * Default: `hold`.
   * A change starts no refresh.
   */
  outsideWindows?: pulumi.Input<"hold" | "wait" | "fail" | undefined>;
  /**
   * The rollout that the refresh is part of. When another refresh of it fails in the same deployment, this one is not started any more.
   * A change starts no refresh.
   */
  rollout?: pulumi.Input<Rollout | undefined>;
  /**
   * What is measured from the first replaced instance until the refresh has ended, and what a bad result does to it.
   * A change starts no refresh.
   */
  analysis?: pulumi.Input<Analysis | undefined>;
  /**
   * How the cloud is reached. Never a secret; a change never starts a refresh.
   * A change starts no refresh.
   */
  connection?: pulumi.Input<Connection | undefined>;
  /**
   * Whether a cancellation by this program (`status`, `onTimeout`, `onConflict`, `onDelete`, `rollout`, `analysis`) waits for instances that are being launched or terminated. Set `false` in an emergency.
   * Default: `true`.
   * A change starts no refresh.
   */
  waitForTransitioningInstances?: pulumi.Input<boolean | undefined>;
}

/** What `autoscaling.InstanceRefresh` answers: the arguments of the request as they were given, else as the cloud has them, and how the refresh stands. */
export interface InstanceRefreshState {
  /** Name of the Auto Scaling group. */
  readonly autoscalingGroupName: pulumi.Output<pulumi.Unwrap<InstanceRefreshArgs["autoscalingGroupName"]>>;
  /**
   * How instances are brought up to date: `Rolling` replaces them, `ReplaceRootVolume` gives them a new root volume in place. The latter needs a mixed instances policy, on the group and in the desired configuration, with an image in every override.
   */
  readonly strategy: pulumi.Output<pulumi.Unwrap<InstanceRefreshArgs["strategy"]>>;
  /**
   * What instances shall run. On success the group saves it as its own. Left out, instances are replaced by what the group launches from already, and nothing can be rolled back.
   */
  readonly desiredConfiguration: pulumi.Output<pulumi.Unwrap<InstanceRefreshArgs["desiredConfiguration"]>>;
  /**
   * How instances are replaced. Only what is set here is sent: the group's maintenance policy and the service's defaults apply to the rest.
   */
  readonly preferences: pulumi.Output<pulumi.Unwrap<InstanceRefreshArgs["preferences"]>>;
  /** Status of the refresh, in the cloud's word. */
  readonly status: pulumi.Output<string>;
  /** The `status` that was asked for and reached, when one was. */
  readonly requestedStatus: pulumi.Output<string | undefined>;
  /** Names of the arguments that the program left out: their values are the cloud's. */
  readonly echoed: pulumi.Output<string[] | undefined>;
  /**
   * How far the refresh is.
   * Unit: %.
   */
  readonly percentageComplete: pulumi.Output<number | undefined>;
  /** When it began, ISO 8601, UTC. */
  readonly startTime: pulumi.Output<string | undefined>;
  /** When it ended, ISO 8601, UTC. */
  readonly endTime: pulumi.Output<string | undefined>;
  /** Id of the refresh within its group. */
  readonly instanceRefreshId: pulumi.Output<string | undefined>;
  /** Why the refresh stands as it does, in the cloud's words. */
  readonly statusReason: pulumi.Output<string | undefined>;
  /** Instances that are still to be replaced. After a rollback: those that the refresh had not replaced. */
  readonly instancesToUpdate: pulumi.Output<number | undefined>;
  /** Progress of the group and of its warm pool, for a group that has one. */
  readonly progressDetails: pulumi.Output<ProgressDetails | undefined>;
  /** How a rollback came about. */
  readonly rollbackDetails: pulumi.Output<RollbackDetails | undefined>;
  /** Region of the refresh. */
  readonly region: pulumi.Output<string | undefined>;
  /** Account of the group, where it is known. */
  readonly account: pulumi.Output<string | undefined>;
}

export interface DesiredConfiguration {
  /** Launch template to launch from. Excludes `mixedInstancesPolicy`. */
  launchTemplate?: pulumi.Input<LaunchTemplate | undefined>;
  /** Instance types and purchase options to launch. Excludes `launchTemplate`. */
  mixedInstancesPolicy?: pulumi.Input<MixedInstancesPolicy | undefined>;
}

export interface LaunchTemplate {
  /**
   * Id of the launch template, `lt-…`. Excludes its name.
   * It must be a string from 1 to 255 characters.
   */
  id?: pulumi.Input<string | undefined>;
  /**
   * Name of the launch template. Excludes its id.
   * It must be 3 to 128 letters, digits and `().-/_`.
   */
  name?: pulumi.Input<string | undefined>;
  /**
   * Version of the launch template: a number, `$Latest` or `$Default`. Only with a number it is beyond doubt what runs: a refresh to `$Latest` or `$Default` is not found again by what it asks, and once saved on the group it makes later refreshes impossible to roll back.
   * It must be a version number, `$Latest` or `$Default`.
   * Default of the service: `$Default`.
   */
  version?: pulumi.Input<number | string | undefined>;
}

export interface MixedInstancesPolicy {
  /** Launch template, and the instance types to use with it. */
  launchTemplate?: pulumi.Input<MixedInstancesPolicyLaunchTemplate | undefined>;
  /** How the capacity is divided between On-Demand and Spot Instances. */
  instancesDistribution?: pulumi.Input<InstancesDistribution | undefined>;
}

export interface MixedInstancesPolicyLaunchTemplate {
  /** Launch template of all instances that no override gives another. */
  launchTemplateSpecification?: pulumi.Input<LaunchTemplateSpecification | undefined>;
  /** Instance types, or what they must have; at most 40 types and 20 launch templates in all. */
  overrides?: pulumi.Input<pulumi.Input<Override>[] | undefined>;
}

export interface LaunchTemplateSpecification {
  /**
   * Id of the launch template, `lt-…`. Excludes its name.
   * It must be a string from 1 to 255 characters.
   */
  launchTemplateId?: pulumi.Input<string | undefined>;
  /**
   * Name of the launch template. Excludes its id.
   * It must be 3 to 128 letters, digits and `().-/_`.
   */
  launchTemplateName?: pulumi.Input<string | undefined>;
  /**
   * Version of the launch template: a number, `$Latest` or `$Default`. Only with a number it is beyond doubt what runs: a refresh to `$Latest` or `$Default` is not found again by what it asks, and once saved on the group it makes later refreshes impossible to roll back.
   * It must be a version number, `$Latest` or `$Default`.
   * Default of the service: `$Default`.
   */
  version?: pulumi.Input<number | string | undefined>;
}

export interface Override {
  /**
   * Instance type. Excludes `instanceRequirements`.
   * It must be a string from 1 to 255 characters.
   */
  instanceType?: pulumi.Input<string | undefined>;
  /**
   * Units of the group's capacity that an instance of this type counts for. On every override or on none.
   * It must be a whole number from 1 to 999, or one in a string.
   */
  weightedCapacity?: pulumi.Input<number | string | undefined>;
  /** Launch template for this type, instead of the policy's. */
  launchTemplateSpecification?: pulumi.Input<LaunchTemplateSpecification | undefined>;
  /** What instance types must have, instead of `instanceType`. At most four sets in a group. */
  instanceRequirements?: pulumi.Input<InstanceRequirements | undefined>;
  /**
   * Image, `ami-…`, instead of the launch template's. The strategy `ReplaceRootVolume` needs one in every override, with a single volume.
   * It must be `ami-` and 1 to 17 lower-case letters and digits.
   */
  imageId?: pulumi.Input<string | undefined>;
}

export interface InstanceRequirements {
  /** Virtual CPUs. Required, and so is `min`. */
  vcpuCount?: pulumi.Input<VcpuCount | undefined>;
  /** Memory. Required, and so is `min`. */
  memoryMib?: pulumi.Input<MemoryMib | undefined>;
  /**
   * Makers of the CPU.
   * It must be a list, each one of `intel`, `amd`, `amazon-web-services`, `apple`.
   * Default of the service: any.
   */
  cpuManufacturers?: pulumi.Input<
    pulumi.Input<"intel" | "amd" | "amazon-web-services" | "apple" | (string & {})>[] | undefined
  >;
  /**
   * Memory for each virtual CPU.
   * Default of the service: no limit.
   */
  memoryGibPerVcpu?: pulumi.Input<MemoryGibPerVcpu | undefined>;
  /**
   * Instance types to leave out. Excludes `allowedInstanceTypes`.
   * It must be a list of at most 400 entries, each 1 to 30 letters, digits and `.*-`.
   */
  excludedInstanceTypes?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /**
   * The only instance types to choose from. Excludes `excludedInstanceTypes`.
   * It must be a list of at most 400 entries, each 1 to 30 letters, digits and `.*-`.
   */
  allowedInstanceTypes?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /**
   * Generations of instance types.
   * It must be a list, each one of `current`, `previous`.
   * Default of the service: any.
   */
  instanceGenerations?: pulumi.Input<pulumi.Input<"current" | "previous" | (string & {})>[] | undefined>;
  /**
   * How much dearer than the cheapest current C, M or R type a Spot Instance may be; 999999 for no limit. Excludes `maxSpotPriceAsPercentageOfOptimalOnDemandPrice`.
   * It must be a whole number of at least 0 (%).
   * Default of the service: chosen by the service.
   */
  spotMaxPricePercentageOverLowestPrice?: pulumi.Input<number | undefined>;
  /**
   * How dear a Spot Instance may be, in percent of the On-Demand price of the cheapest current C, M or R type; 999999 for no limit. Excludes `spotMaxPricePercentageOverLowestPrice`.
   * It must be a whole number of at least 0 (%).
   * Default of the service: chosen by the service.
   */
  maxSpotPriceAsPercentageOfOptimalOnDemandPrice?: pulumi.Input<number | undefined>;
  /**
   * How much dearer than the cheapest current C, M or R type an On-Demand Instance may be; 999999 for no limit.
   * It must be a whole number of at least 0 (%).
   * Default of the service: `20`.
   */
  onDemandMaxPricePercentageOverLowestPrice?: pulumi.Input<number | undefined>;
  /**
   * Bare metal types.
   * Default of the service: `excluded`.
   */
  bareMetal?: pulumi.Input<"included" | "excluded" | "required" | (string & {}) | undefined>;
  /**
   * Types with burstable performance.
   * Default of the service: `excluded`.
   */
  burstablePerformance?: pulumi.Input<"included" | "excluded" | "required" | (string & {}) | undefined>;
  /**
   * Only types that can hibernate.
   * Default of the service: `false`.
   */
  requireHibernateSupport?: pulumi.Input<boolean | undefined>;
  /**
   * Network interfaces.
   * Default of the service: no limit.
   */
  networkInterfaceCount?: pulumi.Input<NetworkInterfaceCount | undefined>;
  /**
   * Types with instance store volumes.
   * Default of the service: `included`.
   */
  localStorage?: pulumi.Input<"included" | "excluded" | "required" | (string & {}) | undefined>;
  /**
   * Kinds of instance store volumes.
   * It must be a list, each one of `hdd`, `ssd`.
   * Default of the service: any.
   */
  localStorageTypes?: pulumi.Input<pulumi.Input<"hdd" | "ssd" | (string & {})>[] | undefined>;
  /**
   * Instance store volumes in all.
   * Default of the service: no limit.
   */
  totalLocalStorageGb?: pulumi.Input<TotalLocalStorageGb | undefined>;
  /**
   * Baseline bandwidth to EBS.
   * Default of the service: no limit.
   */
  baselineEbsBandwidthMbps?: pulumi.Input<BaselineEbsBandwidthMbps | undefined>;
  /**
   * Kinds of accelerators.
   * It must be a list, each one of `gpu`, `fpga`, `inference`.
   * Default of the service: any.
   */
  acceleratorTypes?: pulumi.Input<pulumi.Input<"gpu" | "fpga" | "inference" | (string & {})>[] | undefined>;
  /**
   * Accelerators; with a maximum of 0 only types that have none.
   * Default of the service: no limit.
   */
  acceleratorCount?: pulumi.Input<AcceleratorCount | undefined>;
  /**
   * Makers of the accelerators.
   * It must be a list, each one of `nvidia`, `amd`, `amazon-web-services`, `xilinx`.
   * Default of the service: any.
   */
  acceleratorManufacturers?: pulumi.Input<
    pulumi.Input<"nvidia" | "amd" | "amazon-web-services" | "xilinx" | (string & {})>[] | undefined
  >;
  /**
   * Accelerators by their names.
   * It must be a list, each one of `a100`, `v100`, `k80`, `t4`, `m60`, `radeon-pro-v520`, `vu9p`.
   * Default of the service: any.
   */
  acceleratorNames?: pulumi.Input<
    pulumi.Input<"a100" | "v100" | "k80" | "t4" | "m60" | "radeon-pro-v520" | "vu9p" | (string & {})>[] | undefined
  >;
  /**
   * Memory of all accelerators.
   * Default of the service: no limit.
   */
  acceleratorTotalMemoryMib?: pulumi.Input<AcceleratorTotalMemoryMib | undefined>;
  /**
   * Network bandwidth.
   * Default of the service: no limit.
   */
  networkBandwidthGbps?: pulumi.Input<NetworkBandwidthGbps | undefined>;
  /** Performance that instance types must reach, as that of a family. */
  baselinePerformanceFactors?: pulumi.Input<BaselinePerformanceFactors | undefined>;
}

export interface VcpuCount {
  /**
   * At least this.
   * It must be a whole number of at least 0.
   */
  min?: pulumi.Input<number | undefined>;
  /**
   * At most this.
   * It must be a whole number of at least 0.
   */
  max?: pulumi.Input<number | undefined>;
}

export interface MemoryMib {
  /**
   * At least this.
   * It must be a whole number of at least 0 (MiB).
   */
  min?: pulumi.Input<number | undefined>;
  /**
   * At most this.
   * It must be a whole number of at least 0 (MiB).
   */
  max?: pulumi.Input<number | undefined>;
}

export interface MemoryGibPerVcpu {
  /**
   * At least this.
   * It must be a number of at least 0 (GiB).
   */
  min?: pulumi.Input<number | undefined>;
  /**
   * At most this.
   * It must be a number of at least 0 (GiB).
   */
  max?: pulumi.Input<number | undefined>;
}

export interface NetworkInterfaceCount {
  /**
   * At least this.
   * It must be a whole number of at least 0.
   */
  min?: pulumi.Input<number | undefined>;
  /**
   * At most this.
   * It must be a whole number of at least 0.
   */
  max?: pulumi.Input<number | undefined>;
}

export interface TotalLocalStorageGb {
  /**
   * At least this.
   * It must be a number of at least 0 (GB).
   */
  min?: pulumi.Input<number | undefined>;
  /**
   * At most this.
   * It must be a number of at least 0 (GB).
   */
  max?: pulumi.Input<number | undefined>;
}

export interface BaselineEbsBandwidthMbps {
  /**
   * At least this.
   * It must be a whole number of at least 0 (Mbit/s).
   */
  min?: pulumi.Input<number | undefined>;
  /**
   * At most this.
   * It must be a whole number of at least 0 (Mbit/s).
   */
  max?: pulumi.Input<number | undefined>;
}

export interface AcceleratorCount {
  /**
   * At least this.
   * It must be a whole number of at least 0.
   */
  min?: pulumi.Input<number | undefined>;
  /**
   * At most this.
   * It must be a whole number of at least 0.
   */
  max?: pulumi.Input<number | undefined>;
}

export interface AcceleratorTotalMemoryMib {
  /**
   * At least this.
   * It must be a whole number of at least 0 (MiB).
   */
  min?: pulumi.Input<number | undefined>;
  /**
   * At most this.
   * It must be a whole number of at least 0 (MiB).
   */
  max?: pulumi.Input<number | undefined>;
}

export interface NetworkBandwidthGbps {
  /**
   * At least this.
   * It must be a number of at least 0 (Gbit/s).
   */
  min?: pulumi.Input<number | undefined>;
  /**
   * At most this.
   * It must be a number of at least 0 (Gbit/s).
   */
  max?: pulumi.Input<number | undefined>;
}

export interface BaselinePerformanceFactors {
  /** CPU performance. */
  cpu?: pulumi.Input<Cpu | undefined>;
}

export interface Cpu {
  /** The instance family that sets the baseline; the service takes one. */
  references?: pulumi.Input<pulumi.Input<Reference>[] | undefined>;
}

export interface Reference {
  /** The part of an instance type before the period: `c6i`. */
  instanceFamily?: pulumi.Input<string | undefined>;
}

export interface InstancesDistribution {
  /**
   * How types of On-Demand Instances are chosen. `prioritized` takes the overrides in their order, and cannot be combined with instance requirements.
   * Default of the service: prioritized; lowest-price with instance requirements.
   */
  onDemandAllocationStrategy?: pulumi.Input<"lowest-price" | "prioritized" | (string & {}) | undefined>;
  /**
   * Least capacity of On-Demand Instances, in the unit of the group's capacity.
   * It must be a whole number of at least 0.
   * Default of the service: `0`.
   */
  onDemandBaseCapacity?: pulumi.Input<number | undefined>;
  /**
   * Share of On-Demand Instances in the capacity above that.
   * It must be a whole number from 0 to 100 (%).
   * Default of the service: `100`.
   */
  onDemandPercentageAboveBaseCapacity?: pulumi.Input<number | undefined>;
  /**
   * How types of Spot Instances are chosen. `capacity-optimized-prioritized` cannot be combined with instance requirements.
   * Default of the service: `lowest-price`.
   */
  spotAllocationStrategy?: pulumi.Input<
    | "price-capacity-optimized"
    | "capacity-optimized"
    | "capacity-optimized-prioritized"
    | "lowest-price"
    | (string & {})
    | undefined
  >;
  /**
   * Spot pools to spread over, from 1 to 20; only with the strategy `lowest-price`. 0 counts as left out, as in `aws.autoscaling.Group`.
   * It must be a whole number from 0 to 20.
   * Default of the service: `2`.
   */
  spotInstancePools?: pulumi.Input<number | undefined>;
  /**
   * Highest price for a Spot Instance and hour, in US dollars. An empty string removes one that was set before.
   * It must be a price of at least 0.001 in a string, or an empty string for the On-Demand price.
   * Unit: USD/h.
   * Default of the service: the On-Demand price.
   */
  spotMaxPrice?: pulumi.Input<string | undefined>;
  /** Kinds of capacity to launch into, such as Capacity Reservations. */
  distributionSegments?: pulumi.Input<pulumi.Input<DistributionSegment>[] | undefined>;
}

export interface DistributionSegment {
  /**
   * Kinds of capacity in the order in which they are tried.
   * It must be a list, each one of `on-demand-capacity-reservation`, `capacity-block`, `interruptible-capacity-reservation`, `on-demand`.
   */
  targetCapacityTypes?: pulumi.Input<
    | pulumi.Input<
        | "on-demand-capacity-reservation"
        | "capacity-block"
        | "interruptible-capacity-reservation"
        | "on-demand"
        | (string & {})
      >[]
    | undefined
  >;
}

export interface Preferences {
  /**
   * Share of the desired capacity that stays in service and healthy, rounded up to whole instances. 0 may replace all at once; with both percentages at 100, one at a time, launched before another is terminated.
   * It must be a whole number from 0 to 100 (%).
   * Default of the service: 90, or that of the group's instance maintenance policy.
   */
  minHealthyPercentage?: pulumi.Input<number | undefined>;
  /**
   * How far the group may grow while instances are replaced; at most 100 above `minHealthyPercentage`, which it needs beside it. 100 is not the same as leaving it out: only with it the group launches before it terminates when both bounds cannot be kept.
   * It must be a whole number from 100 to 200 (%).
   * Default of the service: 100, or that of the group's instance maintenance policy.
   */
  maxHealthyPercentage?: pulumi.Input<number | undefined>;
  /**
   * How long after it is in service a new instance counts as ready.
   * It must be a whole number of at least 0 (s), or one in a string.
   * Default of the service: the group's default instance warmup, else its health check grace period.
   */
  instanceWarmup?: pulumi.Input<number | string | undefined>;
  /**
   * Shares of new instances at which the refresh pauses, in ascending order. It replaces no more than the last: end with 100 to replace all.
   * It must be a list, each a whole number from 1 to 100 (%).
   */
  checkpointPercentages?: pulumi.Input<pulumi.Input<number>[] | undefined>;
  /**
   * How long the refresh pauses at a checkpoint. Needs `checkpointPercentages`.
   * It must be a whole number from 0 to 172800 (s), or one in a string.
   * Default of the service: `3600`.
   */
  checkpointDelay?: pulumi.Input<number | string | undefined>;
  /**
   * Leave instances alone that already run the desired configuration, or the group's own when none is desired. It does not see what user data downloads: `triggers` is for that.
   * Default of the service: `false`.
   */
  skipMatching?: pulumi.Input<boolean | undefined>;
  /**
   * Roll back when the refresh fails or an alarm goes off; it then ends `RollbackSuccessful`, which is a failure of the resource. Needs a desired configuration, and a numbered template version saved on the group.
   * Default of the service: `false`.
   */
  autoRollback?: pulumi.Input<boolean | undefined>;
  /**
   * What to do with instances that are protected from scale-in: replace them, leave them, or wait an hour for the protection to be removed and then fail.
   * Default of the service: `Wait`.
   */
  scaleInProtectedInstances?: pulumi.Input<"Refresh" | "Ignore" | "Wait" | (string & {}) | undefined>;
  /**
   * What to do with instances in standby: terminate them, leave them, or wait an hour for them to be put in service and then fail.
   * Default of the service: `Wait`.
   */
  standbyInstances?: pulumi.Input<"Terminate" | "Ignore" | "Wait" | (string & {}) | undefined>;
  /** Alarms that fail the refresh when they go off. */
  alarmSpecification?: pulumi.Input<AlarmSpecification | undefined>;
  /**
   * How long the refresh goes on after the last instance was replaced, so that alarms can still fail it.
   * It must be a whole number from 0 to 172800 (s), or one in a string.
   * Default of the service: `0`.
   */
  bakeTime?: pulumi.Input<number | string | undefined>;
}

export interface AlarmSpecification {
  /**
   * Names of CloudWatch alarms. Each must be in the state OK at the start.
   * It must be a list of at most 10 entries, each a string from 1 to 255 characters.
   */
  alarms?: pulumi.Input<pulumi.Input<string>[] | undefined>;
}

export interface Window {
  /**
   * When the window opens: minute, hour, day of the month, month, day of the week, in `timeZone`.
   * It must be a cron schedule of five fields, such as "0 22 * * SAT".
   */
  schedule: pulumi.Input<string>;
  /**
   * For how long it is open each time. Windows that overlap or touch are one.
   * It must be a duration such as "90s", "1h30m" or "1d", of more than zero.
   */
  duration: pulumi.Input<string>;
  /**
   * Time zone of the schedule.
   * It must be the name of a time zone in the IANA database, such as "Europe/Berlin" or "UTC".
   * Default: `UTC`.
   */
  timeZone?: pulumi.Input<string | undefined>;
}

export interface Freeze {
  /**
   * When the freeze begins.
   * It must be a time in ISO 8601 with its offset from UTC, such as "2026-12-20T18:00:00+01:00".
   */
  from: pulumi.Input<string>;
  /**
   * When it is over.
   * It must be a time in ISO 8601 with its offset from UTC, such as "2026-12-20T18:00:00+01:00".
   */
  to: pulumi.Input<string>;
  /** Why, in the words that the message shows. */
  reason: pulumi.Input<string>;
}

export interface Rollout {
  /** The same for all refreshes of the rollout. */
  name: pulumi.Input<string>;
  /**
   * What happens to this refresh when it runs while another one of the rollout fails: it is followed to its end, cancelled or rolled back.
   * Default: `leave`.
   */
  onFailure?: pulumi.Input<"leave" | "cancel" | "rollback" | undefined>;
  /**
   * Number of its wave, from 0 on. While a refresh of an earlier wave is held by its windows or freezes, this one is held too.
   * It must be a whole number of at least 0.
   * Default: `0`.
   */
  wave?: pulumi.Input<number | undefined>;
  /**
   * While so many refreshes of the rollout run that this deployment follows, this one waits. Default: any number.
   * It must be a whole number of at least 1.
   */
  maxConcurrent?: pulumi.Input<number | undefined>;
  /**
   * Start the refresh and do not wait for its end: the wave of the rollout waits for all of its refreshes together. Not with `maxConcurrent`.
   * Default: `false`.
   */
  startOnly?: pulumi.Input<boolean | undefined>;
}

export interface Analysis {
  /** What is measured. Each has one of `http`, `prometheus` and `command`. */
  checks: pulumi.Input<pulumi.Input<Check>[]>;
  /**
   * What happens to the refresh when the analysis fails: it is rolled back, cancelled, or goes on while the deployment fails.
   * Default: `rollback`.
   */
  onFailure?: pulumi.Input<"rollback" | "cancel" | "fail" | undefined>;
  /**
   * What happens when five measurements of a check in a row are inconclusive: the refresh is suspended until somebody resumes it (ESS only), the analysis fails, or nothing.
   * Default: `ignore`.
   */
  onInconclusive?: pulumi.Input<"pause" | "fail" | "ignore" | undefined>;
  /**
   * At a checkpoint, go on as soon as every check has passed its `successCount`, instead of pausing for the whole time. ESS only: a pause of AWS cannot be cut short.
   * Default: `false`.
   */
  promote?: pulumi.Input<boolean | undefined>;
}

export interface Check {
  /** Names the check in messages. */
  name: pulumi.Input<string>;
  /**
   * Time from one measurement to the next.
   * It must be a duration such as "90s", "1h30m" or "1d", above 0.
   * Default: `60s`.
   */
  interval?: pulumi.Input<string | undefined>;
  /**
   * Time from the first replaced instance to the first measurement.
   * It must be a duration such as "90s", "1h30m" or "1d".
   * Default: `0s`.
   */
  initialDelay?: pulumi.Input<string | undefined>;
  /**
   * How long one measurement may take.
   * It must be a duration such as "90s", "1h30m" or "1d", above 0.
   * Default: `10s`.
   */
  timeout?: pulumi.Input<string | undefined>;
  /**
   * How many measurements may fail in all. One more fails the analysis.
   * It must be a whole number of at least 0.
   * Default: `0`.
   */
  failureLimit?: pulumi.Input<number | undefined>;
  /**
   * How many measurements in a row must pass at a checkpoint before `promote` goes on.
   * It must be a whole number of at least 1.
   * Default: `1`.
   */
  successCount?: pulumi.Input<number | undefined>;
  /** Asks an address over HTTP. */
  http?: pulumi.Input<Http | undefined>;
  /** Asks a server that has the API of Prometheus. No answer, and no data, are inconclusive. */
  prometheus?: pulumi.Input<Prometheus | undefined>;
  /** Runs a program. */
  command?: pulumi.Input<Command | undefined>;
}

export interface Http {
  /**
   * Address that is asked.
   * It must be an address such as "https://web.example.com/health".
   */
  url: pulumi.Input<string>;
  /**
   * Method of the request.
   * Default: `GET`.
   */
  method?: pulumi.Input<string | undefined>;
  /**
   * Headers of the request.
   * Its value is never printed.
   */
  headers?: pulumi.Input<{ [key: string]: string } | undefined>;
  /**
   * Status that passes. When left out, any from 200 to 299 does.
   * It must be a whole number from 100 to 599.
   */
  expectStatus?: pulumi.Input<number | undefined>;
  /** Text that the body must contain. */
  expectBody?: pulumi.Input<string | undefined>;
}

export interface Prometheus {
  /**
   * Address of the server, without `/api/v1`.
   * It must be an address such as "http://prometheus:9090".
   */
  address: pulumi.Input<string>;
  /** Query in PromQL, such as the share of failed requests. Every value of its result is compared. */
  query: pulumi.Input<string>;
  /**
   * Least value that passes.
   * It must be a number.
   */
  min?: pulumi.Input<number | undefined>;
  /**
   * Greatest value that passes.
   * It must be a number.
   */
  max?: pulumi.Input<number | undefined>;
  /**
   * Headers of the request.
   * Its value is never printed.
   */
  headers?: pulumi.Input<{ [key: string]: string } | undefined>;
}

export interface Command {
  /**
   * The program and its arguments. No shell reads them. Exit code 0 passes, 1 fails, any other is inconclusive.
   * It must be a list of at least 1 entries, each a string.
   */
  run: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Variables of the environment, beside those of the deployment.
   * Its value is never printed.
   */
  environment?: pulumi.Input<{ [key: string]: string } | undefined>;
}

export interface Connection {
  /**
   * Region of the group. Else the region of the stack's or the provider's configuration, else of the environment.
   */
  region?: pulumi.Input<string | undefined>;
  /** Name of a profile in the cloud's own configuration files. */
  profile?: pulumi.Input<string | undefined>;
  /** Address of the API, a host or a URL; for private endpoints and emulators. */
  endpoint?: pulumi.Input<string | undefined>;
  /** ARN of a role to assume with the credentials found. */
  role?: pulumi.Input<string | undefined>;
}

export interface ProgressDetails {
  /** Progress on instances of the group itself. */
  readonly livePoolProgress?: LivePoolProgress | undefined;
  /** Progress on instances of its warm pool. */
  readonly warmPoolProgress?: WarmPoolProgress | undefined;
}

export interface LivePoolProgress {
  /**
   * Share that has been replaced.
   * Unit: %.
   */
  readonly percentageComplete?: number | undefined;
  /** Instances that are still to be replaced. */
  readonly instancesToUpdate?: number | undefined;
}

export interface WarmPoolProgress {
  /**
   * Share that has been replaced.
   * Unit: %.
   */
  readonly percentageComplete?: number | undefined;
  /** Instances that are still to be replaced. */
  readonly instancesToUpdate?: number | undefined;
}

export interface RollbackDetails {
  /** Why it was rolled back, in the cloud's words. */
  readonly rollbackReason?: string | undefined;
  /** When the rollback began, ISO 8601, UTC. */
  readonly rollbackStartTime?: string | undefined;
  /**
   * How far the refresh was then.
   * Unit: %.
   */
  readonly percentageCompleteOnRollback?: number | undefined;
  /** Instances that were still to be replaced then. */
  readonly instancesToUpdateOnRollback?: number | undefined;
  /** Progress of the group and of its warm pool then. */
  readonly progressDetailsOnRollback?: ProgressDetailsOnRollback | undefined;
}

export interface ProgressDetailsOnRollback {
  /** Progress on instances of the group itself. */
  readonly livePoolProgress?: LivePoolProgress | undefined;
  /** Progress on instances of its warm pool. */
  readonly warmPoolProgress?: WarmPoolProgress | undefined;
}
