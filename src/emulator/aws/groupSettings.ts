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

// fact: aws-deregistration-delay
const deregistrationSeconds = 300;

/** The durations of the model, in seconds. */
export function times(settings: StoredSettings): {
  warmupSeconds: number;
  healthCheckGraceSeconds: number;
  drainSeconds: number;
} {
  const grace = settings.HealthCheckGracePeriod ?? 0;
  const balanced = [settings.LoadBalancerNames, settings.TargetGroupARNs].some((names) => names?.length);
  return {
    // fact: aws-default-warmup
    warmupSeconds: settings.DefaultInstanceWarmup ?? grace,
    healthCheckGraceSeconds: grace,
    drainSeconds: balanced ? deregistrationSeconds : 0,
  };
}
