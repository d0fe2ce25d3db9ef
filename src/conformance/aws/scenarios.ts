/** What is played on AWS. */
import { type CallStep, type Parameters, type Scenario, sees, type WaitStep } from "../scenario";
import {
  answer,
  answered,
  described,
  endPercent,
  endReason,
  endStatus,
  type Frame,
  leastInService,
  met,
  minutesOf,
  mostMachines,
  replaced,
  versionsAtEnd,
  wasSeen,
} from "../view";
import { observationsOf, refusedGroups, refusedStarts, stepsOf } from "./refusals";

const group = { AutoScalingGroupName: "{group}" };

/** Starts a refresh to a version of the template; preferences by their names. */
function start(version: string | undefined, preferences: Parameters = {}, as = "StartInstanceRefresh"): CallStep {
  const desired = version && {
    "DesiredConfiguration.LaunchTemplate.LaunchTemplateName": "{group}",
    "DesiredConfiguration.LaunchTemplate.Version": version,
  };
  const named = Object.entries(preferences).map(([name, value]) => [`Preferences.${name}`, value]);
  return { call: "StartInstanceRefresh", as, with: { ...group, ...(desired || {}), ...Object.fromEntries(named) } };
}

const act = (call: string, parameters: Parameters = {}, as = call): CallStep => ({
  call,
  as,
  with: { ...group, ...parameters },
});
const until = (is: (frame: Frame) => boolean, minutes: number): WaitStep => ({ until: is, minutes });
const ended = ({ refresh }: Frame) => refresh?.ended === true;
const untilEnded = (minutes = 30) => until(ended, minutes);
const percentOf = (percent: number) => (frame: Frame) => ended(frame) || (frame.refresh?.percent ?? 0) >= percent;
const reasonLike = (pattern: RegExp) => (frame: Frame) => ended(frame) || pattern.test(frame.refresh?.reason ?? "");
const inStatus = (status: string) => (frame: Frame) => frame.refresh?.status === status;
const quick = { InstanceWarmup: "10" };
const first = { "InstanceIds.member.1": "{first}" };
const policy = "MixedInstancesPolicy.LaunchTemplate";

export const scenarios: readonly Scenario[] = [
  {
    name: "plain",
    shows: "a refresh without any setting",
    machines: 4,
    minutes: 25,
    steps: [start("2"), untilEnded()],
    observations: [
      sees("aws-default-min-healthy", described("Preferences", "MinHealthyPercentage")),
      sees("aws-default-max-healthy", mostMachines),
      sees("aws-min-100-without-max", leastInService),
      sees("aws-default-warmup", described("Preferences", "InstanceWarmup")),
      sees("aws-echo-preferences", described("Preferences")),
      sees("aws-status-successful", endStatus),
      sees("aws-percentage-complete", endPercent),
      sees("aws-instances-to-update", described("InstancesToUpdate")),
      sees(
        "aws-pending-without-start",
        wasSeen("Pending", ({ refresh }) => refresh?.members.StartTime === undefined),
      ),
      sees("aws-default-protected", described("Preferences", "ScaleInProtectedInstances")),
      sees("aws-cause-selected", (view) => {
        const entry = view.entries.find(({ operation }) => operation === "DescribeScalingActivities");
        return entry && /selected for termination/.test(JSON.stringify(entry.answer));
      }),
    ],
  },
  {
    name: "every-machine",
    shows: "a refresh to what runs already, which replaces all machines without a setting",
    machines: 4,
    minutes: 25,
    steps: [start("1", quick), untilEnded()],
    observations: [sees("aws-default-skip-matching", replaced)],
  },
  {
    name: "skip-matching",
    shows: "nothing to refresh",
    machines: 2,
    minutes: 10,
    steps: [start("1", { SkipMatching: "true" }), untilEnded(10)],
    observations: [sees("aws-nothing-to-replace", endStatus), sees("aws-reason-up-to-date", endReason)],
  },
  {
    name: "checkpoints",
    shows: "pauses at checkpoints, and none at the last",
    machines: 8,
    minutes: 40,
    group: { DesiredCapacity: "4" },
    steps: [
      start("2", {
        ...quick,
        MinHealthyPercentage: "50",
        "CheckpointPercentages.member.1": "50",
        "CheckpointPercentages.member.2": "100",
        CheckpointDelay: "600",
      }),
      untilEnded(45),
    ],
    observations: [
      sees(
        "aws-status-checkpoint",
        met(({ refresh }) => refresh?.percent === 50 && refresh.status === "InProgress"),
      ),
      sees(
        "aws-last-checkpoint-no-pause",
        met(({ refresh }) => refresh?.percent === 100 && !refresh.ended && /100/.test(refresh.reason ?? "")),
      ),
      sees("aws-checkpoint-share", (view) => Number(minutesOf(({ refresh }) => refresh?.percent === 50)(view)) >= 9),
      sees("aws-echo-preferences", described("Preferences")),
      sees("aws-percentage-complete", endPercent),
    ],
  },
  {
    name: "checkpoint-at-the-end",
    shows: "a last checkpoint below 100 percent",
    machines: 8,
    minutes: 30,
    group: { DesiredCapacity: "4" },
    steps: [
      start("2", {
        ...quick,
        MinHealthyPercentage: "50",
        "CheckpointPercentages.member.1": "50",
        CheckpointDelay: "60",
      }),
      untilEnded(),
    ],
    observations: [
      sees("aws-last-checkpoint-below-100", versionsAtEnd),
      sees("aws-last-checkpoint-below-100", endPercent),
      sees("aws-last-checkpoint-below-100", endStatus),
    ],
  },
  {
    name: "checkpoint-skipped",
    shows: "two checkpoints that one machine passes",
    machines: 4,
    minutes: 45,
    steps: [
      start("2", {
        ...quick,
        "CheckpointPercentages.member.1": "10",
        "CheckpointPercentages.member.2": "40",
        "CheckpointPercentages.member.3": "100",
        CheckpointDelay: "600",
      }),
      untilEnded(60),
    ],
    observations: [
      sees("aws-checkpoint-skipped", (view) => Number(minutesOf(({ refresh }) => refresh?.percent === 50)(view)) < 18),
      sees("aws-checkpoint-skipped", endPercent),
    ],
  },
  {
    name: "bake",
    shows: "a warm-up and a bake time",
    machines: 4,
    minutes: 50,
    steps: [start("2", { InstanceWarmup: "300", BakeTime: "300" }), untilEnded(50)],
    observations: [
      sees(
        "aws-baking-at-100",
        wasSeen("Baking", ({ refresh }) => refresh?.percent),
      ),
      sees("aws-status-baking", met(inStatus("Baking"))),
      sees(
        "aws-reason-warming-up",
        met(({ refresh }) => /warm/i.test(refresh?.reason ?? "")),
      ),
      sees("aws-status-successful", endStatus),
    ],
  },
  {
    name: "cancel",
    shows: "a refresh that is cancelled half-way",
    machines: 4,
    minutes: 20,
    steps: [
      start("2", quick),
      until(percentOf(50), 20),
      act("CancelInstanceRefresh"),
      untilEnded(10),
      act("CancelInstanceRefresh", {}, "again"),
    ],
    observations: [
      sees("aws-status-cancelled", endStatus),
      sees("aws-status-cancelled", endPercent),
      sees("aws-reason-cancelled", endReason),
      sees("aws-error-not-active", answer("again")),
      sees("aws-cancel-waits", (view) => wasSeen("Cancelling", () => true)(view)),
    ],
  },
  {
    name: "rollback",
    shows: "a rollback on request",
    machines: 4,
    minutes: 30,
    steps: [start("2", quick), until(percentOf(50), 20), act("RollbackInstanceRefresh"), untilEnded()],
    observations: [
      sees("aws-rollback-restores", versionsAtEnd),
      sees("aws-status-rollback-successful", endStatus),
      sees("aws-percentage-in-rollback", endPercent),
      sees("aws-instances-to-update-rollback", described("InstancesToUpdate")),
      sees("aws-instances-to-update-rollback", described("RollbackDetails", "PercentageCompleteOnRollback")),
      sees("aws-reason-rolled-back", described("RollbackDetails", "RollbackReason")),
    ],
  },
  {
    name: "cancelled-rollback",
    shows: "a rollback that is cancelled",
    machines: 4,
    minutes: 25,
    steps: [
      start("2", quick),
      until(percentOf(50), 20),
      act("RollbackInstanceRefresh"),
      act("CancelInstanceRefresh"),
      untilEnded(),
    ],
    observations: [
      sees("aws-cancel-of-rollback", answer("CancelInstanceRefresh")),
      sees("aws-cancel-of-rollback", endStatus),
    ],
  },
  {
    name: "automatic-rollback",
    shows: "a rollback by an alarm, and an alarm that refuses a start",
    machines: 4,
    minutes: 35,
    steps: [
      {
        call: "PutMetricAlarm",
        service: "monitoring",
        with: {
          AlarmName: "{alarm}",
          MetricName: "GroupTotalInstances",
          Namespace: "AWS/AutoScaling",
          Statistic: "Average",
          Period: "86400",
          EvaluationPeriods: "1",
          Threshold: "1000",
          ComparisonOperator: "GreaterThanThreshold",
          TreatMissingData: "ignore",
          "Tags.member.1.Key": "instance-refresh-conformance",
          "Tags.member.1.Value": "{run}",
        },
      },
      {
        call: "DescribeAlarms",
        service: "monitoring",
        with: { "AlarmNames.member.1": "{alarm}" },
      },
      {
        call: "SetAlarmState",
        service: "monitoring",
        with: { AlarmName: "{alarm}", StateValue: "ALARM", StateReason: "conformance" },
      },
      start("2", { ...quick, "AlarmSpecification.Alarms.member.1": "{alarm}" }, "in alarm"),
      {
        call: "SetAlarmState",
        service: "monitoring",
        with: { AlarmName: "{alarm}", StateValue: "OK", StateReason: "conformance" },
      },
      start("2", { ...quick, AutoRollback: "true", "AlarmSpecification.Alarms.member.1": "{alarm}" }),
      until(percentOf(50), 20),
      {
        call: "SetAlarmState",
        service: "monitoring",
        with: { AlarmName: "{alarm}", StateValue: "ALARM", StateReason: "conformance" },
      },
      untilEnded(),
    ],
    observations: [
      sees("aws-alarm-begins-without-data", answered("DescribeAlarms", "MetricAlarms", 0, "StateValue")),
      sees("aws-alarm-refuses-start", answer("in alarm")),
      sees("aws-alarm-fails", endStatus),
      sees("aws-alarm-fails", versionsAtEnd),
      sees("aws-reason-alarm", described("RollbackDetails", "RollbackReason")),
    ],
  },
  {
    name: "second-start",
    shows: "a second start, and a change of the group, while a refresh runs",
    machines: 4,
    minutes: 15,
    steps: [
      start("2", quick),
      start("3", quick, "second"),
      act("UpdateAutoScalingGroup", { "LaunchTemplate.LaunchTemplateName": "{group}", "LaunchTemplate.Version": "3" }),
      act("CancelInstanceRefresh"),
      untilEnded(10),
    ],
    observations: [
      sees("aws-error-in-progress", answer("second")),
      sees("aws-update-restricted", answer("UpdateAutoScalingGroup")),
      sees("aws-reason-cancelled", endReason),
    ],
  },
  {
    name: "protected",
    shows: "a machine that is protected from scale in",
    machines: 4,
    minutes: 40,
    steps: [
      act("SetInstanceProtection", { ...first, ProtectedFromScaleIn: "true" }),
      start("2", quick),
      until(reasonLike(/protect/i), 20),
      act("SetInstanceProtection", { ...first, ProtectedFromScaleIn: "false" }, "unprotect"),
      untilEnded(),
    ],
    observations: [
      sees(
        "aws-default-protected",
        met(({ refresh }) => /protect/i.test(refresh?.reason ?? "")),
      ),
      sees("aws-default-protected", versionsAtEnd),
      sees(
        "aws-reason-protected",
        (view) => view.frames.some(({ refresh }) => /protect/i.test(refresh?.reason ?? "")) || undefined,
      ),
    ],
  },
  {
    name: "standby",
    shows: "a machine in standby",
    machines: 4,
    minutes: 40,
    steps: [
      act("EnterStandby", { ...first, ShouldDecrementDesiredCapacity: "true" }),
      until(({ machines }) => machines.some(({ state }) => state === "Standby"), 5),
      start("2", quick),
      until(reasonLike(/standby/i), 20),
      act("ExitStandby", first),
      untilEnded(),
    ],
    observations: [
      sees(
        "aws-default-standby",
        met(({ refresh }) => /standby/i.test(refresh?.reason ?? "")),
      ),
      sees("aws-default-standby", versionsAtEnd),
      sees(
        "aws-reason-standby",
        met(({ refresh }) => /standby/i.test(refresh?.reason ?? "")),
      ),
      sees("aws-activity-descriptions", answered("EnterStandby", "Activities", 0, "Description")),
      sees("aws-cause-standby", answered("EnterStandby", "Activities", 0, "Cause")),
      sees("aws-activity-out-of-standby", answered("ExitStandby", "Activities", 0, "StatusCode")),
      sees("aws-activity-out-of-standby", answered("ExitStandby", "Activities", 0, "Progress")),
      sees("aws-activity-details", answered("EnterStandby", "Activities", 0, "Details")),
    ],
  },
  {
    name: "scale-out",
    shows: "a group that is scaled out during a refresh",
    machines: 6,
    minutes: 40,
    steps: [
      start("2", {
        ...quick,
        "CheckpointPercentages.member.1": "50",
        "CheckpointPercentages.member.2": "100",
        CheckpointDelay: "300",
      }),
      until(percentOf(50), 20),
      act("SetDesiredCapacity", { DesiredCapacity: "3" }),
      untilEnded(),
    ],
    observations: [sees("aws-status-successful", versionsAtEnd), sees("aws-cause-capacity", mostMachines)],
  },
  {
    name: "failing-image",
    shows: "machines that do not pass their checks, for an hour",
    machines: 4,
    minutes: 110,
    steps: [start("3", quick), untilEnded(100)],
    observations: [
      sees("aws-blocked-for-an-hour", endStatus),
      sees("aws-status-failed", endStatus),
      sees(
        "aws-blocked-for-an-hour",
        (view) => Number(minutesOf(({ refresh }) => refresh?.status === "InProgress")(view)) > 55,
      ),
      sees("aws-reason-failed", endReason),
      sees("aws-launches-fail-refresh", endPercent),
      sees("aws-cause-unhealthy", ({ entries }) => {
        const activities = entries.find(({ operation }) => operation === "DescribeScalingActivities");
        return activities && /status checks|unhealthy/.test(JSON.stringify(activities.answer));
      }),
      sees(
        "aws-reason-unhealthy",
        met(({ refresh }) => /health checks/i.test(refresh?.reason ?? "")),
      ),
    ],
  },
  {
    name: "min-100",
    shows: "a minimum of 100 percent without a maximum",
    machines: 4,
    minutes: 25,
    steps: [start("2", { ...quick, MinHealthyPercentage: "100" }), untilEnded()],
    observations: [sees("aws-min-100-without-max", leastInService), sees("aws-min-100-without-max", mostMachines)],
  },
  {
    name: "min-100-max-150",
    shows: "a minimum of 100 percent with a maximum",
    machines: 4,
    minutes: 25,
    steps: [start("2", { ...quick, MinHealthyPercentage: "100", MaxHealthyPercentage: "150" }), untilEnded()],
    observations: [sees("aws-bounds-kept", leastInService), sees("aws-bounds-kept", mostMachines)],
  },
  {
    name: "both-100",
    shows: "both bounds at 100 percent",
    machines: 4,
    minutes: 25,
    steps: [start("2", { ...quick, MinHealthyPercentage: "100", MaxHealthyPercentage: "100" }), untilEnded()],
    observations: [sees("aws-both-100", leastInService), sees("aws-both-100", mostMachines)],
  },
  {
    name: "min-0",
    shows: "a minimum of 0 percent",
    machines: 4,
    minutes: 20,
    steps: [start("2", { ...quick, MinHealthyPercentage: "0" }), untilEnded()],
    observations: [sees("aws-min-0", leastInService)],
  },
  {
    name: "rounding",
    shows: "half of three machines",
    machines: 6,
    minutes: 35,
    group: { DesiredCapacity: "3" },
    steps: [start("2", { ...quick, MinHealthyPercentage: "50" }), untilEnded(40)],
    observations: [sees("aws-min-rounded-up", leastInService)],
  },
  {
    name: "weights",
    shows: "machines of a weight as large as the group",
    machines: 4,
    minutes: 30,
    group: {
      DesiredCapacity: "2",
      [`${policy}.LaunchTemplateSpecification.LaunchTemplateName`]: "{group}",
      [`${policy}.LaunchTemplateSpecification.Version`]: "1",
      [`${policy}.Overrides.member.1.InstanceType`]: "{machine}",
      [`${policy}.Overrides.member.1.WeightedCapacity`]: "1",
    },
    steps: [
      {
        call: "StartInstanceRefresh",
        with: {
          ...group,
          [`DesiredConfiguration.${policy}.LaunchTemplateSpecification.LaunchTemplateName`]: "{group}",
          [`DesiredConfiguration.${policy}.LaunchTemplateSpecification.Version`]: "2",
          [`DesiredConfiguration.${policy}.Overrides.member.1.InstanceType`]: "{machine}",
          [`DesiredConfiguration.${policy}.Overrides.member.1.WeightedCapacity`]: "2",
          "Preferences.InstanceWarmup": "10",
        },
      },
      untilEnded(),
    ],
    observations: [sees("aws-large-weight", leastInService), sees("aws-large-weight", versionsAtEnd)],
  },
  {
    name: "warm-pool",
    shows: "a group with a warm pool",
    machines: 6,
    minutes: 45,
    steps: [
      act("PutWarmPool", { MinSize: "1", MaxGroupPreparedCapacity: "3" }),
      until(({ machines }) => machines.length > 0, 1),
      act("DescribeWarmPool"),
      start("2", quick),
      untilEnded(40),
      act("DescribeWarmPool", {}, "warm pool at the end"),
      act("DeleteWarmPool", {}, "delete without force"),
    ],
    observations: [
      sees("aws-warm-pool-defaults", answered("DescribeWarmPool", "WarmPoolConfiguration")),
      sees("aws-warm-pool-progress", described("ProgressDetails")),
      sees("aws-warm-pool-in-use", answer("delete without force")),
      sees("aws-warm-pool-last", endStatus),
    ],
  },
  {
    name: "hooks",
    shows: "a lifecycle hook at launch",
    machines: 4,
    minutes: 35,
    steps: [
      act("PutLifecycleHook", {
        LifecycleHookName: "launching",
        LifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
        HeartbeatTimeout: "120",
        DefaultResult: "CONTINUE",
      }),
      act(
        "PutLifecycleHook",
        { LifecycleHookName: "ending", LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING" },
        "default hook",
      ),
      act("DescribeLifecycleHooks"),
      act("DeleteLifecycleHook", { LifecycleHookName: "ending" }),
      start("2", quick),
      until(({ machines }) => machines.some(({ state }) => state === "Pending:Wait"), 10),
      act("DescribeScalingActivities", {}, "activities in a hook"),
      untilEnded(40),
    ],
    observations: [
      sees("aws-hook-defaults", (view) => {
        const hooks = view.entries.find(({ step }) => step === "DescribeLifecycleHooks")?.answer as
          | { LifecycleHooks?: Record<string, unknown>[] }
          | undefined;
        const hook = hooks?.LifecycleHooks?.find(({ LifecycleTransition }) =>
          /TERMINATING/.test(String(LifecycleTransition)),
        );
        return hook && { timeout: hook.HeartbeatTimeout, result: hook.DefaultResult };
      }),
      sees("aws-hook-global-timeout", answered("DescribeLifecycleHooks", "LifecycleHooks", 0, "GlobalTimeout")),
      sees(
        "aws-lifecycle-states",
        met(({ machines }) => machines.some(({ state }) => state === "Pending:Wait")),
      ),
      sees("aws-activity-hook", (view) => {
        const entry = view.entries.find(({ step }) => step === "activities in a hook");
        return entry && /"StatusCode":"MidLifecycleAction"/.test(JSON.stringify(entry.answer));
      }),
    ],
  },
  {
    name: "filling",
    shows: "a refresh of a group whose machines are launching",
    machines: 4,
    minutes: 25,
    filled: false,
    steps: [until(({ machines }) => machines.length >= 2, 5), start("2", quick), untilEnded()],
    observations: [sees("aws-replaces-launching", versionsAtEnd), sees("aws-replaces-launching", endStatus)],
  },
  {
    name: "suspended-process",
    shows: "a group whose process InstanceRefresh is suspended",
    machines: 4,
    minutes: 25,
    steps: [
      act("SuspendProcesses", { "ScalingProcesses.member.1": "InstanceRefresh" }),
      start("2", quick),
      until(() => false, 3),
      act("ResumeProcesses", { "ScalingProcesses.member.1": "InstanceRefresh" }),
      untilEnded(),
    ],
    observations: [
      sees("aws-process-suspended", (view) => {
        const resumed = view.entries.find(({ step }) => step === "ResumeProcesses");
        const before = view.frames.filter(({ at }) => resumed && at < resumed.at);
        return resumed && Math.max(...before.map(({ refresh }) => refresh?.percent ?? 0));
      }),
      sees("aws-processes", answer("SuspendProcesses")),
    ],
  },
  {
    name: "by-hand",
    shows: "machines that are terminated, detached and attached by hand",
    machines: 4,
    minutes: 25,
    group: { MinSize: "2" },
    steps: [
      act("EnterStandby", { ...first, ShouldDecrementDesiredCapacity: "true" }, "standby below the minimum"),
      {
        call: "TerminateInstanceInAutoScalingGroup",
        as: "terminate below the minimum",
        with: { InstanceId: "{first}", ShouldDecrementDesiredCapacity: "true" },
      },
      act("AttachInstances", first, "attach twice"),
      act("DeleteAutoScalingGroup", {}, "delete without force"),
      act("UpdateAutoScalingGroup", { MinSize: "0" }),
      act("DetachInstances", { ...first, ShouldDecrementDesiredCapacity: "true" }),
      until(({ machines }) => machines.length <= 1, 5),
      act("AttachInstances", first),
      until(({ machines }) => machines.filter(({ inService }) => inService).length >= 2, 5),
      start("2", { ...quick, SkipMatching: "true" }),
      untilEnded(),
      {
        call: "TerminateInstanceInAutoScalingGroup",
        with: { InstanceId: "{second}", ShouldDecrementDesiredCapacity: "false" },
      },
    ],
    observations: [
      sees("aws-standby-sizes", answer("standby below the minimum")),
      sees("aws-terminate-sizes", answer("terminate below the minimum")),
      sees("aws-attach-taken", answer("attach twice")),
      sees("aws-delete-in-use", answer("delete without force")),
      sees("aws-cause-request", answered("DetachInstances", "Activities", 0, "Cause")),
      sees("aws-activity-descriptions", answered("DetachInstances", "Activities", 0, "Description")),
      sees("aws-attached-instances", versionsAtEnd),
    ],
  },
  {
    name: "latest",
    shows: "a group and a refresh by $Latest",
    machines: 4,
    minutes: 20,
    group: { "LaunchTemplate.Version": "$Latest", DesiredCapacity: "0" },
    steps: [
      start("$Latest", { AutoRollback: "true" }),
      act("CreateOrUpdateTags", {
        "Tags.member.1.ResourceId": "{group}",
        "Tags.member.1.ResourceType": "auto-scaling-group",
        "Tags.member.1.Key": "colour",
        "Tags.member.1.Value": "red",
        "Tags.member.1.PropagateAtLaunch": "false",
      }),
    ],
    observations: [sees("aws-rollback-refused", answer("StartInstanceRefresh"))],
  },
  {
    name: "refused-starts",
    shows: "what a start refuses, on a group without machines",
    machines: 0,
    minutes: 3,
    group: { DesiredCapacity: "0" },
    steps: stepsOf(refusedStarts),
    observations: observationsOf(refusedStarts),
  },
  {
    name: "refused-groups",
    shows: "what operations on groups refuse, on one without machines",
    machines: 0,
    minutes: 3,
    group: { DesiredCapacity: "0" },
    steps: stepsOf(refusedGroups),
    observations: observationsOf(refusedGroups),
  },
];
