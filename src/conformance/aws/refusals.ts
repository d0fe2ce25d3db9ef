/** What the service refuses, asked of a group without machines: each costs a call and nothing else. */
import type { CallStep, Observation, Parameters } from "../scenario";
import { sees } from "../scenario";
import { answer } from "../view";

type Row = readonly [fact: string, call: string, parameters: Parameters, service?: string];

const group = { AutoScalingGroupName: "{group}" };
const template = (version: string) => ({
  "DesiredConfiguration.LaunchTemplate.LaunchTemplateName": "{group}",
  "DesiredConfiguration.LaunchTemplate.Version": version,
});
const start = (parameters: Parameters) => ({ ...group, ...parameters });
const checkpoints = (...percents: number[]) =>
  Object.fromEntries(
    percents.map((each, index) => [`Preferences.CheckpointPercentages.member.${index + 1}`, `${each}`]),
  );
const policy = "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification";
const desiredPolicy = {
  [`DesiredConfiguration.${policy}.LaunchTemplateName`]: "{group}",
  [`DesiredConfiguration.${policy}.Version`]: "2",
};
const newGroup = (parameters: Parameters) => ({
  AutoScalingGroupName: "{group}-other",
  MinSize: "0",
  MaxSize: "0",
  "Tags.member.1.Key": "instance-refresh-conformance",
  "Tags.member.1.Value": "{run}",
  "LaunchTemplate.LaunchTemplateName": "{group}",
  "LaunchTemplate.Version": "1",
  "AvailabilityZones.member.1": "nowhere-1x",
  ...parameters,
});

/** What StartInstanceRefresh and its kin refuse. */
export const refusedStarts: readonly Row[] = [
  ["aws-max-needs-min", "StartInstanceRefresh", start({ "Preferences.MaxHealthyPercentage": "150" })],
  [
    "aws-healthy-range",
    "StartInstanceRefresh",
    start({ "Preferences.MinHealthyPercentage": "20", "Preferences.MaxHealthyPercentage": "150" }),
  ],
  ["aws-checkpoints-ascend", "StartInstanceRefresh", start(checkpoints(50, 20))],
  ["aws-delay-needs-checkpoints", "StartInstanceRefresh", start({ "Preferences.CheckpointDelay": "60" })],
  ["aws-one-desired", "StartInstanceRefresh", start({ ...template("2"), ...desiredPolicy })],
  ["aws-two-days", "StartInstanceRefresh", start({ ...checkpoints(50), "Preferences.CheckpointDelay": "172801" })],
  ["aws-two-days", "StartInstanceRefresh", start({ "Preferences.BakeTime": "172801" })],
  ["aws-error-constraints", "StartInstanceRefresh", start({ "Preferences.MinHealthyPercentage": "101" })],
  ["aws-error-constraints", "StartInstanceRefresh", start({ Strategy: "Sideways" })],
  ["aws-error-malformed", "StartInstanceRefresh", start({ "Preferences.MinHealthyPercentage": "many" })],
  ["aws-root-volume-policy", "StartInstanceRefresh", start({ Strategy: "ReplaceRootVolume" })],
  ["aws-template-reference", "StartInstanceRefresh", start(template("second"))],
  ["aws-template-fully-formed", "StartInstanceRefresh", start(template("77"))],
  [
    "aws-policy-needs-template",
    "StartInstanceRefresh",
    start({ "DesiredConfiguration.MixedInstancesPolicy.InstancesDistribution.OnDemandBaseCapacity": "1" }),
  ],
  [
    "aws-weights",
    "StartInstanceRefresh",
    start({
      ...desiredPolicy,
      "DesiredConfiguration.MixedInstancesPolicy.LaunchTemplate.Overrides.member.1.InstanceType": "{machine}",
      "DesiredConfiguration.MixedInstancesPolicy.LaunchTemplate.Overrides.member.1.WeightedCapacity": "1000",
    }),
  ],
  [
    "aws-spot-pools",
    "StartInstanceRefresh",
    start({
      ...desiredPolicy,
      "DesiredConfiguration.MixedInstancesPolicy.InstancesDistribution.SpotInstancePools": "21",
    }),
  ],
  [
    "aws-on-demand",
    "StartInstanceRefresh",
    start({
      ...desiredPolicy,
      "DesiredConfiguration.MixedInstancesPolicy.InstancesDistribution.OnDemandPercentageAboveBaseCapacity": "101",
    }),
  ],
  ["aws-rollback-refused", "StartInstanceRefresh", start({ "Preferences.AutoRollback": "true" })],
  ["aws-group-missing", "StartInstanceRefresh", { AutoScalingGroupName: "{group}-none" }],
  ["aws-error-not-active", "CancelInstanceRefresh", group],
  ["aws-error-not-active", "RollbackInstanceRefresh", group],
  ["aws-error-next-token", "DescribeInstanceRefreshes", { ...group, NextToken: "none" }],
  ["aws-page-sizes", "DescribeInstanceRefreshes", { ...group, MaxRecords: "101" }],
  ["aws-error-action", "SuspendInstanceRefresh", group],
];

/** What operations on groups refuse. */
export const refusedGroups: readonly Row[] = [
  ["aws-group-exists", "CreateAutoScalingGroup", newGroup({ AutoScalingGroupName: "{group}" })],
  ["aws-group-sizes", "CreateAutoScalingGroup", newGroup({ MinSize: "2", MaxSize: "1" })],
  ["aws-group-sizes", "CreateAutoScalingGroup", newGroup({ MaxSize: "1", DesiredCapacity: "2" })],
  [
    "aws-group-one-source",
    "CreateAutoScalingGroup",
    newGroup({ [`${policy}.LaunchTemplateName`]: "{group}", [`${policy}.Version`]: "1" }),
  ],
  ["aws-group-names", "CreateAutoScalingGroup", newGroup({ AutoScalingGroupName: "{group}:other" })],
  ["aws-group-desired", "SetDesiredCapacity", { ...group, DesiredCapacity: "5" }],
  [
    "aws-maintenance-policy",
    "UpdateAutoScalingGroup",
    { ...group, "InstanceMaintenancePolicy.MinHealthyPercentage": "90" },
  ],
  ["aws-not-negative", "UpdateAutoScalingGroup", { ...group, DefaultCooldown: "-5" }],
  [
    "aws-instance-unknown",
    "TerminateInstanceInAutoScalingGroup",
    { InstanceId: "i-00000000000000000", ShouldDecrementDesiredCapacity: "false" },
  ],
  ["aws-attach-malformed", "AttachInstances", { ...group, "InstanceIds.member.1": "machine" }],
  [
    "aws-filter-unknown",
    "DescribeAutoScalingGroups",
    { "Filters.member.1.Name": "colour", "Filters.member.1.Values.member.1": "red" },
  ],
  [
    "aws-filter-unknown",
    "DescribeTags",
    { "Filters.member.1.Name": "colour", "Filters.member.1.Values.member.1": "red" },
  ],
  ["aws-hook-transition-required", "PutLifecycleHook", { ...group, LifecycleHookName: "none" }],
  ["aws-hook-unknown", "DeleteLifecycleHook", { ...group, LifecycleHookName: "none" }],
  ["aws-warm-pool-sizes", "PutWarmPool", { ...group, MinSize: "2", MaxGroupPreparedCapacity: "1" }],
  ["aws-warm-pool-none", "DeleteWarmPool", group],
  ["aws-process-unknown", "SuspendProcesses", { ...group, "ScalingProcesses.member.1": "Sleep" }],
  [
    "aws-alarm-unknown",
    "SetAlarmState",
    { AlarmName: "{alarm}-none", StateValue: "OK", StateReason: "none" },
    "monitoring",
  ],
  [
    "aws-template-codes",
    "CreateLaunchTemplate",
    { LaunchTemplateName: "{group}", "LaunchTemplateData.InstanceType": "{machine}" },
    "ec2",
  ],
  ["aws-template-codes", "DescribeLaunchTemplateVersions", { LaunchTemplateName: "{group}-none" }, "ec2"],
  ["aws-template-named", "ModifyLaunchTemplate", { SetDefaultVersion: "1" }, "ec2"],
  ["aws-error-parameters-of-ec2", "CreateLaunchTemplate", { "LaunchTemplateData.InstanceType": "{machine}" }, "ec2"],
  ["aws-tags", "DeleteTags", { "Tags.member.1.Key": "colour" }],
];

export function stepsOf(rows: readonly Row[]): CallStep[] {
  return rows.map(([, call, parameters, service], index) => ({
    call,
    with: parameters,
    as: `refusal ${index + 1}`,
    ...(service ? { service } : {}),
  }));
}

export function observationsOf(rows: readonly Row[]): Observation[] {
  return rows.map(([fact], index) => sees(fact, answer(`refusal ${index + 1}`)));
}
