/** What is done for an instance that a lifecycle hook holds up: its action is described, completed, or given more time. */
import { createHash } from "node:crypto";
import { completeHook, extendHook } from "../../simulation/lifecycleActions";
import type { HookResult, Instance } from "../../simulation/model";
import type { World } from "../world";
import type { Members } from "./answers";
import { EssError, invalidParameter } from "./errors";
import { activityId } from "./instances";
import { defaultTimeout, hookById, leastTimeout, mostTimeout, results } from "./lifecycleHooks";
import type { Operation } from "./operation";
import { essState } from "./state";

const describeActions: Operation = {
  // fact: ess-region-of-what-is-named
  needsRegion: false,
  run: (parameters, world) => {
    const activity = parameters.requiredText("ScalingActivityId");
    const status = parameters.choice("LifecycleActionStatus", ["Pending", "Timeout", "Completed"] as const);
    const size = parameters.integer("MaxResults", 1, 50) ?? 10;
    // fact: ess-hook-actions
    const found = status === undefined || status === "Pending" ? actionsOf(activity, world) : [];
    return { LifecycleActions: found.slice(0, size), MaxResults: size, NextToken: "", TotalCount: found.length };
  },
};

function actionsOf(activity: string, world: World): Members[] {
  return [...essState(world).groups.values()].flatMap((group) => {
    const ids = group.group.activities.filter((each) => activityId(each) === activity).map((each) => each.instanceId);
    return [...group.group.instances.values()]
      .filter(({ id }) => ids.includes(id))
      .flatMap((instance) =>
        [...instance.hooks.keys()].map((hook) => ({
          InstanceIds: [instance.id],
          LifecycleActionResult: group.hooks.get(hook)?.defaultResult,
          LifecycleActionStatus: "Pending",
          LifecycleActionToken: tokenOf(instance, hook),
          LifecycleHookId: hook,
        })),
      );
  });
}

/** The same for as long as the hook holds the instance up. */
function tokenOf({ id, epoch }: Instance, hook: string): string {
  const hex = createHash("sha256")
    .update(JSON.stringify([hook, id, epoch]))
    .digest("hex")
    .toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

const complete: Operation = {
  // fact: ess-region-of-what-is-named
  needsRegion: false,
  run: (parameters, world) => {
    const id = parameters.requiredText("LifecycleHookId");
    const token = parameters.requiredText("LifecycleActionToken");
    const { group, hook, instance } = held(world, id, token);
    const asked = parameters.choice("LifecycleActionResult", [...results, "ROLLBACK"] as const) ?? hook.defaultResult;
    completeHook(group.group, instance.id, hook.id, resultOf(asked, instance));
    return {};
  },
};

/** Instances that are released cannot return to service here. */
// fact: ess-hook-rollback-result
function resultOf(asked: HookResult | "ROLLBACK", { state }: Instance): HookResult {
  if (asked !== "ROLLBACK") return asked;
  if (state === "Pending") return "ABANDON";
  throw invalidParameter("LifecycleActionResult", "ROLLBACK of an instance that is released is not emulated"); // fact: ess-hook-rollback-result
}

/** Its parameters begin with small letters. */
const heartbeat: Operation = {
  // fact: ess-region-of-what-is-named
  needsRegion: false,
  run: (parameters, world) => {
    const id = parameters.requiredText("lifecycleHookId");
    const token = parameters.requiredText("lifecycleActionToken");
    const seconds = parameters.integer("heartbeatTimeout", leastTimeout, mostTimeout) ?? defaultTimeout;
    const { group, instance } = held(world, id, token);
    extendHook(group.group, instance.id, id, seconds);
    return {};
  },
};

/** Throws an EssError when no hook of that id holds up an instance with that token. */
function held(world: World, id: string, token: string) {
  const { group, hook } = hookById(id, world);
  const instance = [...group.group.instances.values()].find(
    (each) => each.hooks.has(id) && tokenOf(each, id) === token,
  );
  if (!instance) {
    // fact: ess-hook-codes
    throw new EssError(
      "LifecycleHookIdAndLifecycleActionToken.Invalid",
      400,
      "The specified lifecycleActionToken and lifecycleHookId you provided does not match any in process lifecycle action.",
    );
  }
  return { group, hook, instance };
}

// fact: ess-hook-operations
export const lifecycleActionOperations: Readonly<Record<string, Operation>> = {
  // fact: ess-hook-operations
  DescribeLifecycleActions: describeActions,
  // fact: ess-hook-operations
  CompleteLifecycleAction: complete,
  // fact: ess-hook-operations
  RecordLifecycleActionHeartbeat: heartbeat,
};
