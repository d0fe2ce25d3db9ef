import type { StoredSettings } from "./region";

/** Settings as they are kept: `-1` takes the warm-up or the maintenance policy away. */
export function storedSettings(settings: StoredSettings): StoredSettings {
  const { DefaultInstanceWarmup: warmup, InstanceMaintenancePolicy: policy } = settings;
  return {
    ...settings,
    DefaultInstanceWarmup: warmup === -1 ? undefined : warmup,
    InstanceMaintenancePolicy: policy?.MinHealthyPercentage === -1 ? undefined : policy,
  };
}

/** The durations of the model, in seconds. */
export function times(settings: StoredSettings): { warmupSeconds: number; healthCheckGraceSeconds: number } {
  const grace = settings.HealthCheckGracePeriod ?? 0;
  return { warmupSeconds: settings.DefaultInstanceWarmup ?? grace, healthCheckGraceSeconds: grace };
}
