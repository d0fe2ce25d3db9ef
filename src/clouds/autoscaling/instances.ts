/** The instances of an Auto Scaling group as they stand now. */
import type { AutoScalingGroup, Instance } from "@aws-sdk/client-auto-scaling";
import type { GroupInstance, GroupInstances } from "../../core/activities";
import type { AutoScalingArguments } from "./arguments";
import { matches } from "./matches";

/** @param desired what counts as up to date; undefined: what the group launches from; `nothing`: that is not told */
export function instancesOf(
  group: AutoScalingGroup,
  desired?: AutoScalingArguments["desiredConfiguration"] | "nothing",
): GroupInstances {
  const { DesiredCapacity = 0, Instances = [] } = group;
  const upToDate = (instance: Instance) => (desired === "nothing" ? undefined : matches(instance, group, desired));
  return {
    desired: DesiredCapacity,
    instances: Instances.flatMap((instance): GroupInstance[] => {
      const { InstanceId: id = "", LifecycleState = "", HealthStatus, WeightedCapacity = "1" } = instance;
      const state = stateOf(LifecycleState);
      const [healthy, weight] = [HealthStatus !== "Unhealthy", Number(WeightedCapacity)];
      return state ? [{ id, state, healthy, weight, upToDate: upToDate(instance) }] : [];
    }),
  };
}

/** Undefined for what is no part of the group: instances of a warm pool, and those that were detached. */
function stateOf(state: string): GroupInstance["state"] | undefined {
  if (state === "InService") return "inService";
  if (state === "Standby" || state === "EnteringStandby") return "standby";
  if (/^(Pending|ReplacingRootVolume|RootVolumeReplaced)/.test(state)) return "launching";
  return state.startsWith("Terminating") || state === "Detaching" ? "terminating" : undefined;
}
