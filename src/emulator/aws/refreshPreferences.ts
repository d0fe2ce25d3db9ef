import type { Preferences as ModelPreferences } from "../../simulation/model";
import type { Preferences } from "./refreshShapes";
import type { AutoScalingGroup } from "./region";

/** The preferences of a refresh as the model takes them: what is left out is taken from the group. */
export function modelPreferences(preferences: Preferences, group: AutoScalingGroup): ModelPreferences {
  const policy = group.settings.InstanceMaintenancePolicy;
  return {
    minHealthyPercentage: preferences.MinHealthyPercentage ?? policy?.MinHealthyPercentage,
    maxHealthyPercentage: preferences.MaxHealthyPercentage ?? policy?.MaxHealthyPercentage,
    warmupSeconds: preferences.InstanceWarmup,
    checkpoints: preferences.CheckpointPercentages,
    checkpointPauseSeconds: preferences.CheckpointDelay,
    skipMatching: preferences.SkipMatching,
    autoRollback: preferences.AutoRollback,
    bakeSeconds: preferences.BakeTime,
    alarms: preferences.AlarmSpecification?.Alarms,
    protectedInstances: preferences.ScaleInProtectedInstances,
    standbyInstances: preferences.StandbyInstances,
  };
}

/** The preferences that Describe gives back: with the service's defaults for some of what was left out. */
// fact: aws-echo-preferences
export function echoedPreferences(preferences: Preferences, group: AutoScalingGroup): Preferences {
  const { MinHealthyPercentage: policy } = group.settings.InstanceMaintenancePolicy ?? {};
  return {
    MinHealthyPercentage: policy ?? group.model.rules.minHealthyPercentage,
    InstanceWarmup: group.model.warmupSeconds,
    SkipMatching: false,
    AutoRollback: false,
    AlarmSpecification: {},
    ...(preferences.CheckpointPercentages?.length && { CheckpointDelay: 3600 }),
    ...preferences,
  };
}
