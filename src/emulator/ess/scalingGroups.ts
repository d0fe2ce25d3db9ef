import { setConfiguration, setDesiredCapacity } from "../../simulation/capacity";
import { removeGroup, type World } from "../world";
import { configurationFrom, sourceFrom } from "./configurations";
import { deletionProtected, invalidParameter, missingParameter, noSuchConfiguration, wrongGroupStatus } from "./errors";
import { groupMembers, standbyUnits } from "./groupMembers";
import { checkSizes, groupTypes, largestSize, readTemplate, settings } from "./groupParameters";
import { attachmentShape, groupShape } from "./groupShape";
import { addHook } from "./lifecycleHooks";
import { attach } from "./manualInstances";
import { newGroup, refuseDuplicate } from "./newGroup";
import { type Operation, page } from "./operation";
import type { Parameters } from "./parameters";
import { readSettings } from "./settings";
import { essState, findGroup, type ScalingGroup, type Source, saveRefreshed } from "./state";
import { readTags } from "./tags";

const create: Operation = {
  // fact: ess-region-required
  needsRegion: true,
  run: (parameters, world) => {
    const minSize = parameters.requiredInteger("MinSize", 0, largestSize);
    const maxSize = parameters.requiredInteger("MaxSize", 0, largestSize);
    const desiredCapacity = parameters.integer("DesiredCapacity", 0, largestSize);
    checkSizes(minSize, maxSize, desiredCapacity);
    const group = newGroup(world, {
      type: parameters.choice("GroupType", groupTypes) ?? "ECS",
      minSize,
      maxSize,
      desiredCapacity,
      active: readTemplate(parameters),
      loadBalancerIds: parameters.texts("LoadBalancerIds"),
      dbInstanceIds: parameters.texts("DBInstanceIds"),
      tags: readTags(parameters),
      settings: readSettings(parameters, { ...groupShape, ...attachmentShape }),
      ...settings(parameters),
    });
    for (const hook of parameters.objects("LifecycleHooks")) addHook(world, group, hook);
    return { ScalingGroupId: group.id };
  },
};

const modify: Operation = {
  // fact: ess-region-of-what-is-named
  needsRegion: false,
  run: (parameters, world) => {
    const group = findGroup(world, parameters.requiredText("ScalingGroupId"));
    const minSize = parameters.integer("MinSize", 0, largestSize) ?? group.group.minSize;
    const maxSize = parameters.integer("MaxSize", 0, largestSize) ?? group.group.maxSize;
    const asked = parameters.integer("DesiredCapacity", 0, largestSize);
    checkSizes(minSize, maxSize, asked);
    const active = readActive(parameters, group, world);
    const changed = settings(parameters);
    if (changed.name !== undefined) refuseDuplicate(world, changed.name, group.id);

    Object.assign(group, changed);
    Object.assign(group.group, { minSize, maxSize });
    group.settings = { ...group.settings, ...readSettings(parameters, groupShape) };
    if (parameters.boolean("DisableDesiredCapacity")) group.desiredCapacity = undefined;
    else if (asked !== undefined) group.desiredCapacity = asked;
    if (active) group.active = active;
    if (group.enabled) apply(group, world);
    return {};
  },
};

const enable: Operation = {
  // fact: ess-region-of-what-is-named
  needsRegion: false,
  run: (parameters, world) => {
    const group = findGroup(world, parameters.requiredText("ScalingGroupId"));
    if (group.enabled) throw wrongGroupStatus("The scaling group is enabled already."); // fact: ess-group-status
    const active = readActive(parameters, group, world) ?? group.active;
    if (!active) throw missingParameter("ActiveScalingConfigurationId");
    group.active = active;
    group.enabled = true;
    const instances = parameters.texts("InstanceIds");
    if (instances.length > 0) attach(world, group, instances);
    apply(group, world);
    return {};
  },
};

/** A group that is disabled neither launches nor terminates; its instances stay. */
const disable: Operation = {
  // fact: ess-region-of-what-is-named
  needsRegion: false,
  run: (parameters, world) => {
    const group = findGroup(world, parameters.requiredText("ScalingGroupId"));
    if (!group.enabled) throw wrongGroupStatus("The scaling group is disabled already."); // fact: ess-group-status
    if (group.group.engine.run) throw wrongGroupStatus("An instance refresh of the scaling group is running."); // fact: ess-disable-during-refresh
    group.enabled = false;
    setConfiguration(group.group, undefined);
    return {};
  },
};

/** Brings the model to what the group is to have. */
function apply(group: ScalingGroup, world: World): void {
  const { group: model, active } = group;
  if (active) setConfiguration(model, configurationFrom(essState(world), active));
  const { desiredCapacity } = model;
  const held = standbyUnits(model);
  const wanted = group.desiredCapacity ?? Math.min(Math.max(desiredCapacity + held, model.minSize), model.maxSize);
  setDesiredCapacity(model, Math.max(0, wanted - held));
}

const remove: Operation = {
  // fact: ess-region-of-what-is-named
  needsRegion: false,
  run: (parameters, world) => {
    const group = findGroup(world, parameters.requiredText("ScalingGroupId"));
    if (group.settings.GroupDeletionProtection === true) throw deletionProtected(group.id);
    if (group.group.instances.size > 0 && !parameters.boolean("ForceDelete")) {
      // fact: ess-force-delete
      throw wrongGroupStatus("The scaling group has instances: ForceDelete is needed.");
    }
    const { groups, configurations } = essState(world);
    groups.delete(group.id);
    removeGroup(world, `ess/${group.id}`);
    for (const { id, groupId } of [...configurations.values()]) if (groupId === group.id) configurations.delete(id);
    return {};
  },
};

const describe: Operation = {
  // fact: ess-region-required
  needsRegion: true,
  run: (parameters, world) => {
    const ids = parameters.texts("ScalingGroupIds");
    if (ids.length > 20) throw invalidParameter("ScalingGroupIds", "there may be at most 20"); // fact: ess-describe-groups
    const names = parameters.texts("ScalingGroupNames");
    const type = parameters.choice("GroupType", groupTypes);
    const wanted = [...essState(world).groups.values()].filter(
      (group) =>
        (ids.length === 0 || ids.includes(group.id)) &&
        (names.length === 0 || names.includes(group.name)) &&
        (!type || group.type === type),
    );
    const { items, paging } = page(parameters, wanted, 50); // fact: ess-describe-groups
    return {
      ...paging,
      ScalingGroups: items.map((group) => {
        saveRefreshed(world, group);
        return groupMembers(group, world.region);
      }),
    };
  },
};

function readActive(parameters: Parameters, group: ScalingGroup, world: World): Source | undefined {
  const id = parameters.text("ActiveScalingConfigurationId");
  if (!id) return readTemplate(parameters);
  const configuration = essState(world).configurations.get(id);
  if (configuration?.groupId !== group.id) throw noSuchConfiguration(id);
  return sourceFrom(configuration);
}

export const scalingGroupOperations: Readonly<Record<string, Operation>> = {
  // fact: ess-group-operations
  CreateScalingGroup: create,
  // fact: ess-group-operations
  ModifyScalingGroup: modify,
  // fact: ess-group-operations
  EnableScalingGroup: enable,
  // fact: ess-group-operations
  DisableScalingGroup: disable,
  // fact: ess-group-operations
  DeleteScalingGroup: remove,
  // fact: ess-group-operations
  DescribeScalingGroups: describe,
};
