/** What the service refuses, asked of a group without machines: each costs a call and nothing else. */
import { type CallStep, type Observation, type Parameters, sees } from "../scenario";
import { answer } from "../view";

type Row = readonly [fact: string, call: string, parameters: Parameters];

const group = { ScalingGroupId: "{group}" };
const start = (parameters: Parameters) => ({ ...group, ...parameters });
const checkpoints = (...percents: number[]) =>
  Object.fromEntries(percents.map((each, index) => [`Checkpoints.${index + 1}.Percentage`, `${each}`]));
const newGroup = (parameters: Parameters) => ({
  ScalingGroupName: "{name}-other",
  MinSize: "0",
  MaxSize: "0",
  "Tags.1.Key": "instance-refresh-conformance",
  "Tags.1.Value": "{run}",
  ...parameters,
});
const numbered = (prefix: string, count: number, value: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}.${index + 1}`, value]));

/** What StartInstanceRefresh and its kin refuse. */
export const refusedStarts: readonly Row[] = [
  ["ess-percentages", "StartInstanceRefresh", start({ MinHealthyPercentage: "101" })],
  ["ess-percentages", "StartInstanceRefresh", start({ MaxHealthyPercentage: "99" })],
  ["ess-percentages", "StartInstanceRefresh", start({ MaxHealthyPercentage: "201" })],
  ["ess-checkpoints-ascend", "StartInstanceRefresh", start(checkpoints(50, 20, 100))],
  ["ess-checkpoints-end", "StartInstanceRefresh", start(checkpoints(20, 50))],
  ["ess-checkpoint-pause-time", "StartInstanceRefresh", start({ ...checkpoints(100), CheckpointPauseTime: "0" })],
  ["ess-checkpoint-pause-time", "StartInstanceRefresh", start({ ...checkpoints(100), CheckpointPauseTime: "2881" })],
  [
    "ess-one-desired-configuration",
    "StartInstanceRefresh",
    start({ "DesiredConfiguration.ImageId": "{image}", "DesiredConfiguration.ScalingConfigurationId": "{two}" }),
  ],
  [
    "ess-template-versions",
    "StartInstanceRefresh",
    start({
      "DesiredConfiguration.LaunchTemplateId": "lt-none",
      "DesiredConfiguration.LaunchTemplateVersion": "newest",
    }),
  ],
  [
    "ess-overrides-need-template",
    "StartInstanceRefresh",
    start({
      "DesiredConfiguration.ScalingConfigurationId": "{two}",
      "DesiredConfiguration.LaunchTemplateVersion": "1",
    }),
  ],
  [
    "ess-containers-of-eci",
    "StartInstanceRefresh",
    start({ "DesiredConfiguration.Containers.1.Name": "web", "DesiredConfiguration.Containers.1.Image": "nginx" }),
  ],
  [
    "ess-container-limits",
    "StartInstanceRefresh",
    start({
      "DesiredConfiguration.Containers.1.Name": "web",
      ...numbered("DesiredConfiguration.Containers.1.Commands", 21, "x"),
    }),
  ],
  [
    "ess-environment",
    "StartInstanceRefresh",
    start({
      "DesiredConfiguration.Containers.1.Name": "web",
      "DesiredConfiguration.Containers.1.EnvironmentVars.1.Key": "1st",
    }),
  ],
  [
    "ess-configuration-missing",
    "StartInstanceRefresh",
    start({ "DesiredConfiguration.ScalingConfigurationId": "asc-none" }),
  ],
  ["ess-client-token", "StartInstanceRefresh", start({ ClientToken: "x".repeat(65) })],
  ["ess-nothing-to-refresh", "StartInstanceRefresh", start({ "DesiredConfiguration.ScalingConfigurationId": "{two}" })],
  ["ess-group-missing", "StartInstanceRefresh", { ScalingGroupId: "asg-none" }],
  ["ess-missing-parameter", "StartInstanceRefresh", {}],
  ["ess-invalid-parameter", "StartInstanceRefresh", start({ SkipMatching: "perhaps" })],
  [
    "ess-lists-from-1",
    "StartInstanceRefresh",
    start({ "Checkpoints.0.Percentage": "50", "Checkpoints.2.Percentage": "100" }),
  ],
  ["ess-task-codes", "CancelInstanceRefresh", start({ InstanceRefreshTaskId: "ir-none" })],
  ["ess-task-codes", "RollbackInstanceRefresh", start({ InstanceRefreshTaskId: "ir-none" })],
  ["ess-describe-tasks", "DescribeInstanceRefreshes", numbered("InstanceRefreshTaskIds", 21, "ir-none")],
  ["ess-describe-tasks", "DescribeInstanceRefreshes", {}],
  ["ess-pages-of-tasks", "DescribeInstanceRefreshes", start({ MaxResults: "51" })],
  ["ess-pages-of-tasks", "DescribeInstanceRefreshes", start({ NextToken: "none" })],
  ["ess-tasks-of-no-group", "DescribeInstanceRefreshes", { ScalingGroupId: "asg-none" }],
  ["ess-unknown-operations", "SleepInstanceRefresh", group],
];

/** What operations on groups, configurations and machines refuse. */
export const refusedGroups: readonly Row[] = [
  ["ess-names-are-unique", "CreateScalingGroup", newGroup({ ScalingGroupName: "{name}" })],
  ["ess-group-sizes", "CreateScalingGroup", newGroup({ MinSize: "2", MaxSize: "1" })],
  ["ess-group-sizes", "CreateScalingGroup", newGroup({ MaxSize: "2001" })],
  ["ess-group-sizes", "CreateScalingGroup", newGroup({ DesiredCapacity: "1" })],
  ["ess-names", "CreateScalingGroup", newGroup({ ScalingGroupName: "x" })],
  ["ess-health-check-types", "CreateScalingGroup", newGroup({ "HealthCheckTypes.1": "PULSE" })],
  [
    "ess-tags-limits",
    "TagResources",
    { ResourceType: "scalinggroup", ...numbered("ResourceIds", 51, "asg-none"), "Tags.1.Key": "x" },
  ],
  ["ess-group-status", "EnableScalingGroup", group],
  ["ess-delete-active-configuration", "DeleteScalingConfiguration", { ScalingConfigurationId: "{one}" }],
  ["ess-configuration-missing", "DeleteScalingConfiguration", { ScalingConfigurationId: "asc-none" }],
  [
    "ess-names-are-unique",
    "ModifyScalingConfiguration",
    { ScalingConfigurationId: "{one}", ScalingConfigurationName: "{name}-two" },
  ],
  ["ess-configuration-of-type", "CreateEciScalingConfiguration", { ...group, "Containers.1.Image": "nginx" }],
  [
    "ess-instance-codes",
    "SetInstancesProtection",
    { ...group, "InstanceIds.1": "i-none", ProtectedFromScaleIn: "true" },
  ],
  ["ess-hook-defaults", "CreateLifecycleHook", { ...group, LifecycleTransition: "SCALE_OUT", HeartbeatTimeout: "29" }],
  ["ess-hook-codes", "DeleteLifecycleHook", { LifecycleHookId: "ash-none" }],
  ["ess-hook-codes", "DeleteLifecycleHook", { ...group, LifecycleHookName: "none" }],
  ["ess-hook-codes", "CompleteLifecycleAction", { LifecycleHookId: "ash-none", LifecycleActionToken: "none" }],
  ["ess-attached-instances", "AttachInstances", { ...group, ...numbered("InstanceIds", 21, "i-none") }],
];

export function stepsOf(rows: readonly Row[]): CallStep[] {
  return rows.map(([, call, parameters], index) => ({ call, with: parameters, as: `refusal ${index + 1}` }));
}

export function observationsOf(rows: readonly Row[]): Observation[] {
  return rows.map(([fact], index) => sees(fact, answer(`refusal ${index + 1}`)));
}
