/** What a group has done, as it tells it. */
import type { Activity, Group, Instance } from "./model";
import type { Cause } from "./texts";

/** Of a group: one that stays unhealthy would fill the memory otherwise. */
// fact: aws-activities-bounded
const mostActivities = 50_000;

/** Desired capacity of the group after the activity, where that changes it. */
interface Change {
  readonly from: number;
  readonly to: number;
}

export function openActivity(group: Group, instance: Instance, kind: Activity["kind"], cause: Cause): void {
  const activity = record(group, instance.id, kind, cause, changeBy(group, instance, kind));
  if (activity) group.engine.openActivities.set(instance, activity);
}

export function closeActivity(group: Group, instance: Instance, status: Activity["status"]): void {
  const activity = group.engine.openActivities.get(instance);
  if (!activity) return;
  activity.endTime = group.now;
  activity.status = status;
  group.engine.openActivities.delete(instance);
}

/** A launch that fails before there is an instance. */
export function recordFailedLaunch(group: Group, cause: Cause, message: string): void {
  const { live } = group.engine.units;
  const activity = record(group, undefined, "Launch", cause, { from: live, to: live + 1 });
  if (activity) Object.assign(activity, { endTime: group.now, status: "Failed", message });
}

/** What takes no time in the model. */
export function recordMove(
  group: Group,
  instance: Instance,
  kind: "Detach" | "EnterStandby" | "ExitStandby" | "Attach",
  change: Change,
): void {
  if (!group.rules.recordsMoves) return;
  const activity = record(group, instance.id, kind, { kind: "Request" }, change);
  if (activity) Object.assign(activity, { endTime: group.now, status: "Successful" });
}

/** Of a launch, the instance is counted already; of a termination, it is no longer. */
function changeBy(group: Group, instance: Instance, kind: Activity["kind"]): Change {
  const { live } = group.engine.units;
  if (kind === "Launch") return { from: live - instance.type.weight, to: live };
  return kind === "Terminate" ? { from: live + instance.type.weight, to: live } : { from: live, to: live };
}

function record(
  group: Group,
  instanceId: string | undefined,
  kind: Activity["kind"],
  cause: Cause,
  change: Change,
): Activity | undefined {
  if (!group.engine.recordActivities) return undefined;
  const instance = instanceId ?? "";
  const activity: Activity = {
    id: group.engine.activityIds.hex(32),
    kind,
    instanceId,
    cause: group.rules.texts.cause({ cause, what: kind, instance, time: group.now, ...change }),
    startTime: group.now,
    endTime: undefined,
    status: "InProgress",
  };
  group.activities.push(activity);
  // A tenth at once: moving an array up costs what it holds.
  if (group.activities.length > mostActivities) {
    group.forgottenActivities += group.activities.splice(0, mostActivities / 10).length;
  }
  return activity;
}
