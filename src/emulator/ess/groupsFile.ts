import { z } from "zod";
import { setProtection } from "../../simulation/capacity";
import type { World } from "../world";
import { configurationFrom, sourceFrom } from "./configurations";
import { newGroup } from "./newGroup";
import { essState, newId, type ScalingConfiguration, type Source } from "./state";

const container = z.strictObject({ name: z.string(), image: z.string() });

/** A group that is enabled, and has its capacity in service. */
const shape = z.strictObject({
  id: z.string().default("asg-web"),
  name: z.string().optional(),
  desiredCapacity: z.int().min(0).max(100_000),
  minSize: z.int().min(0).default(0),
  /** Default: twice the desired capacity. */
  maxSize: z.int().min(0).optional(),
  /** Of an ECS group. */
  imageId: z.string().default("m-1"),
  instanceTypes: z.array(z.string()).min(1).default(["ecs.g7.large"]),
  scalingConfigurationId: z.string().optional(),
  /** Instead of an image. */
  launchTemplateId: z.string().optional(),
  launchTemplateVersion: z.string().default("1"),
  /** Makes it an ECI group. */
  containers: z.array(container).min(1).optional(),
  /** How many of its instances are protected from scale-in. */
  protectedInstances: z.int().min(0).default(0),
});

/** Throws an Error that says what is wrong with the specification. */
export function createFromFile(specification: unknown, world: World): void {
  const parsed = shape.safeParse(specification);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const group = parsed.data;
  const { id, name, minSize, desiredCapacity } = group;
  const { groups, configurations } = essState(world);
  if (groups.has(id)) throw new Error(`There is a group ${id} already.`);
  const configuration = group.launchTemplateId === undefined ? scalingConfiguration(group, world) : undefined;
  if (configuration) configurations.set(configuration.id, configuration);
  const active: Source = configuration
    ? sourceFrom(configuration)
    : {
        launchTemplateId: group.launchTemplateId ?? "",
        launchTemplateVersion: group.launchTemplateVersion,
        overrides: [],
      };
  const { group: model } = newGroup(world, {
    id,
    type: group.containers ? "ECI" : "ECS",
    minSize,
    maxSize: group.maxSize ?? 2 * desiredCapacity,
    desiredCapacity,
    active,
    running: configurationFrom(essState(world), active),
    ...(name === undefined ? {} : { name }),
  });
  setProtection(model, [...model.instances.keys()].slice(0, group.protectedInstances), true);
}

function scalingConfiguration(group: z.output<typeof shape>, world: World): ScalingConfiguration {
  const id = group.scalingConfigurationId ?? newId(world, "asc");
  const containers = group.containers?.map(({ name, image }) => ({
    name,
    image,
    commands: [],
    args: [],
    environmentVars: [],
  }));
  return {
    id,
    groupId: group.id,
    name: id,
    createdAt: world.now(),
    instanceTypes: (containers ? ["eci"] : group.instanceTypes).map((name) => ({ name, weight: 1 })),
    securityGroupId: undefined,
    cpu: undefined,
    memory: undefined,
    imageId: containers ? undefined : group.imageId,
    containers: containers ?? [],
  };
}
