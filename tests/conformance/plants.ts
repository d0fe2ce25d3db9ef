/** Ways in which the emulator is made wrong, one at a time, each with the fact that it breaks. */
import type { Deviation } from "../../src/emulator/deviation";
import type { Rules } from "../../src/simulation/rules";
import type { Texts } from "../../src/simulation/texts";

export interface Plant {
  readonly fact: string;
  readonly what: string;
  readonly deviation: Deviation;
}

type Changed = Readonly<Record<string, string | undefined>>;

const rule = (fact: string, patch: Partial<Rules>): Plant => ({
  fact,
  what: `rule ${Object.entries(patch).map(([name, value]) => `${name}: ${String(value)}`)}`,
  deviation: { rules: (rules) => ({ ...rules, ...patch }) },
});

const text = (fact: string, patch: Partial<Texts>): Plant => ({
  fact,
  what: `text ${Object.keys(patch)}`,
  deviation: { rules: (rules) => ({ ...rules, texts: { ...rules.texts, ...patch } }) },
});

/** In every answer, or in those of one operation. */
const says = (fact: string, from: string, to: string, of?: string): Plant => ({
  fact,
  what: `says ${to} for ${from}`,
  deviation: { answer: (operation, body) => (of && operation !== of ? body : body.replaceAll(from, to)) },
});

/** Takes a request for another one, where `when` fits; undefined takes a parameter away. */
const takes = (fact: string, of: string, when: Changed, change: Changed): Plant => ({
  fact,
  what: `takes ${of} ${JSON.stringify(when)} for ${JSON.stringify(change)}`,
  deviation: {
    request: (operation, parameters) => {
      if (operation !== of || !Object.entries(when).every(([name, value]) => parameters[name] === value))
        return parameters;
      const changed = Object.entries({ ...parameters, ...change }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      );
      return Object.fromEntries(changed) as Record<string, string>;
    },
  },
});

const start = "StartInstanceRefresh";
const p = (name: string) => `Preferences.${name}`;

export const awsPlants: readonly Plant[] = [
  // Rules and defaults
  rule("aws-default-min-healthy", { minHealthyPercentage: 50 }),
  rule("aws-default-max-healthy", { maxHealthyPercentage: 150 }),
  rule("aws-default-skip-matching", { skipMatching: true }),
  rule("aws-default-protected", { protectedInstances: "Ignore" }),
  rule("aws-default-protected", { protectedInstances: "Refresh" }),
  rule("aws-default-standby", { standbyInstances: "Ignore" }),
  rule("aws-default-standby", { standbyInstances: "Terminate" }),
  rule("aws-replaces-launching", { replacesLaunchingInstances: false }),
  rule("aws-nothing-to-replace", { nothingToReplace: "Refuse" }),
  rule("aws-cancel-of-rollback", { cancelsRollbacks: false }),
  rule("aws-last-checkpoint-no-pause", { pausesAtLastCheckpoint: true }),
  rule("aws-large-weight", { replacesAllWhenWeightIsLarge: false }),
  rule("aws-blocked-for-an-hour", { blockedSeconds: 1200 }),
  rule("aws-blocked-for-an-hour", { blockedSeconds: 4 * 3600 }),
  // Texts
  text("aws-reason-warming-up", { warmingUp: (id) => `${id} warms up.` }),
  text("aws-reason-health-unknown", { healthUnknown: (id) => `${id} has insufficient data to say more.` }),
  text("aws-reason-protected", { waitsForProtected: (id) => `${id} is protected.` }),
  text("aws-reason-standby", { waitsForStandby: (id) => `${id} is in standby.` }),
  text("aws-reason-unhealthy", { unhealthy: "They do not pass their health checks." }),
  text("aws-reason-checkpoint", { atCheckpoint: (percent) => `At the checkpoint ${percent}.` }),
  text("aws-reason-baking", { baking: "Waiting for the bake time." }),
  text("aws-reason-cancelled", { cancelled: () => "It was cancelled." }),
  text("aws-reason-up-to-date", { upToDate: "All instances are up to date." }),
  text("aws-reason-failed", { noProgress: (minutes) => `No progress within ${minutes} minutes.` }),
  text("aws-reason-alarm", { alarm: (name) => `The alarm ${name} went off.` }),
  text("aws-reason-rolled-back", { rolledBackOnRequest: "Rolled back by a user." }),
  text("aws-process-suspended", { processSuspended: (process) => `The process ${process} sleeps.` }),
  says(
    "aws-cause-refresh",
    "was launched in response to an instance refresh",
    "was begun in response to an instance refresh",
  ),
  says("aws-cause-selected", "was selected for termination", "was chosen"),
  says("aws-cause-capacity", "difference between desired and actual capacity", "difference between the capacities"),
  says("aws-cause-standby", "was moved to standby", "went to standby"),
  says("aws-cause-request", "was detached in response", "was let go in response"),
  says("aws-cause-unhealthy", "EC2 instance status checks failure", "status checks failure"),
  says("aws-activity-descriptions", "Launching a new EC2 instance", "Launching an instance"),
  says("aws-activity-descriptions", "Detaching EC2 instance", "Detaching instance"),
  says("aws-activity-descriptions", "to Standby: ", "into Standby: "),
  says("aws-activity-hook", "MidLifecycleAction", "WaitingForHook"),
  says("aws-activity-out-of-standby", "<Progress>30<", "<Progress>31<"),
  says("aws-activity-details", "Subnet ID", "SubnetId"),
  says("aws-suspension-reason", "User suspended at", "Suspended at"),
  // Statuses
  says("aws-status-pending", "<Status>Pending<", "<Status>PendingStart<"),
  says("aws-status-in-progress", "<Status>InProgress<", "<Status>In progress<"),
  says("aws-status-baking", "<Status>Baking<", "<Status>BakingTime<"),
  says("aws-status-cancelling", "<Status>Cancelling<", "<Status>CancellingNow<"),
  says("aws-status-cancelled", "<Status>Cancelled<", "<Status>Canceled<"),
  says("aws-status-successful", "<Status>Successful<", "<Status>Success<"),
  says("aws-status-rollback-in-progress", "<Status>RollbackInProgress<", "<Status>RollingBackInProgress<"),
  says("aws-status-rollback-successful", "<Status>RollbackSuccessful<", "<Status>RollbackSuccess<"),
  says("aws-status-failed", "<Status>Failed<", "<Status>Failure<"),
  says("aws-lifecycle-states", ">Pending:Wait<", ">Pending:Hook<"),
  // What is described
  says("aws-default-warmup", "<InstanceWarmup>60<", "<InstanceWarmup>0<"),
  says("aws-echo-preferences", "<AutoRollback>false</AutoRollback>", "", "DescribeInstanceRefreshes"),
  says("aws-percentage-complete", "<PercentageComplete>100<", "<PercentageComplete>99<"),
  says("aws-baking-at-100", "<PercentageComplete>100<", "<PercentageComplete>95<"),
  says("aws-instances-to-update", "<InstancesToUpdate>0<", "<InstancesToUpdate>1<"),
  says("aws-percentage-in-rollback", "<PercentageComplete>0<", "<PercentageComplete>100<"),
  says("aws-instances-to-update-rollback", "<PercentageCompleteOnRollback>50<", "<PercentageCompleteOnRollback>51<"),
  says(
    "aws-pending-without-start",
    "<Status>Pending</Status>",
    "<Status>Pending</Status><StartTime>2026-01-01T00:00:00Z</StartTime>",
  ),
  says("aws-hook-defaults", "<HeartbeatTimeout>3600<", "<HeartbeatTimeout>300<"),
  says("aws-hook-defaults", "<DefaultResult>ABANDON<", "<DefaultResult>CONTINUE<"),
  says("aws-hook-global-timeout", "<GlobalTimeout>12000<", "<GlobalTimeout>172800<"),
  says("aws-warm-pool-defaults", "<PoolState>Stopped<", "<PoolState>Running<"),
  says("aws-warm-pool-progress", "<LivePoolProgress>", "<LiveProgress>"),
  says("aws-alarm-begins-without-data", "<StateValue>INSUFFICIENT_DATA<", "<StateValue>OK<"),
  // Rounding, order, and other ways to replace
  takes("aws-min-rounded-up", start, { [p("MinHealthyPercentage")]: "50" }, { [p("MinHealthyPercentage")]: "33" }),
  takes("aws-min-0", start, { [p("MinHealthyPercentage")]: "0" }, { [p("MinHealthyPercentage")]: "50" }),
  takes(
    "aws-min-100-without-max",
    start,
    { [p("MinHealthyPercentage")]: "100", [p("MaxHealthyPercentage")]: undefined },
    { [p("MaxHealthyPercentage")]: "150" },
  ),
  takes("aws-both-100", start, { [p("MaxHealthyPercentage")]: "100" }, { [p("MaxHealthyPercentage")]: undefined }),
  takes("aws-bounds-kept", start, { [p("MaxHealthyPercentage")]: "150" }, { [p("MaxHealthyPercentage")]: undefined }),
  takes(
    "aws-last-checkpoint-below-100",
    start,
    { [p("CheckpointDelay")]: "60" },
    { [`${p("CheckpointPercentages")}.member.2`]: "100" },
  ),
  takes("aws-checkpoint-share", start, { [p("CheckpointDelay")]: "600" }, { [p("CheckpointDelay")]: "60" }),
  takes("aws-alarm-fails", start, { [p("AutoRollback")]: "true" }, { [p("AutoRollback")]: "false" }),
  rule("aws-attached-instances", { replacesManualInstances: false }),
  // What is refused, and is not
  takes(
    "aws-max-needs-min",
    start,
    { [p("MaxHealthyPercentage")]: "150", [p("MinHealthyPercentage")]: undefined },
    { [p("MaxHealthyPercentage")]: undefined },
  ),
  takes("aws-healthy-range", start, { [p("MinHealthyPercentage")]: "20" }, { [p("MinHealthyPercentage")]: "60" }),
  takes("aws-two-days", start, { [p("BakeTime")]: "172801" }, { [p("BakeTime")]: "172800" }),
  takes("aws-delay-needs-checkpoints", start, { [p("CheckpointDelay")]: "60" }, { [p("CheckpointDelay")]: undefined }),
  takes("aws-error-constraints", start, { [p("MinHealthyPercentage")]: "101" }, { [p("MinHealthyPercentage")]: "100" }),
  takes("aws-root-volume-policy", start, { Strategy: "ReplaceRootVolume" }, { Strategy: "Rolling" }),
  takes("aws-page-sizes", "DescribeInstanceRefreshes", { MaxRecords: "101" }, { MaxRecords: "100" }),
  takes(
    "aws-group-sizes",
    "CreateAutoScalingGroup",
    { MinSize: "2", MaxSize: "1" },
    { MaxSize: "2", AutoScalingGroupName: "conformance-emulated-x" },
  ),
  takes("aws-group-desired", "SetDesiredCapacity", { DesiredCapacity: "5" }, { DesiredCapacity: "0" }),
  takes("aws-not-negative", "UpdateAutoScalingGroup", { DefaultCooldown: "-5" }, { DefaultCooldown: "5" }),
  takes("aws-warm-pool-sizes", "PutWarmPool", { MinSize: "2" }, { MinSize: "1" }),
  takes(
    "aws-process-unknown",
    "SuspendProcesses",
    { "ScalingProcesses.member.1": "Sleep" },
    { "ScalingProcesses.member.1": "Launch" },
  ),
  takes("aws-error-next-token", "DescribeInstanceRefreshes", { NextToken: "none" }, { NextToken: undefined }),
  // The words and codes of refusals
  says("aws-error-in-progress", "blocks the execution of this", "prevents this"),
  says("aws-error-in-progress", "<Code>InstanceRefreshInProgress<", "<Code>ValidationError<"),
  says("aws-error-not-active", "No in progress or pending Instance Refresh found", "No active refresh found"),
  says("aws-update-restricted", "An active instance refresh with a desired", "An instance refresh with a desired"),
  says("aws-checkpoints-ascend", "must be unique and in ascending order", "must ascend"),
  says("aws-one-desired", "must contain either LaunchTemplate or", "needs LaunchTemplate or"),
  says("aws-template-fully-formed", "fully-formed launch template", "launch template"),
  says("aws-rollback-refused", "There is no desired configuration specified", "No desired configuration"),
  says("aws-group-missing", "AutoScalingGroup name not found", "Group not found"),
  says("aws-group-exists", "<Code>AlreadyExists<", "<Code>AlreadyExistsFault<"),
  says("aws-group-names", "must not contain a colon", "is wrong"),
  says("aws-instance-unknown", "No managed instance found", "No instance found"),
  says("aws-hook-unknown", "No Lifecycle Hook found", "No hook found"),
  says("aws-delete-in-use", "pending Spot instance request(s)", "requests"),
  says("aws-standby-sizes", "please update the AutoScalingGroup sizes", "update the sizes"),
  says("aws-terminate-sizes", "without replacement will violate", "violates"),
  says("aws-alarm-refuses-start", "<Code>ValidationError<", "<Code>AlarmIsOn<", start),
  says("aws-template-codes", "InvalidLaunchTemplateName.AlreadyExistsException", "InvalidLaunchTemplateName.Duplicate"),
  says("aws-filter-unknown", "is not correct", "is wrong"),
];

const e = "StartInstanceRefresh";

export const essPlants: readonly Plant[] = [
  rule("ess-no-cancel-in-rollback", { cancelsRollbacks: true }),
  rule("ess-last-checkpoint-pauses", { pausesAtLastCheckpoint: false }),
  rule("ess-no-exception-for-weights", { replacesAllWhenWeightIsLarge: true }),
  rule("ess-no-progress", { blockedSeconds: 1200 }),
  rule("ess-ignored-instances", { protectedInstances: "Refresh" }),
  rule("ess-ignored-instances", { standbyInstances: "Terminate" }),
  rule("ess-nothing-to-refresh", { nothingToReplace: "Succeed" }),
  rule("ess-nothing-in-service", { replacesLaunchingInstances: true }),
  text("ess-detail", { noProgress: (minutes) => `Nothing happened for ${minutes} minutes.` }),
  text("ess-detail", { unhealthy: "Machines fail." }),
  says("ess-default-min-healthy", '"MinHealthyPercentage":80', '"MinHealthyPercentage":90'),
  says("ess-default-max-healthy", '"MaxHealthyPercentage":120', '"MaxHealthyPercentage":110'),
  says("ess-default-skip-matching", '"SkipMatching":true', '"SkipMatching":false'),
  says("ess-checkpoint-pause-time", '"CheckpointPauseTime":60', '"CheckpointPauseTime":30'),
  says("ess-statuses", '"Status":"CheckpointPause"', '"Status":"CheckpointPaused"'),
  says("ess-statuses", '"Status":"Successful"', '"Status":"Success"'),
  says("ess-statuses", '"Status":"RollbackInProgress"', '"Status":"RollingBack"'),
  says("ess-statuses", '"Status":"Cancelled"', '"Status":"Canceled"'),
  says("ess-paused", '"Status":"Paused"', '"Status":"Suspended"'),
  says("ess-activities", "Launched by instance refresh", "Begun by instance refresh"),
  says("ess-weights", '"TotalNeedUpdateCapacity":4', '"TotalNeedUpdateCapacity":2'),
  says("ess-hook-defaults", '"HeartbeatTimeout":600', '"HeartbeatTimeout":300'),
  says("ess-hook-defaults", '"DefaultResult":"CONTINUE"', '"DefaultResult":"ABANDON"', "DescribeLifecycleHooks"),
  says("ess-hook-states", "Pending:Wait", "Pending:Hook"),
  says("ess-hook-codes", "InvalidLifecycleHookName.NotExist", "InvalidLifecycleHook.NotFound"),
  says("ess-attached-elsewhere", "InvalidInstanceId.InUse", "InvalidParameter"),
  says("ess-one-task", "InstanceRefreshTask.AlreadyRunning", "InstanceRefreshTask.Running"),
  says("ess-disable-during-refresh", "An instance refresh of the scaling group is running", "It is busy"),
  says("ess-client-token-of-another", "it belongs to another request", "it is taken"),
  says("ess-task-codes", "InvalidInstanceRefreshTaskId.NotFound", "InvalidTaskId.NotFound"),
  says("ess-group-missing", "InvalidScalingGroupId.NotFound", "ScalingGroup.NotFound"),
  says("ess-configuration-missing", "InvalidScalingConfigurationId.NotFound", "ScalingConfiguration.NotFound"),
  says("ess-names-are-unique", "InvalidScalingGroupName.Duplicate", "InvalidScalingGroupName.Taken"),
  says("ess-capacity-codes", "IncorrectCapacity.MinSize", "IncorrectCapacity.Least"),
  says("ess-deletion-protection", "InvalidOperation.GroupDeletionProtection", "OperationDenied"),
  says("ess-kinds-of-groups", "UnsupportedScalingGroup", "InvalidScalingGroup"),
  says("ess-unknown-operations", "InvalidAction.NotFound", "InvalidAction"),
  takes(
    "ess-both-100",
    e,
    { MaxHealthyPercentage: "100", MinHealthyPercentage: "100" },
    { MinHealthyPercentage: "50" },
  ),
  takes(
    "ess-order-of-replacing",
    e,
    { MaxHealthyPercentage: "150" },
    { MaxHealthyPercentage: "100", MinHealthyPercentage: "50" },
  ),
  takes("ess-checkpoint-pauses", e, { CheckpointPauseTime: "5" }, { CheckpointPauseTime: "20" }),
  takes("ess-percentages", e, { MinHealthyPercentage: "101" }, { MinHealthyPercentage: "100" }),
  takes("ess-percentages", e, { MaxHealthyPercentage: "201" }, { MaxHealthyPercentage: "200" }),
  takes("ess-checkpoints-end", e, { "Checkpoints.2.Percentage": "50" }, { "Checkpoints.2.Percentage": "100" }),
  takes("ess-checkpoint-pause-time", e, { CheckpointPauseTime: "2881" }, { CheckpointPauseTime: "2880" }),
  takes("ess-client-token", e, { DesiredConfiguration: undefined }, { ClientToken: undefined }),
  takes(
    "ess-success-configuration",
    e,
    { "DesiredConfiguration.LaunchTemplateId": undefined },
    { "DesiredConfiguration.ScalingConfigurationId": undefined },
  ),
  takes("ess-scale-out", "ModifyScalingGroup", { DesiredCapacity: "3" }, { DesiredCapacity: "2" }),
  takes(
    "ess-describe-tasks",
    "DescribeInstanceRefreshes",
    { "InstanceRefreshTaskIds.21": "ir-none" },
    { "InstanceRefreshTaskIds.21": undefined },
  ),
  takes("ess-pages-of-tasks", "DescribeInstanceRefreshes", { MaxResults: "51" }, { MaxResults: "50" }),
  takes("ess-names", "CreateScalingGroup", { ScalingGroupName: "x" }, { ScalingGroupName: "xyz" }),
  takes("ess-tags-limits", "TagResources", {}, { "ResourceIds.51": undefined }),
];
