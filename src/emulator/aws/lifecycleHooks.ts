import { completeHook, extendHook } from "../../simulation/lifecycleActions";
import type { LifecycleHook } from "../../simulation/model";
import type { Members } from "./answers";
import { validationError } from "./errors";
import { findGroup } from "./findGroup";
import type { LifecycleHookSpecification } from "./groupShapes";
import * as shapes from "./groupShapes";
import { refuse } from "./launchConfigurationRules";
import { type Operation, operationsReadBy } from "./operation";
import { readRequest } from "./readRequest";
import { asked } from "./refused";
import type { AutoScalingGroup, AwsRegion } from "./region";

const operation = operationsReadBy(readRequest);

// fact: aws-hook-defaults
const defaultHeartbeatSeconds = 3600;
// fact: aws-hook-global-timeout
const longestWaitSeconds = 172_800;

/** The operations on lifecycle hooks, by name. */
export const lifecycleHookOperations: Readonly<Record<string, Operation<AwsRegion>>> = {
  PutLifecycleHook: operation(shapes.putLifecycleHook, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    const { AutoScalingGroupName: _, ...given } = request;
    const before = group.hooks.get(request.LifecycleHookName);
    const LifecycleTransition = given.LifecycleTransition ?? before?.LifecycleTransition;
    // fact: aws-hook-transition-required
    if (!LifecycleTransition)
      throw validationError("LifecycleTransition is required when a lifecycle hook is created.");
    refuse([
      [
        !before && group.hooks.size >= mostHooks,
        // fact: aws-hook-limit
        `You can have at most ${mostHooks} lifecycle hooks per Auto Scaling group.`,
      ],
    ]);
    const hook = { ...before, ...defined(given), LifecycleTransition };
    group.hooks.set(hook.LifecycleHookName, hook);
    group.model.hooks.set(hook.LifecycleHookName, modelHook(hook));
    return {};
  }),

  DescribeLifecycleHooks: operation(shapes.describeLifecycleHooks, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    const names = request.LifecycleHookNames ?? [];
    const found = [...group.hooks.values()].filter(
      ({ LifecycleHookName: name }) => names.length === 0 || names.includes(name),
    );
    return { LifecycleHooks: found.map((hook) => answeredHook(group, hook)) };
  }),

  DeleteLifecycleHook: operation(shapes.deleteLifecycleHook, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    hookOf(group, request.LifecycleHookName);
    // fact: aws-hook-deleted
    for (const { id, hooks, state } of group.model.instances.values()) {
      const result = state === "Pending" ? "ABANDON" : "CONTINUE";
      if (hooks.has(request.LifecycleHookName)) completeHook(group.model, id, request.LifecycleHookName, result);
    }
    group.hooks.delete(request.LifecycleHookName);
    group.model.hooks.delete(request.LifecycleHookName);
    return {};
  }),

  CompleteLifecycleAction: operation(shapes.completeLifecycleAction, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    const { LifecycleHookName: name, LifecycleActionResult: result } = request;
    hookOf(group, name);
    asked(() => completeHook(group.model, heldBy(group, name, request.InstanceId), name, result));
    return {};
  }),

  RecordLifecycleActionHeartbeat: operation(shapes.recordLifecycleActionHeartbeat, (request, region: AwsRegion) => {
    const group = findGroup(region, request.AutoScalingGroupName);
    const { LifecycleHookName: name } = request;
    hookOf(group, name);
    asked(() => extendHook(group.model, heldBy(group, name, request.InstanceId), name));
    return {};
  }),
};

// fact: aws-hook-limit
const mostHooks = 50;

/** A hook as the model takes it. */
export function modelHook(hook: LifecycleHookSpecification): LifecycleHook {
  return {
    name: hook.LifecycleHookName,
    transition: hook.LifecycleTransition === "autoscaling:EC2_INSTANCE_LAUNCHING" ? "Launching" : "Terminating",
    heartbeatSeconds: hook.HeartbeatTimeout ?? defaultHeartbeatSeconds,
    defaultResult: hook.DefaultResult ?? "ABANDON",
  };
}

function answeredHook(group: AutoScalingGroup, hook: LifecycleHookSpecification): Members {
  const { heartbeatSeconds, defaultResult } = modelHook(hook);
  return {
    ...hook,
    AutoScalingGroupName: group.settings.AutoScalingGroupName,
    HeartbeatTimeout: heartbeatSeconds,
    // fact: aws-hook-global-timeout
    GlobalTimeout: Math.min(longestWaitSeconds, 100 * heartbeatSeconds),
    DefaultResult: defaultResult,
  };
}

function hookOf(group: AutoScalingGroup, name: string): LifecycleHookSpecification {
  const hook = group.hooks.get(name);
  // fact: aws-hook-unknown
  if (!hook) throw validationError(`No Lifecycle Hook found with name: ${name}`);
  return hook;
}

/** Tokens are not told here: without an instance, the one that the hook holds up. */
function heldBy({ model }: AutoScalingGroup, hook: string, id: string | undefined): string {
  const held = [...model.instances.values()].find(({ hooks }) => hooks.has(hook));
  return id ?? held?.id ?? "";
}

function defined<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
