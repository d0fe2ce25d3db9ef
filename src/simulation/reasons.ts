/** Why a refresh that replaces instances stands as it does. */
import type { Group, Instance, Run } from "./model";

/** Written down after everything that happens: the instance that is named changes with every batch. */
export function explain(group: Group, run: Run): void {
  if (run.activeSince === undefined || run.cancel) return;
  run.refresh.reason = run.refresh.rollback && !run.blockedBy ? run.refresh.rollback.reason : reasonOf(group, run);
}

function reasonOf(group: Group, run: Run): string {
  const { texts } = group.rules;
  if (run.blockedBy) return blockedReason(group, run, run.blockedBy);
  const process = suspendedProcess(group);
  if (process !== undefined) return texts.processSuspended(process);
  const alarm = alarmWithoutData(group, run);
  if (alarm !== undefined) return texts.alarmLacksData(alarm);
  for (const { id, state, warm, healthKnown } of run.unready) {
    const unknown = state !== "InService" || !healthKnown;
    return unknown || warm ? texts.healthUnknown(id) : texts.warmingUp(id);
  }
  return "";
}

export function blockedReason(group: Group, run: Run, by: NonNullable<Run["blockedBy"]>): string {
  const { texts } = group.rules;
  if (by === "Unhealthy") return texts.unhealthy;
  if (by === "Launches") return texts.launchesFail(run.launchFailure);
  const [first] = run.waiting.keys();
  if (!first) return "";
  const text = isStandby(first) ? texts.waitsForStandby : texts.waitsForProtected;
  return text(first.id, run.waiting.size);
}

/** A process without which nothing is replaced. */
export function suspendedProcess({ suspended }: Group): string | undefined {
  return ["InstanceRefresh", "Launch", "Terminate"].find((process) => suspended.has(process));
}

/** An alarm of the refresh of whose state nothing is known: nothing is replaced until it is. */
export function alarmWithoutData(group: Group, { refresh }: Run): string | undefined {
  return refresh.preferences.alarms?.find((name) => group.alarms.get(name) === "INSUFFICIENT_DATA");
}

function isStandby({ state }: Instance): boolean {
  return state === "Standby";
}
