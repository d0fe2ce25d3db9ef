/** Lifecycle hooks: they hold up what a group launches and releases, until somebody completes them or their time is over. */
import { completeHook } from "../../simulation/lifecycleActions";
import type { World } from "../world";
import { EssError, missingParameter } from "./errors";
import { type Operation, page } from "./operation";
import type { Parameters } from "./parameters";
import { essState, findGroup, type Hook, newId, type ScalingGroup } from "./state";

// fact: ess-hook-limit
const mostHooks = 6;
// fact: ess-hook-defaults
export const [leastTimeout, mostTimeout, defaultTimeout] = [30, 21_600, 600];
// fact: ess-hook-defaults
const transitions = {
  SCALE_OUT: "Launching", // fact: ess-hook-defaults
  SCALE_IN: "Terminating", // fact: ess-hook-defaults
} as const;
export const results = ["CONTINUE", "ABANDON"] as const;
const nameRule = {
  least: 2, // fact: ess-hook-defaults
  most: 64, // fact: ess-hook-defaults
  pattern: /^[\p{L}\d][\p{L}\d_.-]*$/u,
};
// fact: ess-hook-arn
const noRecipient = (world: World) => `acs:ess:${world.region}:${world.accountId}:null/null`;

/** Of a request to create a hook, or of one that is given with a new group. */
export function addHook(world: World, group: ScalingGroup, parameters: Parameters): Hook {
  const transition = parameters.choice("LifecycleTransition", ["SCALE_OUT", "SCALE_IN"] as const);
  if (!transition) throw missingParameter("LifecycleTransition");
  if (group.hooks.size >= mostHooks) {
    // fact: ess-hook-limit
    throw new EssError("QuotaExceeded.LifecycleHook", 400, `A scaling group has at most ${mostHooks} lifecycle hooks.`);
  }
  const id = newId(world, "ash");
  const name = parameters.text("LifecycleHookName", nameRule) ?? id;
  refuseDuplicate(group, name, id);
  const hook: Hook = {
    id,
    name,
    transition,
    heartbeatSeconds: parameters.integer("HeartbeatTimeout", leastTimeout, mostTimeout) ?? defaultTimeout,
    // fact: ess-hook-defaults
    defaultResult: parameters.choice("DefaultResult", results) ?? "CONTINUE",
    isActive: true,
    notificationArn: parameters.text("NotificationArn") ?? noRecipient(world),
    notificationMetadata: parameters.text("NotificationMetadata", { most: 4096 }),
  };
  put(group, hook);
  return hook;
}

function put(group: ScalingGroup, hook: Hook): void {
  group.hooks.set(hook.id, hook);
  const { id, heartbeatSeconds, defaultResult } = hook;
  const transition = transitions[hook.transition];
  if (hook.isActive) group.group.hooks.set(id, { name: id, transition, heartbeatSeconds, defaultResult });
  else group.group.hooks.delete(id);
}

function refuseDuplicate(group: ScalingGroup, name: string, id: string): void {
  const isTaken = [...group.hooks.values()].some((each) => each.name === name && each.id !== id);
  // fact: ess-hook-codes
  if (isTaken)
    throw new EssError("InvalidLifecycleHookName.Duplicate", 400, `There is a lifecycle hook ${name} already.`);
}

const create: Operation = {
  // fact: ess-region-of-what-is-named
  needsRegion: false,
  run: (parameters, world) => {
    const group = findGroup(world, parameters.requiredText("ScalingGroupId"));
    return { LifecycleHookId: addHook(world, group, parameters).id };
  },
};

const modify: Operation = {
  // fact: ess-region-of-what-is-named
  needsRegion: false,
  run: (parameters, world) => {
    const { group, hook } = named(parameters, world);
    // By the id the name is what it is to be called; else it says which one is meant.
    const name = parameters.has("LifecycleHookId") ? parameters.text("LifecycleHookName", nameRule) : undefined;
    if (name) refuseDuplicate(group, name, hook.id);
    const status = parameters.choice("LifecycleHookStatus", ["Active", "InActive"] as const);
    put(group, {
      ...hook,
      name: name ?? hook.name,
      transition: parameters.choice("LifecycleTransition", ["SCALE_OUT", "SCALE_IN"] as const) ?? hook.transition,
      heartbeatSeconds: parameters.integer("HeartbeatTimeout", leastTimeout, mostTimeout) ?? hook.heartbeatSeconds,
      defaultResult: parameters.choice("DefaultResult", results) ?? hook.defaultResult,
      isActive: status === undefined ? hook.isActive : status === "Active",
      notificationArn: parameters.text("NotificationArn") || hook.notificationArn,
      notificationMetadata: parameters.text("NotificationMetadata", { most: 4096 }) ?? hook.notificationMetadata,
    });
    return {};
  },
};

const remove: Operation = {
  // fact: ess-region-of-what-is-named
  needsRegion: false,
  run: (parameters, world) => {
    const { group, hook } = named(parameters, world);
    // fact: ess-hook-deleted
    for (const { id, hooks } of [...group.group.instances.values()])
      if (hooks.has(hook.id)) completeHook(group.group, id, hook.id, hook.defaultResult);
    group.hooks.delete(hook.id);
    group.group.hooks.delete(hook.id);
    return {};
  },
};

const describe: Operation = {
  // fact: ess-region-of-what-is-named
  needsRegion: false,
  run: (parameters, world) => {
    const groupId = parameters.text("ScalingGroupId");
    const ids = parameters.texts("LifecycleHookIds");
    const name = parameters.text("LifecycleHookName");
    if (!groupId && ids.length === 0) throw missingParameter("ScalingGroupId");
    const wanted = [...essState(world).groups.values()]
      .filter(({ id }) => !groupId || id === groupId)
      .flatMap((group) => [...group.hooks.values()].map((hook) => hookMembers(group, hook)))
      .filter(
        ({ LifecycleHookId, LifecycleHookName }) =>
          (ids.length === 0 || ids.includes(LifecycleHookId)) && (!name || name === LifecycleHookName),
      );
    const { items, paging } = page(parameters, wanted);
    return { ...paging, LifecycleHooks: items };
  },
};

function hookMembers(group: ScalingGroup, hook: Hook) {
  return {
    ScalingGroupId: group.id,
    LifecycleHookId: hook.id,
    LifecycleHookName: hook.name,
    LifecycleHookStatus: hook.isActive ? "Active" : "InActive",
    LifecycleTransition: hook.transition,
    HeartbeatTimeout: hook.heartbeatSeconds,
    DefaultResult: hook.defaultResult,
    NotificationArn: hook.notificationArn,
    NotificationMetadata: hook.notificationMetadata ?? "",
  };
}

/** Throws an EssError when it is not there. */
export function hookById(id: string, world: World): { group: ScalingGroup; hook: Hook } {
  for (const group of essState(world).groups.values()) {
    const hook = group.hooks.get(id);
    if (hook) return { group, hook };
  }
  // fact: ess-hook-codes
  throw new EssError("InvalidLifecycleHookId.NotExist", 404, `The lifecycle hook ${id} does not exist.`);
}

/** By its id, or by its group and its name. Throws an EssError when it is not there. */
function named(parameters: Parameters, world: World): { group: ScalingGroup; hook: Hook } {
  const id = parameters.text("LifecycleHookId");
  if (id) return hookById(id, world);
  const group = findGroup(world, parameters.requiredText("ScalingGroupId"));
  const name = parameters.requiredText("LifecycleHookName");
  const hook = [...group.hooks.values()].find((each) => each.name === name);
  // fact: ess-hook-codes
  if (!hook) throw new EssError("InvalidLifecycleHookName.NotExist", 404, `The lifecycle hook ${name} does not exist.`);
  return { group, hook };
}

// fact: ess-hook-operations
export const lifecycleHookOperations: Readonly<Record<string, Operation>> = {
  // fact: ess-hook-operations
  CreateLifecycleHook: create,
  // fact: ess-hook-operations
  ModifyLifecycleHook: modify,
  // fact: ess-hook-operations
  DeleteLifecycleHook: remove,
  // fact: ess-hook-operations
  DescribeLifecycleHooks: describe,
};
