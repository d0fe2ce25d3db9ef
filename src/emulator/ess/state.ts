import { randomUUID } from "node:crypto";
import type { Configuration, Group, HookResult, Preferences, Refresh } from "../../simulation/model";
import type { World } from "../world";
import type { Members } from "./answers";
import { noSuchConfiguration, noSuchGroup } from "./errors";
import type { Settings } from "./settings";

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
  healthCheckTypes: readonly string[];
  defaultCooldown: number;
  vSwitchIds: readonly string[];
  loadBalancerIds: readonly string[];
  dbInstanceIds: readonly string[];
  readonly tags: Map<string, string>;
  removalPolicies: readonly string[];
  readonly suspendedProcesses: Set<string>;
  /** What nothing here depends on. */
  settings: Settings;
  /** By their ids. */
  readonly hooks: Map<string, Hook>;
  /** What was asked of instances by hand, oldest first. */
  readonly manualActivities: ManualActivity[];
}

/** A lifecycle hook as it was asked for. In the model it goes by its id. */
export interface Hook {
  readonly id: string;
  readonly name: string;
  readonly transition: "SCALE_OUT" | "SCALE_IN";
  readonly heartbeatSeconds: number;
  readonly defaultResult: HookResult;
  readonly isActive: boolean;
  readonly notificationArn: string;
  readonly notificationMetadata: string | undefined;
}

/** Instances that were attached, detached or removed on request, at once. */
export interface ManualActivity {
  readonly id: string;
  readonly time: number;
  readonly description: string;
  readonly cause: string;
  readonly attached: readonly string[];
  readonly removed: readonly string[];
}

/** A refresh, with what a client gave of it. */
export interface Task {
  readonly group: ScalingGroup;
  readonly refresh: Refresh;
  readonly preferences: ReadPreferences;
  readonly desired: Members | undefined;
}

/** With the service's defaults, because a described task has them. */
export interface ReadPreferences extends Preferences {
  readonly minHealthyPercentage: number;
  readonly maxHealthyPercentage: number;
  readonly skipMatching: boolean;
  readonly checkpoints: readonly number[];
  readonly checkpointPauseSeconds: number;
  readonly strategy: string | undefined;
}

export interface ScalingConfiguration {
  readonly id: string;
  readonly groupId: string;
  readonly createdAt: number;
  name: string;
  instanceTypes: readonly { readonly name: string; readonly weight: number }[];
  /** Whether the weights were given. */
  isWeighted: boolean;
  /** Of an ECS group. A refresh to an image changes it. */
  imageId: string | undefined;
  /** Of an ECI group. A refresh to containers changes them. */
  containers: readonly Container[];
  /**
   * What instances are compared by, besides the id. It is what a refresh has made of the configuration: what was edited
   * in place is not compared.
   */
  matching: string;
  /** What nothing here depends on. */
  settings: Settings;
}

/** Neither name nor image is mandatory in the documents. */
export interface Container {
  readonly name: string | undefined;
  readonly image: string | undefined;
  readonly commands: readonly string[];
  readonly args: readonly string[];
  readonly environmentVars: readonly EnvironmentVar[];
  /** What a refresh does not change. */
  readonly settings: Settings;
}

interface EnvironmentVar {
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
      readonly matching: string;
    }
  | {
      readonly launchTemplateId: string;
      readonly launchTemplateVersion: string;
      readonly overrides: readonly Override[];
    };

interface Override {
  readonly instanceType: string | undefined;
  readonly weight: number;
  readonly spotPriceLimit: number | undefined;
}

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
  configuration.matching = source.matching;
}

/** Throws an EssError when it is not there. */
export function findConfiguration(world: World, id: string): ScalingConfiguration {
  const found = essState(world).configurations.get(id);
  if (!found) throw noSuchConfiguration(id);
  const owner = essState(world).groups.get(found.groupId);
  if (owner) saveRefreshed(world, owner);
  return found;
}

export function newId(world: World, prefix: string): string {
  return `${prefix}-${world.random.letters(20)}`;
}

/** Ids of requests are not from the seed: no test may depend on them. */
export function newRequestId(): string {
  return randomUUID().toUpperCase();
}
