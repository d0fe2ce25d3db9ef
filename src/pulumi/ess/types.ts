/** Written by `npm run generate` from the definition in `arguments.ts`: change that, and run it again. */
import type * as pulumi from "@pulumi/pulumi";

/** What `ess.InstanceRefresh` takes. */
export interface InstanceRefreshArgs {
  /**
   * Id of the scaling group, `asg-…`: an ECS group with the Priority scaling policy that counts instances (not vCPUs) and releases what it removes, or an ECI group.
   * A change starts a new refresh.
   */
  scalingGroupId: pulumi.Input<string>;
  /**
   * Id of the image to launch from, `m-…`. On success it becomes the image of the group's active configuration, which must not come from a launch template.
   * A change starts a new refresh.
   */
  desiredConfigurationImageId?: pulumi.Input<string | undefined>;
  /**
   * Id of the scaling configuration to launch from, `asc-…`. On success it becomes the group's active one.
   * A change starts a new refresh.
   */
  desiredConfigurationScalingConfigurationId?: pulumi.Input<string | undefined>;
  /**
   * Id of the launch template to launch from, `lt-…`.
   * A change starts a new refresh.
   */
  desiredConfigurationLaunchTemplateId?: pulumi.Input<string | undefined>;
  /**
   * Version of the launch template. With `Default` and `Latest` the refresh cannot be rolled back.
   * It must be a number in a string, `Default` or `Latest`.
   * A change starts a new refresh.
   */
  desiredConfigurationLaunchTemplateVersion?: pulumi.Input<string | undefined>;
  /**
   * Instance types that override the launch template's.
   * A change starts a new refresh.
   */
  desiredConfigurationLaunchTemplateOverrides?: pulumi.Input<
    pulumi.Input<DesiredConfigurationLaunchTemplateOverride>[] | undefined
  >;
  /**
   * Containers to run, for groups of container instances (ECI).
   * A change starts a new refresh.
   */
  desiredConfigurationContainers?: pulumi.Input<pulumi.Input<DesiredConfigurationContainer>[] | undefined>;
  /**
   * Share of the group's capacity that stays in service while instances are replaced. With both percentages at 100, one instance at a time.
   * It must be a whole number from 0 to 100 (%).
   * Default of the service: `80`.
   * A change starts a new refresh, unless `startOn` is `configurationChange`.
   */
  minHealthyPercentage?: pulumi.Input<number | undefined>;
  /**
   * How far the group may grow, in percent of its capacity, while instances are replaced.
   * It must be a whole number from 100 to 200 (%).
   * Default of the service: `120`.
   * A change starts a new refresh, unless `startOn` is `configurationChange`.
   */
  maxHealthyPercentage?: pulumi.Input<number | undefined>;
  /**
   * Leave instances alone that were launched from the desired configuration. It is compared by id, not by content.
   * Default of the service: `true`.
   * A change starts a new refresh, unless `startOn` is `configurationChange`.
   */
  skipMatching?: pulumi.Input<boolean | undefined>;
  /**
   * Where the refresh pauses, in ascending order; the last is 100.
   * A change starts a new refresh, unless `startOn` is `configurationChange`.
   */
  checkpoints?: pulumi.Input<pulumi.Input<Checkpoint>[] | undefined>;
  /**
   * How long the refresh pauses at a checkpoint.
   * It must be a whole number from 1 to 2880 (min).
   * Default of the service: `60`.
   * A change starts a new refresh, unless `startOn` is `configurationChange`.
   */
  checkpointPauseTime?: pulumi.Input<number | undefined>;
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
   * Default: `anyChange`.
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
}

/** What `ess.InstanceRefresh` answers: the arguments of the request as they were given, else as the cloud has them, and how the refresh stands. */
export interface InstanceRefreshState {
  /**
   * Id of the scaling group, `asg-…`: an ECS group with the Priority scaling policy that counts instances (not vCPUs) and releases what it removes, or an ECI group.
   */
  readonly scalingGroupId: pulumi.Output<pulumi.Unwrap<InstanceRefreshArgs["scalingGroupId"]>>;
  /**
   * Id of the image to launch from, `m-…`. On success it becomes the image of the group's active configuration, which must not come from a launch template.
   */
  readonly desiredConfigurationImageId: pulumi.Output<
    pulumi.Unwrap<InstanceRefreshArgs["desiredConfigurationImageId"]>
  >;
  /**
   * Id of the scaling configuration to launch from, `asc-…`. On success it becomes the group's active one.
   */
  readonly desiredConfigurationScalingConfigurationId: pulumi.Output<
    pulumi.Unwrap<InstanceRefreshArgs["desiredConfigurationScalingConfigurationId"]>
  >;
  /** Id of the launch template to launch from, `lt-…`. */
  readonly desiredConfigurationLaunchTemplateId: pulumi.Output<
    pulumi.Unwrap<InstanceRefreshArgs["desiredConfigurationLaunchTemplateId"]>
  >;
  /** Version of the launch template. With `Default` and `Latest` the refresh cannot be rolled back. */
  readonly desiredConfigurationLaunchTemplateVersion: pulumi.Output<
    pulumi.Unwrap<InstanceRefreshArgs["desiredConfigurationLaunchTemplateVersion"]>
  >;
  /** Instance types that override the launch template's. */
  readonly desiredConfigurationLaunchTemplateOverrides: pulumi.Output<
    pulumi.Unwrap<InstanceRefreshArgs["desiredConfigurationLaunchTemplateOverrides"]>
  >;
  /** Containers to run, for groups of container instances (ECI). */
  readonly desiredConfigurationContainers: pulumi.Output<
    pulumi.Unwrap<InstanceRefreshArgs["desiredConfigurationContainers"]>
  >;
  /**
   * Share of the group's capacity that stays in service while instances are replaced. With both percentages at 100, one instance at a time.
   */
  readonly minHealthyPercentage: pulumi.Output<NonNullable<pulumi.Unwrap<InstanceRefreshArgs["minHealthyPercentage"]>>>;
  /** How far the group may grow, in percent of its capacity, while instances are replaced. */
  readonly maxHealthyPercentage: pulumi.Output<NonNullable<pulumi.Unwrap<InstanceRefreshArgs["maxHealthyPercentage"]>>>;
  /**
   * Leave instances alone that were launched from the desired configuration. It is compared by id, not by content.
   */
  readonly skipMatching: pulumi.Output<NonNullable<pulumi.Unwrap<InstanceRefreshArgs["skipMatching"]>>>;
  /** Where the refresh pauses, in ascending order; the last is 100. */
  readonly checkpoints: pulumi.Output<pulumi.Unwrap<InstanceRefreshArgs["checkpoints"]>>;
  /** How long the refresh pauses at a checkpoint. */
  readonly checkpointPauseTime: pulumi.Output<NonNullable<pulumi.Unwrap<InstanceRefreshArgs["checkpointPauseTime"]>>>;
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
  /** Why the refresh stands as it does, in the cloud's words. */
  readonly detail: pulumi.Output<string | undefined>;
  /** Instances that have been replaced. */
  readonly finishedUpdateCapacity: pulumi.Output<number | undefined>;
  /** Instances that are to be replaced in all. */
  readonly totalNeedUpdateCapacity: pulumi.Output<number | undefined>;
  /** Region of the refresh. */
  readonly regionId: pulumi.Output<string | undefined>;
}

export interface DesiredConfigurationLaunchTemplateOverride {
  /** Instance type that overrides the launch template's. */
  instanceType?: pulumi.Input<string | undefined>;
}

export interface DesiredConfigurationContainer {
  /** Name of the container. Only containers of the same name are refreshed. */
  name?: pulumi.Input<string | undefined>;
  /** Image of the container. */
  image?: pulumi.Input<string | undefined>;
  /**
   * Command that the container starts with.
   * It must be a list of at most 20 entries, each a string of at most 256 characters.
   * Its value is never printed.
   */
  commands?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /**
   * Arguments of the start command.
   * It must be a list of at most 10 entries, each a string.
   * Its value is never printed.
   */
  args?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /** Environment variables of the container. */
  environmentVars?: pulumi.Input<pulumi.Input<EnvironmentVar>[] | undefined>;
}

export interface EnvironmentVar {
  /**
   * Name of the variable.
   * It must be 1 to 128 letters, digits and underscores, not a digit first.
   */
  key?: pulumi.Input<string | undefined>;
  /**
   * Value of the variable.
   * It must be a string of at most 256 characters.
   * Its value is never printed.
   */
  value?: pulumi.Input<string | undefined>;
  /**
   * Field of the container group whose value the variable takes. The vendor's page calls it not available; it is sent as it is.
   */
  fieldRefFieldPath?: pulumi.Input<string | undefined>;
}

export interface Checkpoint {
  /**
   * Share of new instances at which the refresh pauses.
   * It must be a whole number from 1 to 100 (%).
   */
  percentage?: pulumi.Input<number | undefined>;
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
