import type { AlarmState, Group, Instance } from "../../simulation/model";
import type { World } from "../world";
import type { Members } from "./answers";
import type { GroupSettings, LaunchConfiguration, LifecycleHookSpecification, Tag } from "./groupShapes";
import { LaunchTemplates } from "./launchTemplates";
import type { StartInstanceRefresh } from "./refreshShapes";

export interface StoredLaunchConfiguration extends LaunchConfiguration {
  readonly LaunchConfigurationARN: string;
  readonly CreatedTime: Date;
}

/** What a group is launched from is not among its settings: the model has it, since a refresh changes it. */
export type StoredSettings = Omit<
  GroupSettings,
  | "LaunchConfigurationName"
  | "LaunchTemplate"
  | "MixedInstancesPolicy"
  | "Tags"
  | "MinSize"
  | "MaxSize"
  | "DesiredCapacity"
  | "LifecycleHookSpecificationList"
>;

export interface AutoScalingGroup {
  readonly arn: string;
  readonly createdTime: Date;
  readonly model: Group;
  settings: StoredSettings;
  /** By key. */
  readonly tags: Map<string, Tag>;
  /** Lifecycle hooks as they were put, by name. */
  readonly hooks: Map<string, LifecycleHookSpecification>;
  /** Reason of each suspended process, by the process. */
  readonly suspensions: Map<string, string>;
  /** Deleted by force: its instances end, then it is gone. */
  deleting: boolean;
  /** What each refresh was asked for, by its id. */
  readonly refreshRequests: Map<string, StartInstanceRefresh>;
}

/** An alarm of CloudWatch, as it was put, and its state. */
export interface Alarm {
  readonly settings: Members;
  state: AlarmState;
  reason: string;
  updated: Date;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
}

/** What the services of AWS keep in one region. */
export interface AwsRegion {
  readonly world: World;
  readonly launchTemplates: LaunchTemplates;
  readonly launchConfigurations: Map<string, StoredLaunchConfiguration>;
  /** By name, oldest first. */
  readonly groups: Map<string, AutoScalingGroup>;
  /** What was detached, by its id. */
  readonly detached: Map<string, Instance>;
  /** By name. */
  readonly alarms: Map<string, Alarm>;
  /** What EC2 has answered to a client token: a repeated request makes nothing new. */
  readonly answeredTokens: Map<string, Members>;
}

export function awsRegion(world: World): AwsRegion {
  return world.part("aws", () => ({
    world,
    launchTemplates: new LaunchTemplates(
      () => `lt-${world.random.hex(17)}`,
      () => new Date(world.now()),
    ),
    launchConfigurations: new Map(),
    groups: new Map(),
    detached: new Map(),
    alarms: new Map(),
    answeredTokens: new Map(),
  }));
}

/** Where the model of a group is found among those of all services. */
export const modelKey = (name: string) => `autoscaling/${name}`;

/** An id of the form that the service gives to refreshes and activities. */
export function newUuid({ world: { random } }: AwsRegion): string {
  return [8, 4, 4, 4, 12].map((length) => random.hex(length)).join("-");
}
