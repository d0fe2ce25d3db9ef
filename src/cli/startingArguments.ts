/** The arguments that a new program for a group begins with: all of them pass the checks, and the group's own. */

import { lifecycleOf } from "../app/lifecycles";
import type { Arguments } from "../core/cloud";
import type { ValidationIssue } from "../core/definition/arguments";
import type { NamedGroup } from "./targets";

export interface StartingArguments {
  readonly args: Arguments;
  /** Why a member is not there that a program would have. */
  readonly leftOut: readonly string[];
  /** Why the service would refuse any refresh of the group. */
  readonly obstacles: readonly string[];
}

/** @returns undefined when there is no such group */
export async function startingArguments({ cloud, api, name }: NamedGroup): Promise<StartingArguments | undefined> {
  let args = await api.currentArguments(name);
  if (!args) return undefined;
  const lifecycle = await lifecycleOf(cloud.key);
  const leftOut: string[] = [];
  for (;;) {
    const group = await api.group(args);
    if (!group) return undefined;
    const issues: ValidationIssue[] = [...lifecycle.check(args).failures, ...group.obstacles];
    const removable = issues.filter(({ property }) => isOptional(property) && has(args as Arguments, property));
    if (removable.length === 0) {
      const obstacles = issues.map(({ reason }) => reason);
      return { args: isConfigured(args) ? args : { ...args, triggers: { rollout: "1" } }, leftOut, obstacles };
    }
    for (const { property, reason } of removable) {
      args = without(args, property.split("."));
      leftOut.push(reason);
    }
  }

  function isOptional(property: string): boolean {
    return property !== "" && property !== cloud.groupArgument;
  }
}

function isConfigured(args: Arguments): boolean {
  return Object.keys(args).some((name) => name.startsWith("desiredConfiguration"));
}

function has(args: Arguments, property: string): boolean {
  let value: unknown = args;
  for (const name of property.split(".")) value = (value as Record<string, unknown> | undefined)?.[name];
  return value !== undefined;
}

/** Without a member, and without the objects that it leaves empty. */
function without(args: Arguments, [name = "", ...inner]: readonly string[]): Arguments {
  const { [name]: value, ...rest } = args;
  if (inner.length === 0) return rest;
  const left = without((value ?? {}) as Arguments, inner);
  return Object.keys(left).length > 0 ? { ...args, [name]: left } : rest;
}
