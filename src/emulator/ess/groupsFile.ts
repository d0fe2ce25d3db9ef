import { setProtection } from "../../simulation/capacity";
import type { World } from "../world";
import { configurationFrom, sourceFrom } from "./configurations";
import { checkSizes, groupTypes, readTemplate, settings } from "./groupParameters";
import { attachmentShape, groupShape } from "./groupShape";
import { addHook } from "./lifecycleHooks";
import { newConfiguration } from "./newConfiguration";
import { newGroup } from "./newGroup";
import { parametersOf } from "./parameters";
import { readSettings } from "./settings";
import { essState, newId } from "./state";
import { readTags } from "./tags";

// fact: ess-group-sizes-of-files
const largestSize = 100_000;

/**
 * Makes a group of a groups file, enabled and with its capacity in service: the parameters of CreateScalingGroup, its
 * `ScalingGroupId`, those of the configuration as `ScalingConfiguration`, and how many are `ProtectedInstances`.
 *
 * @throws Error that says what is wrong with it
 */
export function createFromFile(specification: object, world: World): void {
  const parameters = parametersOf(specification);
  const desiredCapacity = parameters.requiredInteger("DesiredCapacity", 0, largestSize);
  const minSize = parameters.integer("MinSize", 0, largestSize) ?? 0;
  const maxSize = parameters.integer("MaxSize", 0, largestSize) ?? 2 * desiredCapacity;
  checkSizes(minSize, maxSize, desiredCapacity);
  const id = parameters.text("ScalingGroupId") ?? newId(world, "asg");
  const state = essState(world);
  if (state.groups.has(id)) throw new Error(`There is a group ${id} already.`);

  const type = parameters.choice("GroupType", groupTypes) ?? "ECS";
  const given = parameters.object("ScalingConfiguration");
  const configuration = given && newConfiguration(world, { id, type }, given, given.text("ScalingConfigurationId"));
  const active = configuration ? sourceFrom(configuration) : readTemplate(parameters);
  if (!active) throw new Error("It needs a ScalingConfiguration or a LaunchTemplateId.");
  const created = newGroup(world, {
    id,
    type,
    minSize,
    maxSize,
    desiredCapacity,
    active,
    running: configurationFrom(state, active),
    tags: readTags(parameters),
    settings: readSettings(parameters, { ...groupShape, ...attachmentShape }),
    ...settings(parameters),
  });
  for (const hook of parameters.objects("LifecycleHooks")) addHook(world, created, hook);
  const { group } = created;
  const isProtected = parameters.integer("ProtectedInstances", 0, desiredCapacity) ?? 0;
  setProtection(group, [...group.instances.keys()].slice(0, isProtected), true);
}
