/** An Auto Scaling group and the refresh that the arguments ask for, as a forecast has to know them. Describes only. */
import type { AutoScalingGroup, Instance, InstanceRefresh } from "@aws-sdk/client-auto-scaling";
import type { ConnectionSettings } from "../../core/cloud";
import type { InstanceSnapshot, Limits, PlannedRefresh, RecentRefresh, Snapshot } from "../../core/snapshot";
import { autoScalingRules } from "../../simulation/rules";
import { LAUNCHES, optional } from "../common/optional";
import type { AutoScalingArguments } from "./arguments";
import { recentLaunches } from "./launches";
import { matches } from "./matches";
import { type AutoScalingReader, PAGE_OF_REFRESHES } from "./reader";
import { waits } from "./services/waits";
import { echoedArguments, savedConfiguration } from "./wire";

/** @returns undefined when there is no such group */
export async function snapshot(
  client: AutoScalingReader,
  args: AutoScalingArguments,
  limits: Limits = {},
): Promise<Snapshot | undefined> {
  const name = args.autoscalingGroupName;
  const hooks = client.describeLifecycleHooks({ AutoScalingGroupName: name });
  // Of a group that is not there nobody asks how that ends.
  hooks.catch(() => undefined);
  const [group, launches, refreshes] = await Promise.all([
    client.autoScalingGroup(name),
    optional(LAUNCHES, recentLaunches(client, name), []),
    // Without them the forecast's range is wider.
    client
      .describeInstanceRefreshes({ AutoScalingGroupName: name, MaxRecords: PAGE_OF_REFRESHES })
      .catch(() => undefined),
  ]);
  if (!group) return undefined;
  const instanceOf = (instance: Instance) => snapshotOf(instance, group, args);
  const rest = await waits(client, group, instanceOf, hooks);
  const { MinSize = 0, MaxSize = 0, DesiredCapacity = 0, Instances = [] } = group;
  return {
    group: {
      rules: autoScalingRules,
      name,
      minSize: MinSize,
      maxSize: MaxSize,
      desiredCapacity: DesiredCapacity,
      instances: Instances.filter(isPresent).map(instanceOf),
      newWeights: newWeights(group, args),
      warmupSeconds: warmupOf(group),
      ...rest,
      recentLaunches: launches.found,
      unknown: [...launches.unknown, ...(rest.unknown ?? [])],
      recentRefreshes: (refreshes?.InstanceRefreshes ?? []).flatMap((refresh) => recentRefresh(refresh, group)),
    },
    refresh: plannedRefresh(group, args),
    limits,
  };
}

/** AWS tells of six weeks, and not how many instances a refresh has replaced. */
function recentRefresh(refresh: InstanceRefresh, group: AutoScalingGroup): RecentRefresh[] {
  const { Status, StartTime, EndTime } = refresh;
  if (Status !== "Successful" || !StartTime || !EndTime) return [];
  const { preferences } = plannedRefresh(group, echoedArguments(refresh));
  return [{ preferences, replaced: undefined, seconds: (EndTime.getTime() - StartTime.getTime()) / 1000 }];
}

function isPresent({ LifecycleState }: Instance): boolean {
  return LifecycleState === "InService" || LifecycleState === "Standby";
}

function snapshotOf(instance: Instance, group: AutoScalingGroup, args: AutoScalingArguments): InstanceSnapshot {
  return {
    matches: matches(instance, group, args.desiredConfiguration),
    weight: Number(instance.WeightedCapacity ?? 1),
    protected: instance.ProtectedFromScaleIn ?? false,
    standby: instance.LifecycleState === "Standby",
    // Instances that were attached by hand are replaced like the others.
    manual: false,
  };
}

function newWeights(group: AutoScalingGroup, { desiredConfiguration }: AutoScalingArguments): number[] {
  const { mixedInstancesPolicy } = desiredConfiguration ?? savedConfiguration(group);
  const weights = (mixedInstancesPolicy?.launchTemplate?.overrides ?? []).map(({ weightedCapacity }) =>
    Number(weightedCapacity ?? 1),
  );
  return weights.length > 0 ? [...new Set(weights)] : [1];
}

/** Where the refresh does not set it. */
export function warmupOf({ DefaultInstanceWarmup, HealthCheckGracePeriod }: AutoScalingGroup): number {
  return notCleared(DefaultInstanceWarmup) ?? HealthCheckGracePeriod ?? 0;
}

/** As it is asked for, with what the group's maintenance policy fills in. */
export function plannedRefresh(
  group: AutoScalingGroup,
  { strategy, preferences = {} }: Partial<AutoScalingArguments>,
): PlannedRefresh {
  const policy = group.InstanceMaintenancePolicy;
  const { checkpointDelay, instanceWarmup, bakeTime } = preferences;
  return {
    strategy,
    preferences: {
      minHealthyPercentage: preferences.minHealthyPercentage ?? notCleared(policy?.MinHealthyPercentage),
      maxHealthyPercentage: preferences.maxHealthyPercentage ?? notCleared(policy?.MaxHealthyPercentage),
      warmupSeconds: instanceWarmup === undefined ? undefined : Number(instanceWarmup),
      checkpoints: preferences.checkpointPercentages,
      checkpointPauseSeconds: checkpointDelay === undefined ? undefined : Number(checkpointDelay),
      skipMatching: preferences.skipMatching,
      bakeSeconds: bakeTime === undefined ? undefined : Number(bakeTime),
      protectedInstances: preferences.scaleInProtectedInstances,
      standbyInstances: preferences.standbyInstances,
    },
  };
}

/** A setting of a group that was taken back is answered as -1. */
function notCleared(value: number | undefined): number | undefined {
  return value === -1 ? undefined : value;
}

/** Credentials of the environment do not renew themselves; those of every other source do, or never expire. */
export function credentialsEnd(settings: ConnectionSettings, environment = process.env): Limits {
  const { AWS_SESSION_TOKEN, AWS_CREDENTIAL_EXPIRATION } = environment;
  if (settings.credentials || settings.profile || !AWS_SESSION_TOKEN || !AWS_CREDENTIAL_EXPIRATION) return {};
  const end = Date.parse(AWS_CREDENTIAL_EXPIRATION);
  return Number.isNaN(end) ? {} : { credentialsSeconds: (end - Date.now()) / 1000 };
}
