/** An instance comes into service, and becomes ready once it is warm and known to be healthy. */
import { unblock } from "./activity";
import { change, drawSeconds, schedule, settle } from "./instances";
import type { Group, Instance } from "./model";

export function enterService(group: Group, instance: Instance): void {
  settle(group, instance);
  const { run } = group.engine;
  const own = run && instance.launchedBy === run;
  const warmup = (own ? run.refresh.preferences.warmupSeconds : undefined) ?? group.warmupSeconds;
  const { healthSeconds } = instance.configuration;
  const unknownFor = healthSeconds ? drawSeconds(group, healthSeconds) : 0;
  change(group, instance, () => {
    instance.state = "InService";
    instance.warm = warmup === 0;
    instance.healthKnown = instance.healthy && unknownFor === 0;
  });
  // At least a second: otherwise a group that launches nothing healthy would never come to the next moment.
  if (!instance.healthy) {
    schedule(group, instance, "FoundUnhealthy", Math.max(1, group.healthCheckGraceSeconds));
    return;
  }
  if (warmup > 0) schedule(group, instance, "Warm", warmup);
  if (unknownFor > 0) schedule(group, instance, "HealthKnown", unknownFor);
  becomeReady(group, instance);
  if (own && run.blockedBy === "Unhealthy") unblock(run);
}

/** Once it is warm and known to be healthy. */
export function becomeReady(group: Group, instance: Instance): void {
  if (!instance.healthy || !instance.warm || !instance.healthKnown || instance.state !== "InService") return;
  change(group, instance, () => {
    instance.ready = true;
  });
  instance.launchedBy?.unready.delete(instance);
}
