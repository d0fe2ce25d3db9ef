import { createGroup } from "../../simulation/createGroup";
import type { Configuration } from "../../simulation/model";
import { essRules } from "../../simulation/rules";
import { rulesIn } from "../deviation";
import type { World } from "../world";
import { EssError } from "./errors";
import { essState, newId, type ScalingGroup } from "./state";

export interface NewGroup extends Partial<Omit<ScalingGroup, "group" | "createdAt">> {
  readonly type: ScalingGroup["type"];
  readonly minSize: number;
  readonly maxSize: number;
  /** With a configuration the group begins with its desired capacity in service. */
  readonly running?: Configuration | undefined;
}

/** Puts a group into the region. Throws an EssError when its name is taken. */
export function newGroup(world: World, { minSize, maxSize, running, ...fields }: NewGroup): ScalingGroup {
  const { groups } = essState(world);
  const id = fields.id ?? newId(world, "asg");
  const name = fields.name ?? id;
  refuseDuplicate(world, name, id);
  const group: ScalingGroup = {
    enabled: running !== undefined,
    active: undefined,
    desiredCapacity: undefined,
    multiAZPolicy: "PRIORITY",
    scalingPolicy: "release",
    healthCheckTypes: [fields.type],
    defaultCooldown: 300,
    vSwitchIds: [],
    loadBalancerIds: [],
    dbInstanceIds: [],
    tags: new Map(),
    removalPolicies: ["OldestScalingConfiguration", "OldestInstance"],
    suspendedProcesses: new Set(),
    settings: {},
    hooks: new Map(),
    manualActivities: [],
    ...fields,
    id,
    name,
    createdAt: world.now(),
    group: createGroup({
      id,
      rules: rulesIn(world, essRules),
      now: world.now(),
      clock: world.clock,
      seed: `${world.region}/${world.random.hex(16)}`,
      minSize,
      maxSize,
      desiredCapacity: running ? (fields.desiredCapacity ?? minSize) : 0,
      configuration: running,
      running: true,
      instanceIdPrefix: fields.type === "ECI" ? "eci-" : "i-",
    }),
  };
  groups.set(id, group);
  world.groups.set(`ess/${id}`, group.group);
  return group;
}

/** Throws an EssError when another group has the name. */
export function refuseDuplicate(world: World, name: string, id: string): void {
  for (const other of essState(world).groups.values()) {
    if (other.name !== name || other.id === id) continue;
    // fact: ess-names-are-unique
    throw new EssError("InvalidScalingGroupName.Duplicate", 400, `There is a scaling group ${name} already.`);
  }
}
