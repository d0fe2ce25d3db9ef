/** What is played on Alibaba Cloud. */
import { type CallStep, type Parameters, type Scenario, sees, type WaitStep } from "../scenario";
import {
  answer,
  answered,
  described,
  endReason,
  endStatus,
  type Frame,
  leastInService,
  memberAt,
  met,
  minutesOf,
  mostMachines,
  replaced,
  type View,
  versionsAtEnd,
} from "../view";
import { observationsOf, refusedGroups, refusedStarts, stepsOf } from "./refusals";

const group = { ScalingGroupId: "{group}" };
const task = { ...group, InstanceRefreshTaskId: "{refresh}" };
const first = { "InstanceIds.1": "{first}" };

/** Starts a task to a scaling configuration. */
function start(configuration: string | undefined, preferences: Parameters = {}, as = "StartInstanceRefresh"): CallStep {
  const desired: Parameters = configuration ? { "DesiredConfiguration.ScalingConfigurationId": configuration } : {};
  return { call: "StartInstanceRefresh", as, with: { ...group, ...desired, ...preferences } };
}

const act = (call: string, parameters: Parameters = {}, as = call): CallStep => ({
  call,
  as,
  with: { ...group, ...parameters },
});
const onTask = (call: string, as = call): CallStep => ({ call, as, with: task });
const until = (is: (frame: Frame) => boolean, minutes: number): WaitStep => ({ until: is, minutes });
const ended = ({ refresh }: Frame) => refresh?.ended === true;
const untilEnded = (minutes = 30) => until(ended, minutes);
const percentOf = (percent: number) => (frame: Frame) => ended(frame) || (frame.refresh?.percent ?? 0) >= percent;
const inStatus = (status: string) => (frame: Frame) => frame.refresh?.status === status;
const known = ({ refresh }: Frame) => refresh !== undefined;
/** Whether the second configuration is active after the last step. */
const secondIsActive = ({ entries }: View) => {
  const made = entries.filter(({ operation }) => operation === "CreateScalingConfiguration");
  const groups = entries.find(({ operation, step }) => step === "review" && operation === "DescribeScalingGroups");
  const second = memberAt(made[1]?.answer, ["ScalingConfigurationId"]);
  return groups && memberAt(groups.answer, ["ScalingGroups", 0, "ActiveScalingConfigurationId"]) === second;
};

/** Of the hook that was created without settings, told by its transition: names are references in a cassette. */
const ofDefaultHook =
  (member: string) =>
  ({ entries }: View) => {
    const described = entries.find(({ step }) => step === "DescribeLifecycleHooks")?.answer;
    const hooks = memberAt(described, ["LifecycleHooks"]) as Record<string, unknown>[] | undefined;
    return hooks?.find(({ LifecycleTransition }) => LifecycleTransition === "SCALE_IN")?.[member];
  };
const waitsForHook = met(({ machines }) => machines.some(({ state }) => state === "Pending:Wait"));

export const scenarios: readonly Scenario[] = [
  {
    name: "plain",
    shows: "a task without any setting",
    machines: 4,
    minutes: 20,
    steps: [start("{two}"), untilEnded()],
    observations: [
      sees("ess-default-min-healthy", described("MinHealthyPercentage")),
      sees("ess-default-max-healthy", described("MaxHealthyPercentage")),
      sees("ess-default-skip-matching", described("SkipMatching")),
      sees("ess-checkpoint-pause-time", described("CheckpointPauseTime")),
      sees("ess-task-echo", described("DesiredConfiguration")),
      sees("ess-task-echo", described("Checkpoints")),
      sees("ess-detail", described("Detail")),
      sees("ess-statuses", endStatus),
      sees("ess-success-configuration", secondIsActive),
      sees("ess-order-of-replacing", leastInService),
      sees("ess-order-of-replacing", mostMachines),
      sees("ess-group-defaults", answered("poll", "ScalingInstances", 0, "CreationType")),
    ],
  },
  {
    name: "every-machine",
    shows: "a task to what runs already that skips nothing",
    machines: 4,
    minutes: 20,
    steps: [start("{one}", { SkipMatching: "false" }), untilEnded()],
    observations: [sees("ess-default-skip-matching", replaced)],
  },
  {
    name: "nothing",
    shows: "nothing to refresh: what runs already is skipped, also when it was edited in place",
    machines: 2,
    minutes: 10,
    steps: [
      start("{one}"),
      act("ModifyScalingConfiguration", { ScalingConfigurationId: "{one}", LoadBalancerWeight: "60" }),
      start(undefined, {}, "edited in place"),
      start(undefined, { "DesiredConfiguration.ImageId": "{image}" }, "image"),
    ],
    observations: [
      sees("ess-nothing-to-refresh", answer("StartInstanceRefresh")),
      sees("ess-skip-matching-ids", answer("edited in place")),
      sees("ess-image-is-a-configuration", answer("image")),
      sees("ess-modified-in-place", answer("ModifyScalingConfiguration")),
    ],
  },
  {
    name: "filling",
    shows: "a start while no machine is in service",
    machines: 2,
    minutes: 10,
    filled: false,
    steps: [start("{two}")],
    observations: [sees("ess-nothing-in-service", answer("StartInstanceRefresh"))],
  },
  {
    name: "checkpoints",
    shows: "pauses at checkpoints, also at the last",
    machines: 4,
    minutes: 40,
    steps: [
      start("{two}", {
        MinHealthyPercentage: "50",
        "Checkpoints.1.Percentage": "50",
        "Checkpoints.2.Percentage": "100",
        CheckpointPauseTime: "5",
      }),
      untilEnded(45),
    ],
    observations: [
      sees(
        "ess-checkpoint-pauses",
        met(({ refresh }) => refresh?.status === "CheckpointPause" && refresh.percent === 50),
      ),
      sees(
        "ess-checkpoint-pauses",
        minutesOf(({ refresh }) => refresh?.status === "CheckpointPause" && refresh.percent === 50),
      ),
      sees(
        "ess-last-checkpoint-pauses",
        met(({ refresh }) => refresh?.status === "CheckpointPause" && refresh.percent === 100),
      ),
      sees("ess-task-echo", described("Checkpoints")),
      sees("ess-checkpoint-pause-time", described("CheckpointPauseTime")),
    ],
  },
  {
    name: "cancel",
    shows: "a task that is cancelled half-way",
    machines: 4,
    minutes: 20,
    steps: [
      start("{two}", { MinHealthyPercentage: "50" }),
      until(percentOf(50), 15),
      onTask("CancelInstanceRefresh"),
      untilEnded(10),
      onTask("CancelInstanceRefresh", "again"),
    ],
    observations: [
      sees("ess-cancel", endStatus),
      sees("ess-cancel", secondIsActive),
      sees("ess-cancel", (view) => Object.keys(versionsAtEnd(view) as object).includes("‹asc-2›")),
      sees("ess-task-codes", answer("again")),
      sees("ess-detail", described("Detail")),
    ],
  },
  {
    name: "rollback",
    shows: "a rollback, which cannot be cancelled or suspended",
    machines: 4,
    minutes: 30,
    steps: [
      start("{two}", {
        MinHealthyPercentage: "50",
        "Checkpoints.1.Percentage": "50",
        "Checkpoints.2.Percentage": "100",
      }),
      until(inStatus("CheckpointPause"), 15),
      onTask("RollbackInstanceRefresh"),
      onTask("CancelInstanceRefresh"),
      onTask("SuspendInstanceRefresh"),
      untilEnded(),
    ],
    observations: [
      sees("ess-rollback", endStatus),
      sees("ess-rollback", versionsAtEnd),
      sees("ess-rollback", secondIsActive),
      sees("ess-no-cancel-in-rollback", answer("CancelInstanceRefresh")),
      sees("ess-no-cancel-in-rollback", answer("SuspendInstanceRefresh")),
    ],
  },
  {
    name: "rollback-at-once",
    shows: "a rollback while the first machine is launching",
    machines: 4,
    minutes: 20,
    steps: [
      start("{two}", { MinHealthyPercentage: "50" }),
      until(
        ({ refresh, machines }) => refresh !== undefined && new Set(machines.map(({ version }) => version)).size > 1,
        1,
      ),
      onTask("RollbackInstanceRefresh"),
      untilEnded(),
    ],
    observations: [sees("ess-rollback-launching", endStatus), sees("ess-rollback-launching", versionsAtEnd)],
  },
  {
    name: "suspend",
    shows: "a task that is suspended and resumed",
    machines: 4,
    minutes: 25,
    steps: [
      start("{two}", { MinHealthyPercentage: "50" }),
      until(known, 2),
      onTask("SuspendInstanceRefresh"),
      until(inStatus("Paused"), 5),
      onTask("ResumeInstanceRefresh"),
      untilEnded(),
    ],
    observations: [
      sees("ess-paused", answer("SuspendInstanceRefresh")),
      sees("ess-paused", met(inStatus("Paused"))),
      sees("ess-paused", answer("ResumeInstanceRefresh")),
      sees("ess-paused", endStatus),
    ],
  },
  {
    name: "second-start",
    shows: "a second start, and a group that is disabled, while a task runs; tokens of the client",
    machines: 4,
    minutes: 15,
    steps: [
      start("{two}", { ClientToken: "{run}-token" }),
      start("{two}", { ClientToken: "{run}-token" }, "same token"),
      start("{one}", { ClientToken: "{run}-token" }, "token of another"),
      start("{broken}", {}, "second"),
      until(known, 2),
      act("DisableScalingGroup"),
      onTask("CancelInstanceRefresh"),
      untilEnded(10),
    ],
    observations: [
      sees("ess-one-task", answer("second")),
      sees("ess-client-token", (view) => {
        const [one, same] = ["StartInstanceRefresh", "same token"].map((label) =>
          view.entries.find(({ step }) => step === label),
        );
        return one && same && JSON.stringify(one.answer) === JSON.stringify(same.answer);
      }),
      sees("ess-client-token-of-another", answer("token of another")),
      sees("ess-disable-during-refresh", answer("DisableScalingGroup")),
    ],
  },
  {
    name: "protected",
    shows: "a machine that is protected from scale in",
    machines: 4,
    minutes: 20,
    steps: [
      act("SetInstancesProtection", { ...first, ProtectedFromScaleIn: "true" }),
      start("{two}"),
      untilEnded(),
      act("SetInstancesProtection", { ...first, ProtectedFromScaleIn: "false" }, "unprotect"),
    ],
    observations: [
      sees("ess-ignored-instances", versionsAtEnd),
      sees("ess-ignored-instances", endStatus),
      sees(
        "ess-instance-operations",
        met(({ machines }) => machines.some(({ state }) => state === "Protected")),
      ),
    ],
  },
  {
    name: "standby",
    shows: "a machine in standby",
    machines: 4,
    minutes: 20,
    steps: [
      act("EnterStandby", first),
      until(({ machines }) => machines.some(({ state }) => state === "Standby"), 5),
      start("{two}"),
      untilEnded(),
      act("ExitStandby", first),
    ],
    observations: [
      sees("ess-ignored-instances", replaced),
      sees(
        "ess-instance-operations",
        met(({ machines }) => machines.some(({ state }) => state === "Standby")),
      ),
      sees("ess-ignored-instances", endStatus),
    ],
  },
  {
    name: "scale-out",
    shows: "a group that is scaled out during a task",
    machines: 6,
    minutes: 30,
    steps: [
      start("{two}", {
        MinHealthyPercentage: "50",
        "Checkpoints.1.Percentage": "50",
        "Checkpoints.2.Percentage": "100",
        CheckpointPauseTime: "5",
      }),
      until(inStatus("CheckpointPause"), 15),
      act("ModifyScalingGroup", { DesiredCapacity: "3" }),
      untilEnded(),
    ],
    observations: [sees("ess-scale-out", versionsAtEnd)],
  },
  {
    name: "hooks",
    shows: "a lifecycle hook that holds up what a task launches",
    machines: 4,
    minutes: 30,
    steps: [
      act("CreateLifecycleHook", {
        LifecycleHookName: "launching",
        LifecycleTransition: "SCALE_OUT",
        HeartbeatTimeout: "120",
      }),
      act("CreateLifecycleHook", { LifecycleHookName: "ending", LifecycleTransition: "SCALE_IN" }, "default hook"),
      act("DescribeLifecycleHooks"),
      act("DeleteLifecycleHook", { LifecycleHookName: "ending" }),
      start("{two}"),
      until(({ machines }) => machines.some(({ state }) => state === "Pending:Wait"), 10),
      untilEnded(),
    ],
    observations: [
      sees("ess-hook-operations", answer("DeleteLifecycleHook")),
      sees("ess-hook-defaults", ofDefaultHook("HeartbeatTimeout")),
      sees("ess-hook-defaults", ofDefaultHook("DefaultResult")),
      sees("ess-hook-states", waitsForHook),
      sees("ess-hook-in-refresh", waitsForHook),
      sees("ess-hook-in-refresh", endStatus),
    ],
  },
  {
    name: "failing-image",
    shows: "machines that do not pass their checks, for an hour",
    machines: 4,
    minutes: 110,
    steps: [start("{broken}"), untilEnded(100)],
    observations: [
      sees("ess-no-progress", endStatus),
      sees("ess-no-progress", (view) => Number(minutesOf(inStatus("InProgress"))(view)) > 55),
      sees("ess-detail", endReason),
      sees("ess-success-configuration", secondIsActive),
    ],
  },
  {
    name: "both-100",
    shows: "both bounds at 100 percent",
    machines: 4,
    minutes: 20,
    steps: [start("{two}", { MinHealthyPercentage: "100", MaxHealthyPercentage: "100" }), untilEnded()],
    observations: [sees("ess-both-100", leastInService), sees("ess-both-100", mostMachines)],
  },
  {
    name: "min-100-max-150",
    shows: "a minimum of 100 percent with room above",
    machines: 4,
    minutes: 20,
    steps: [start("{two}", { MinHealthyPercentage: "100", MaxHealthyPercentage: "150" }), untilEnded()],
    observations: [sees("ess-order-of-replacing", leastInService), sees("ess-order-of-replacing", mostMachines)],
  },
  {
    name: "min-0",
    shows: "a minimum of 0 percent, and no room above",
    machines: 4,
    minutes: 15,
    steps: [start("{two}", { MinHealthyPercentage: "0", MaxHealthyPercentage: "100" }), untilEnded()],
    observations: [sees("ess-percentages", leastInService), sees("ess-percentages", mostMachines)],
  },
  {
    name: "weights",
    shows: "machines with weights",
    machines: 4,
    minutes: 20,
    group: {
      DesiredCapacity: "4",
      "Configuration.InstanceTypeOverrides.1.InstanceType": "{machine}",
      "Configuration.InstanceTypeOverrides.1.WeightedCapacity": "2",
    },
    machinesAtStart: 2,
    steps: [start("{two}", { MinHealthyPercentage: "50" }), untilEnded()],
    observations: [
      sees("ess-weights", described("TotalNeedUpdateCapacity")),
      sees("ess-weights", described("FinishedUpdateCapacity")),
    ],
  },
  {
    name: "large-weight",
    shows: "one machine that weighs as much as the group wants",
    machines: 2,
    minutes: 20,
    group: {
      DesiredCapacity: "4",
      "Configuration.InstanceTypeOverrides.1.InstanceType": "{machine}",
      "Configuration.InstanceTypeOverrides.1.WeightedCapacity": "4",
    },
    machinesAtStart: 1,
    steps: [start("{two}", { MinHealthyPercentage: "50", MaxHealthyPercentage: "200" }), untilEnded()],
    observations: [sees("ess-no-exception-for-weights", leastInService)],
  },
  {
    name: "json",
    shows: "a desired configuration as one JSON text",
    machines: 4,
    minutes: 20,
    steps: [
      act("StartInstanceRefresh", {
        DesiredConfiguration: '{"ScalingConfigurationId":"{two}"}',
        SkipMatching: "TRUE",
      }),
      untilEnded(),
    ],
    observations: [sees("ess-desired-json", answer("StartInstanceRefresh")), sees("ess-desired-json", secondIsActive)],
  },
  {
    name: "by-hand",
    shows: "machines that are attached, detached and removed by hand, and deletion that is refused",
    machines: 4,
    minutes: 25,
    group: { MinSize: "2", MaxSize: "2" },
    steps: [
      act("RemoveInstances", { ...first, DecreaseDesiredCapacity: "true" }, "remove below the minimum"),
      act("AttachInstances", first, "attach twice"),
      act("DeleteScalingGroup", {}, "delete without force"),
      act("SetGroupDeletionProtection", { GroupDeletionProtection: "true" }),
      act("DeleteScalingGroup", { ForceDelete: "true" }, "delete protected"),
      act("SetGroupDeletionProtection", { GroupDeletionProtection: "false" }, "unprotect"),
      act("ModifyScalingGroup", { MinSize: "0" }),
      act("DetachInstances", first),
      until(({ machines }) => machines.length <= 1, 5),
      act("AttachInstances", first),
      until(({ machines }) => machines.filter(({ inService }) => inService).length >= 2, 5),
      start("{two}"),
      untilEnded(),
    ],
    observations: [
      sees("ess-capacity-codes", answer("remove below the minimum")),
      sees("ess-attached-elsewhere", answer("attach twice")),
      sees("ess-force-delete", answer("delete without force")),
      sees("ess-deletion-protection", answer("delete protected")),
      sees("ess-removed-instances", answer("DetachInstances")),
      sees("ess-attached-instances", answered("AttachInstances", "ScalingActivityId")),
      sees("ess-ignored-instances", replaced),
    ],
  },
  {
    name: "kinds-of-groups",
    shows: "a group of another policy",
    machines: 0,
    minutes: 3,
    group: { DesiredCapacity: "0", MultiAZPolicy: "BALANCE", ScalingPolicy: "forceRelease" },
    steps: [start("{two}")],
    observations: [
      sees("ess-kinds-of-groups", answer("StartInstanceRefresh")),
      sees("ess-small-letters", ({ entries }) => {
        const groups = entries.find(({ operation }) => operation === "DescribeScalingGroups");
        return groups && memberAt(groups.answer, ["ScalingGroups", 0, "ScalingPolicy"]);
      }),
    ],
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
    shows: "what other operations refuse, on a group without machines",
    machines: 0,
    minutes: 3,
    group: { DesiredCapacity: "0" },
    steps: stepsOf(refusedGroups),
    observations: observationsOf(refusedGroups),
  },
];
