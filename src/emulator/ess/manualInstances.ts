/** Instances that somebody attaches, detaches, removes or finds unhealthy by hand. */
import { addManualInstances, makeUnhealthy, removeInstances } from "../../simulation/capacity";
import type { Instance } from "../../simulation/model";
import type { World } from "../world";
import { configurationFrom } from "./configurations";
import {
  attachedElsewhere,
  invalidParameter,
  missingParameter,
  noSuchInstance,
  tooLittleCapacity,
  tooMuchCapacity,
  wrongGroupStatus,
} from "./errors";
import type { Operation } from "./operation";
import type { Parameters } from "./parameters";
import { essState, findGroup, type ManualActivity, newId, type ScalingGroup } from "./state";

// fact: ess-attached-instances
const mostInstances = 20;

/** Puts instances that the group did not launch into service. Throws an EssError when one is in a group already. */
export function attach(world: World, group: ScalingGroup, ids: readonly string[]): ManualActivity {
  const { groups } = essState(world);
  for (const { group: other } of groups.values()) {
    const known = ids.find((id) => other.instances.has(id));
    if (known !== undefined) throw attachedElsewhere(known); // fact: ess-attached-elsewhere
  }
  if (new Set(ids).size < ids.length) throw invalidParameter("InstanceIds", "one is named twice"); // fact: ess-invalid-parameter
  if (group.group.engine.units.live + ids.length > group.group.maxSize) throw tooMuchCapacity();
  const active = group.active;
  if (!active) throw wrongGroupStatus("The scaling group has no active configuration."); // fact: ess-group-status
  addManualInstances(group.group, ids, configurationFrom(essState(world), active));
  if (group.desiredCapacity !== undefined) group.desiredCapacity += ids.length;
  return recordActivity(world, group, { verb: "Attach", ids, attached: ids });
}

const attachInstances: Operation = {
  // fact: ess-region-of-what-is-named
  needsRegion: false,
  run: (parameters, world) => {
    const { group, ids } = read(parameters, world);
    return { ScalingActivityId: attach(world, group, ids).id };
  },
};

/**
 * @param terminates which of them are released; the others go on running outside of the group
 */
function removing(verb: string, terminates: (instance: Instance) => boolean): Operation {
  return {
    needsRegion: false,
    run: (parameters, world) => {
      const { group, ids: named } = read(parameters, world);
      const { group: model } = group;
      const unknown = named.filter((id) => !model.instances.has(id));
      if (unknown.length > 0 && !parameters.boolean("IgnoreInvalidInstance")) {
        // fact: ess-instance-codes
        throw noSuchInstance(`The instances ${unknown.join(", ")} are not in the scaling group.`);
      }
      const ids = named.filter((id) => model.instances.has(id));
      const decrementDesiredCapacity = parameters.boolean("DecreaseDesiredCapacity") ?? true;
      const units = ids.reduce((sum, id) => sum + (model.instances.get(id)?.type.weight ?? 0), 0);
      if (decrementDesiredCapacity && model.desiredCapacity - units < model.minSize) throw tooLittleCapacity();
      removeInstances(model, ids, { decrementDesiredCapacity, terminates });
      if (decrementDesiredCapacity && group.desiredCapacity !== undefined) group.desiredCapacity -= units;
      const { id } = recordActivity(world, group, { verb, ids, removed: ids });
      return {
        ScalingActivityId: id,
        ...(verb === "Remove" ? { IgnoredInstances: unknown.map((each) => ({ InstanceId: each })) } : {}),
      };
    },
  };
}

const setInstanceHealth: Operation = {
  // fact: ess-region-of-what-is-named
  needsRegion: false,
  run: (parameters, world) => {
    const id = parameters.requiredText("InstanceId");
    const health = parameters.choice("HealthStatus", ["Healthy", "Unhealthy"]) ?? "Unhealthy";
    const group = [...essState(world).groups.values()].find((each) => each.group.instances.has(id));
    const instance = group?.group.instances.get(id);
    if (!group || !instance) throw noSuchInstance(`The instance ${id} is in no scaling group.`); // fact: ess-instance-codes
    if (health === "Unhealthy" && instance.state === "InService") makeUnhealthy(group.group, id);
    return {};
  },
};

function read(parameters: Parameters, world: World) {
  const group = findGroup(world, parameters.requiredText("ScalingGroupId"));
  const ids = parameters.texts("InstanceIds");
  if (ids.length === 0) throw missingParameter("InstanceIds.1");
  if (ids.length > mostInstances) throw invalidParameter("InstanceIds", `there may be at most ${mostInstances}`); // fact: ess-attached-instances
  if (!group.enabled) throw wrongGroupStatus("The scaling group is not enabled."); // fact: ess-group-status
  return { group, ids };
}

export interface Done {
  readonly verb: string;
  readonly ids: readonly string[];
  readonly attached?: readonly string[];
  readonly removed?: readonly string[];
}

/** What was done on request is an activity that has ended. */
export function recordActivity(world: World, group: ScalingGroup, done: Done): ManualActivity {
  const { verb, ids, attached = [], removed = [] } = done;
  const activity = {
    id: newId(world, "asa"),
    time: world.now(),
    // fact: ess-activities
    description: `${verb} ${ids.length} instance${ids.length === 1 ? "" : "s"}`,
    // fact: ess-activities
    cause: "A user asked for it.",
    attached,
    removed,
  };
  group.manualActivities.push(activity);
  return activity;
}

export const manualInstanceOperations: Readonly<Record<string, Operation>> = {
  // fact: ess-instance-operations
  AttachInstances: attachInstances,
  DetachInstances: removing("Detach", () => false),
  RemoveInstances: removing("Remove", ({ manual }) => !manual),
  // fact: ess-instance-operations
  SetInstanceHealth: setInstanceHealth,
};
