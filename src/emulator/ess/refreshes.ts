import type { Group, Refresh } from "../../simulation/model";
import {
  activeRefresh,
  cancelRefresh,
  resumeRefresh,
  rollbackRefresh,
  startRefresh,
  suspendRefresh,
} from "../../simulation/refresh";
import { type Refusal, Refused } from "../../simulation/refused";
import type { World } from "../world";
import type { Members } from "./answers";
import { configurationFrom } from "./configurations";
import {
  alreadyRunning,
  type EssError,
  invalidParameter,
  irreversibleTask,
  missingParameter,
  noSuchTask,
  nothingToRefresh,
  unsupportedGroup,
  wrongGroupStatus,
  wrongTaskStatus,
} from "./errors";
import { type Operation, seconds } from "./operation";
import { readDesired, readPreferences } from "./refreshParameters";
import { essState, findGroup, newId, type ScalingGroup, sourceOf, type Task } from "./state";

const start: Operation = {
  // fact: ess-region-required
  needsRegion: true,
  run: (parameters, world) => {
    const group = findGroup(world, parameters.requiredText("ScalingGroupId"));
    const preferences = readPreferences(parameters);
    const active = sourceOf(group.group.configuration);
    if (!active) throw wrongGroupStatus("The scaling group is not enabled."); // fact: ess-group-status
    checkKind(group);
    const state = essState(world);
    const desired = readDesired(state, group, active, parameters);
    const id = newId(world, "ir");
    const refresh = unlessRefused(() =>
      startRefresh(group.group, {
        id,
        preferences,
        desired: desired && configurationFrom(state, desired.source),
        irreversible: desired?.irreversible,
      }),
    );
    state.tasks.set(id, { group, refresh, preferences, desired: desired?.given });
    return { InstanceRefreshTaskId: id };
  },
};

function checkKind({ multiAZPolicy, scalingPolicy }: ScalingGroup): void {
  if (multiAZPolicy !== "PRIORITY") {
    // fact: ess-kinds-of-groups
    throw unsupportedGroup(`Only groups with the scaling policy PRIORITY are refreshed, not ${multiAZPolicy}.`);
  }
  if (scalingPolicy === "recycle" || scalingPolicy === "forcerecycle") {
    // fact: ess-kinds-of-groups
    throw unsupportedGroup(`Groups that stop their instances instead of releasing them are not refreshed.`);
  }
}

const describe: Operation = {
  // fact: ess-region-required
  needsRegion: true,
  run: (parameters, world) => {
    const groupId = parameters.text("ScalingGroupId");
    const ids = parameters.texts("InstanceRefreshTaskIds");
    if (!groupId && ids.length === 0) throw missingParameter("ScalingGroupId");
    if (ids.length > 20) throw invalidParameter("InstanceRefreshTaskIds", "there may be at most 20"); // fact: ess-describe-tasks
    const size = parameters.integer("MaxResults", 1, 50) ?? 10;
    const from = readNextToken(parameters.text("NextToken"));
    const tasks = wanted(world, groupId, ids);
    const next = from + size;
    return {
      InstanceRefreshTasks: tasks.slice(from, next).map((task) => taskMembers(task, world.region)),
      TotalCount: tasks.length,
      MaxResults: size,
      NextToken: next < tasks.length ? Buffer.from(`${next}`).toString("base64url") : "",
    };
  },
};

/** Newest first. A group that is not there, like a task that is not, is merely not found. */
function wanted(world: World, groupId: string | undefined, ids: readonly string[]): Task[] {
  const { tasks, groups } = essState(world);
  const all = groupId ? (groups.get(groupId)?.group.refreshes ?? []).map(({ id }) => id) : ids;
  return all
    .filter((id) => ids.length === 0 || ids.includes(id))
    .flatMap((id) => tasks.get(id) ?? [])
    .filter(({ group }) => groups.has(group.id))
    .reverse()
    .sort((left, right) => right.refresh.startTime - left.refresh.startTime);
}

function readNextToken(token: string | undefined): number {
  if (!token) return 0;
  const offset = Number(Buffer.from(token, "base64url").toString());
  if (!Number.isInteger(offset) || offset < 1) throw invalidParameter("NextToken", "it is not one that was answered"); // fact: ess-pages-of-tasks
  return offset;
}

function taskMembers({ group, refresh, preferences, desired }: Task, region: string): Members {
  const failed = refresh.status === "Failed" || refresh.status === "RollbackFailed";
  return {
    InstanceRefreshTaskId: refresh.id,
    ScalingGroupId: group.id,
    RegionId: region,
    Status: refresh.status,
    Detail: failed ? refresh.reason : undefined,
    StartTime: seconds(refresh.startTime),
    EndTime: refresh.endTime === undefined ? undefined : seconds(refresh.endTime),
    FinishedUpdateCapacity: refresh.progress.updated,
    TotalNeedUpdateCapacity: refresh.progress.total,
    MinHealthyPercentage: preferences.minHealthyPercentage,
    MaxHealthyPercentage: preferences.maxHealthyPercentage,
    SkipMatching: preferences.skipMatching,
    Checkpoints: preferences.checkpoints.map((percentage) => ({ Percentage: percentage })),
    CheckpointPauseTime: preferences.checkpointPauseSeconds / 60,
    Strategy: preferences.strategy,
    DesiredConfiguration: desired,
  };
}

/** An operation on the running task, which must be the one that is named. */
function onTask(act: (group: Group) => Refresh): Operation {
  return {
    needsRegion: true,
    run: (parameters, world) => {
      const { id: groupId, group } = findGroup(world, parameters.requiredText("ScalingGroupId"));
      const id = parameters.requiredText("InstanceRefreshTaskId");
      const task = essState(world).tasks.get(id);
      if (task?.group.id !== groupId) throw noSuchTask(id);
      if (activeRefresh(group)?.id !== id) throw wrongTaskStatus(`The task has ended: it is ${task.refresh.status}.`); // fact: ess-task-codes
      unlessRefused(() => act(group));
      return {};
    },
  };
}

function unlessRefused<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refused) throw (refusals[error.refusal] ?? wrongTaskStatus)(error.message);
    throw error;
  }
}

const refusals: Partial<Record<Refusal, (message: string) => EssError>> = {
  // fact: ess-one-task
  AlreadyRunning: alreadyRunning,
  // fact: ess-nothing-to-refresh
  NothingToReplace: nothingToRefresh,
  // fact: ess-group-status
  NoConfiguration: wrongGroupStatus,
  // fact: ess-template-irreversible
  Irreversible: irreversibleTask,
};

export const refreshOperations: Readonly<Record<string, Operation>> = {
  // fact: ess-refresh-operations
  StartInstanceRefresh: start,
  // fact: ess-refresh-operations
  DescribeInstanceRefreshes: describe,
  CancelInstanceRefresh: onTask(cancelRefresh),
  RollbackInstanceRefresh: onTask(rollbackRefresh),
  SuspendInstanceRefresh: onTask(suspendRefresh),
  ResumeInstanceRefresh: onTask(resumeRefresh),
};
