import { activate, deactivate } from "./activity";
import { react } from "./advance";
import { fail, rollBack } from "./ending";
import type { AlarmState, Configuration, Group, Preferences, Refresh, Run } from "./model";
import { Refused } from "./refused";
import { settlingSeconds, startRun } from "./startRun";
import { setTimer } from "./timers";

export interface RefreshOptions {
  readonly id: string;
  /** Default: `Rolling`. */
  readonly strategy?: Refresh["strategy"] | undefined;
  readonly preferences?: Preferences | undefined;
  /** Default: the configuration of the group. */
  readonly desired?: Configuration | undefined;
  /** Why a rollback must be refused. Default: it is possible. */
  readonly irreversible?: string | undefined;
}

/**
 * Starts replacing. Refused with `AlreadyRunning`, `NoConfiguration`, `AlarmNotOk` and, where the rules say so,
 * `NothingToReplace`.
 */
export function startRefresh(group: Group, options: RefreshOptions): Refresh {
  const { preferences = {}, desired } = options;
  const previous = group.configuration;
  const target = desired ?? previous;
  if (group.engine.run) throw new Refused("AlreadyRunning", `Refresh ${group.engine.run.refresh.id} is running.`);
  if (!previous || !target) throw new Refused("NoConfiguration", "The group has no configuration to launch from.");
  const alarm = preferences.alarms?.find((name) => (group.alarms.get(name) ?? "OK") !== "OK");
  if (alarm) throw new Refused("AlarmNotOk", `Alarm ${alarm} is in the state ${group.alarms.get(alarm)}.`);

  const refresh: Refresh = {
    id: options.id,
    strategy: options.strategy ?? "Rolling",
    preferences,
    desired,
    previous,
    irreversible: options.irreversible,
    status: "Pending",
    reason: "",
    startTime: group.now,
    begunTime: undefined,
    endTime: undefined,
    progress: { total: 0, updated: 0, percentage: 0, instancesToUpdate: 0, warmPool: undefined },
    rollback: undefined,
  };
  const skip = preferences.skipMatching ?? group.rules.skipMatching;
  const run = startRun(
    group,
    refresh,
    "Forward",
    target,
    ({ configuration }) => !skip || configuration.key !== target.key,
  );
  if (run.totalInstances === 0 && run.warmTotal === 0) {
    group.engine.run = undefined;
    if (group.rules.nothingToReplace === "Refuse") {
      throw new Refused("NothingToReplace", "Every instance is up to date.");
    }
    const { now } = group;
    const reason = group.rules.texts.upToDate;
    Object.assign(refresh, { status: "Successful", reason, begunTime: now, endTime: now });
    if (desired) group.configuration = desired;
  }
  group.refreshes.push(refresh);
  react(group);
  return refresh;
}

/** The refresh that is running: there is at most one. */
export function activeRefresh(group: Group): Refresh | undefined {
  return group.engine.run?.refresh;
}

/** The refreshes that are remembered, newest first. */
export function rememberedRefreshes(group: Group): readonly Refresh[] {
  const since = group.now - group.rules.remembersSeconds * 1000;
  return group.refreshes.filter(({ endTime }) => endTime === undefined || endTime >= since).reverse();
}

export interface CancelOptions {
  /** Whether launches and terminations under way are waited for. Default: true. */
  readonly waitForTransitioningInstances?: boolean | undefined;
}

/** Stops replacing; what was replaced stays. Refused with `NotRunning`, `RollingBack` and `WrongStatus`. */
export function cancelRefresh(group: Group, { waitForTransitioningInstances = true }: CancelOptions = {}): Refresh {
  const run = running(group);
  if (!group.rules.cancelsRollbacks) refuseInRollback(run);
  if (run.cancel) throw new Refused("WrongStatus", "The refresh is being cancelled.");
  deactivate(group, run, "Cancelling", group.rules.texts.cancelling);
  run.cancel = { settled: false, atOnce: !waitForTransitioningInstances };
  setTimer(group, run, "CancelSettles", settlingSeconds);
  react(group);
  return run.refresh;
}

/** Returns what was replaced. Refused with `NotRunning`, `RollingBack`, `WrongStatus` and `Irreversible`. */
export function rollbackRefresh(group: Group): Refresh {
  const run = running(group);
  refuseInRollback(run);
  if (run.cancel) throw new Refused("WrongStatus", "The refresh is being cancelled.");
  if (run.refresh.irreversible) throw new Refused("Irreversible", run.refresh.irreversible);
  rollBack(group, run, group.rules.texts.rolledBackOnRequest);
  react(group);
  return run.refresh;
}

/** Refused with `NotRunning`, `RollingBack` and `WrongStatus`. */
export function suspendRefresh(group: Group): Refresh {
  const run = running(group);
  refuseInRollback(run);
  expectStatus(run, ["Pending", "InProgress", "CheckpointPause"]);
  deactivate(group, run, "Paused", group.rules.texts.suspended);
  react(group);
  return run.refresh;
}

/** Goes on after `suspendRefresh`, or before a checkpoint's pause has passed. Refused like it. */
export function resumeRefresh(group: Group): Refresh {
  const run = running(group);
  refuseInRollback(run);
  expectStatus(run, ["Paused", "CheckpointPause"]);
  deactivate(group, run, "InProgress", "");
  activate(group, run);
  react(group);
  return run.refresh;
}

/** An alarm that a running refresh names makes it fail, or roll back. */
export function setAlarm(group: Group, name: string, state: AlarmState): void {
  group.alarms.set(name, state);
  const { run } = group.engine;
  if (!run || run.cancel || !run.refresh.preferences.alarms?.includes(name)) return;
  if (state === "ALARM" && run.direction === "Forward") fail(group, run, group.rules.texts.alarm(name));
  react(group);
}

function running(group: Group): Run {
  const { run } = group.engine;
  if (!run) throw new Refused("NotRunning", "No refresh is running.");
  return run;
}

function refuseInRollback(run: Run): void {
  if (run.direction === "Back") throw new Refused("RollingBack", "The refresh is being rolled back.");
}

function expectStatus(run: Run, statuses: readonly Refresh["status"][]): void {
  const { status } = run.refresh;
  if (!statuses.includes(status)) throw new Refused("WrongStatus", `The refresh is in the status ${status}.`);
}
