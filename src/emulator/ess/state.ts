import { randomUUID } from "node:crypto";
import type { Configuration, Group, Refresh } from "../../simulation/model";
import type { World } from "../world";
import type { Members } from "./answers";
import { noSuchGroup } from "./errors";
import type { ReadPreferences } from "./refreshParameters";

/** What ESS keeps in a region. */
export interface EssState {
  readonly groups: Map<string, ScalingGroup>;
  readonly configurations: Map<string, ScalingConfiguration>;
  readonly tasks: Map<string, Task>;
  /** What was answered to a client token, and to which request. */
  readonly tokens: Map<string, { readonly request: string; readonly result: Members }>;
}

export interface ScalingGroup {
  readonly id: string;
  readonly type: "ECS" | "ECI";
  readonly createdAt: number;
  /** The capacity, the instances and the refreshes. Its configuration is the active one while the group is enabled. */
  readonly group: Group;
  name: string;
  enabled: boolean;
  /** Until the group is enabled, nothing is launched: what is to be active, and how much of it. */
  active: Source | undefined;
  desiredCapacity: number | undefined;
  multiAZPolicy: string;
  scalingPolicy: string;
  healthCheckType: string;
  defaultCooldown: number;
  readonly vSwitchIds: readonly string[];
  readonly tags: Map<string, string>;
  readonly removalPolicies: readonly string[];
}

/** A refresh, with what a client gave of it. */
export interface Task {
  readonly group: ScalingGroup;
  readonly refresh: Refresh;
  readonly preferences: ReadPreferences;
  readonly desired: Members | undefined;
}

export interface ScalingConfiguration {
  readonly id: string;
  readonly groupId: string;
  readonly name: string;
  readonly createdAt: number;
  readonly instanceTypes: readonly { readonly name: string; readonly weight: number }[];
  readonly securityGroupId: string | undefined;
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  /** Of an ECS group. A refresh to an image changes it. */
  imageId: string | undefined;
  /** Of an ECI group. A refresh to containers changes them. */
  containers: readonly Container[];
}

/** Neither name nor image is mandatory in the documents. */
export interface Container {
  readonly name: string | undefined;
  readonly image: string | undefined;
  readonly commands: readonly string[];
  readonly args: readonly string[];
  readonly environmentVars: readonly EnvironmentVar[];
}

export interface EnvironmentVar {
  readonly key: string | undefined;
  readonly value: string | undefined;
  readonly fieldRefFieldPath: string | undefined;
}

/** Where instances come from: what a model's configuration has as its details. */
export type Source =
  | {
      readonly scalingConfigurationId: string;
      readonly imageId: string | undefined;
      readonly containers: readonly Container[];
    }
  | {
      readonly launchTemplateId: string;
      readonly launchTemplateVersion: string;
      readonly overrides: readonly { readonly instanceType: string | undefined; readonly weight: number }[];
    };

export function essState(world: World): EssState {
  return world.part("ess", () => ({
    groups: new Map(),
    configurations: new Map(),
    tasks: new Map(),
    tokens: new Map(),
  }));
}

export function sourceOf(configuration: Configuration | undefined): Source | undefined {
  return configuration?.details as Source | undefined;
}

/** Throws an EssError when it is not there. */
export function findGroup(world: World, id: string): ScalingGroup {
  const found = essState(world).groups.get(id);
  if (!found) throw noSuchGroup(id);
  saveRefreshed(world, found);
  return found;
}

/**
 * A refresh that succeeded has made its configuration the active one, which a later ModifyScalingGroup must not take
 * back; with an image or containers it has changed the configuration itself.
 */
export function saveRefreshed(world: World, scalingGroup: ScalingGroup): void {
  const source = sourceOf(scalingGroup.group.configuration);
  if (!source) return;
  if (scalingGroup.enabled) scalingGroup.active = source;
  if (!("scalingConfigurationId" in source)) return;
  const configuration = essState(world).configurations.get(source.scalingConfigurationId);
  if (!configuration) return;
  configuration.imageId = source.imageId;
  configuration.containers = source.containers;
}

export function newId(world: World, prefix: string): string {
  return `${prefix}-${world.random.letters(20)}`;
}

/** Ids of requests bear nothing that a test could depend on. */
export function newRequestId(): string {
  return randomUUID().toUpperCase();
}
