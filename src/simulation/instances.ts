import { closeActivity, openActivity, recordFailedLaunch } from "./groupActivities";
import { beginHooks } from "./hookDeadlines";
import type { Configuration, Group, Instance, InstanceEvent, InstanceType, LifecycleState, Run } from "./model";
import type { Cause } from "./texts";
import { takeFromWarmPool } from "./warmInstances";

export interface RunningInstance {
  /** Default: drawn from the seed. */
  readonly id?: string | undefined;
  readonly configuration: Configuration;
  /** Default: the first of the configuration. */
  readonly type?: InstanceType | undefined;
  readonly protected?: boolean | undefined;
  readonly standby?: boolean | undefined;
  readonly manual?: boolean | undefined;
  /** Milliseconds since the epoch. Default: now. */
  readonly launchedAt?: number | undefined;
}

// fact: aws-termination-takes
const terminationSeconds = 20;
// fact: aws-launch-retried
const retrySeconds = 60;

/** Puts an instance that is already in service into the group. */
export function addInstance(group: Group, options: RunningInstance): Instance {
  const instance = newInstance(group, options.configuration, options.standby ? "Standby" : "InService", {
    id: options.id,
    type: options.type,
    manual: options.manual,
    launchedAt: options.launchedAt,
  });
  instance.ready = !options.standby;
  instance.protected = options.protected ?? false;
  instance.healthy = true;
  instance.healthKnown = true;
  instance.warm = true;
  group.instances.set(instance.id, instance);
  count(group, instance, 1);
  return instance;
}

/** Whether a launch would be tried now. */
export function canLaunch(group: Group): boolean {
  return group.now >= group.engine.noLaunchBefore && !group.suspended.has("Launch");
}

/** Launches an instance, from the warm pool where that holds one. False: the launch has failed, and is tried again later. */
export function launch(group: Group, configuration: Configuration, cause: Cause, launchedBy?: Run): boolean {
  const failure = launchFailure(group, configuration);
  if (failure !== undefined) {
    recordFailedLaunch(group, cause, failure);
    group.engine.noLaunchBefore = group.now + retrySeconds * 1000;
    group.engine.events.add(group.engine.noLaunchBefore, { kind: "Retry" });
    if (launchedBy) launchedBy.launchFailure = failure;
    return false;
  }
  const taken = takeFromWarmPool(group, configuration);
  const instance = taken ?? newInstance(group, configuration, "Pending");
  instance.launchedBy = launchedBy;
  instance.protected = group.protectsNewInstances;
  group.instances.set(instance.id, instance);
  count(group, instance, 1);
  group.engine.transitioning++;
  launchedBy?.unready.add(instance);
  if (launchedBy) launchedBy.launched++;
  openActivity(group, instance, "Launch", cause);
  schedule(group, instance, "Launched", drawSeconds(group, taken ? warmLaunchSeconds : configuration.launchSeconds));
  return true;
}

// fact: aws-warm-pool-launch
const warmLaunchSeconds = [5, 15] as const;

export function newInstance(
  group: Group,
  configuration: Configuration,
  state: LifecycleState,
  options: Pick<RunningInstance, "id" | "type" | "manual" | "launchedAt"> = {},
): Instance {
  const id = options.id ?? group.engine.instanceIdPrefix + group.engine.random.hex(17);
  const type = options.type ?? drawType(group, configuration);
  return {
    id,
    configuration,
    type,
    state,
    healthy: state === "Pending" || state === "WarmedPending" ? launchesHealthy(group, configuration) : true,
    ready: false,
    healthKnown: false,
    warm: false,
    hooks: new Map(),
    draining: false,
    protected: false,
    manual: options.manual ?? false,
    launchedAt: options.launchedAt ?? group.now,
    launchedBy: undefined,
    outdated: false,
    epoch: 0,
  };
}

/** Takes an instance out of service: its connections drain, its hooks are waited for, and then it is gone. */
export function terminate(group: Group, instance: Instance, cause: Cause): void {
  const drains = instance.state === "InService" && group.drainSeconds > 0;
  if (inTransition(instance)) closeActivity(group, instance, "Cancelled");
  else group.engine.transitioning++;
  forget(instance);
  change(group, instance, () => {
    instance.state = "Terminating";
    instance.ready = false;
    instance.draining = drains;
    instance.hooks.clear();
    instance.epoch++;
  });
  openActivity(group, instance, "Terminate", cause);
  if (drains) schedule(group, instance, "Drained", group.drainSeconds);
  else afterDraining(group, instance);
}

export function afterDraining(group: Group, instance: Instance): void {
  instance.draining = false;
  if (!beginHooks(group, instance, "Terminating")) schedule(group, instance, "Terminated", terminationSeconds);
}

/** Every hook of its termination has ended. */
export function afterTerminationHooks(group: Group, instance: Instance): void {
  schedule(group, instance, "Terminated", terminationSeconds);
}

/** The instance leaves the group at once, and goes on running. */
export function detach(group: Group, instance: Instance): void {
  if (inTransition(instance)) {
    group.engine.transitioning--;
    closeActivity(group, instance, "Failed");
  }
  forget(instance);
  count(group, instance, -1);
  // Nothing that still holds it may take it for one of the group.
  instance.outdated = false;
  instance.state = "Detached";
  instance.epoch++;
  group.instances.delete(instance.id);
}

export function replaceRootVolume(group: Group, instance: Instance, cause: Cause, run: Run): void {
  if (inTransition(instance)) closeActivity(group, instance, "Failed");
  else group.engine.transitioning++;
  if (instance.launchedBy !== run) run.launched++;
  forget(instance);
  change(group, instance, () => {
    instance.state = "ReplacingRootVolume";
    instance.configuration = run.target;
    instance.healthy = launchesHealthy(group, run.target);
    instance.ready = false;
    instance.healthKnown = false;
    instance.warm = false;
    instance.launchedBy = run;
    instance.outdated = false;
    instance.epoch++;
  });
  if (instance.launchedBy === run) run.unready.add(instance);
  openActivity(group, instance, "ReplaceRootVolume", cause);
  schedule(group, instance, "Launched", drawSeconds(group, run.target.launchSeconds));
}

/** The run that launched it does not wait for it any more. */
function forget(instance: Instance): void {
  const run = instance.launchedBy;
  if (run && isLive(instance) && instance.state !== "ReplacingRootVolume") run.launched--;
  run?.unready.delete(instance);
}

/** Ends the transition of an instance. */
export function settle(group: Group, instance: Instance): void {
  group.engine.transitioning--;
  closeActivity(group, instance, "Successful");
}

export function schedule(
  group: Group,
  instance: Instance,
  kind: Exclude<InstanceEvent["kind"], "HookTimesOut">,
  seconds: number,
): void {
  group.engine.events.add(group.now + seconds * 1000, { kind, instance, epoch: instance.epoch });
}

/** Every change of what is counted goes through here, so that the totals stay true. */
export function change(group: Group, instance: Instance, alter: () => void): void {
  count(group, instance, -1);
  alter();
  count(group, instance, 1);
}

export function isLive(instance: Instance): boolean {
  return instance.state === "InService" || instance.state === "Pending" || instance.state === "ReplacingRootVolume";
}

function inTransition(instance: Instance): boolean {
  return instance.state === "Pending" || instance.state === "ReplacingRootVolume" || instance.state === "Terminating";
}

/** Takes an instance out of the totals, or adds it. */
export function count(group: Group, instance: Instance, sign: 1 | -1): void {
  if (!isLive(instance)) return;
  const units = group.engine.units;
  const weight = sign * instance.type.weight;
  units.live += weight;
  if (instance.outdated) units.outdated += weight;
  if (instance.state !== "InService") return;
  units.inService += weight;
  if (instance.outdated) units.outdatedInService += weight;
  if (instance.ready) {
    units.ready += weight;
    if (instance.launchedBy) instance.launchedBy.readyUnits += weight;
  } else if (instance.healthy) units.warming += weight;
}

export function drawSeconds(group: Group, [least, most]: readonly [number, number]): number {
  return group.engine.random.integer(least, most);
}

function launchFailure(group: Group, configuration: Configuration): string | undefined {
  if (configuration.launchFailure !== undefined) return configuration.launchFailure;
  const failing = group.failingLaunches;
  if (!failing || failing.remaining === 0) return undefined;
  if (failing.remaining !== undefined) failing.remaining--;
  return failing.message;
}

function launchesHealthy(group: Group, configuration: Configuration): boolean {
  const launches = group.unhealthyLaunches;
  if (!configuration.healthy) return false;
  if (!launches || launches.remaining === 0 || group.engine.random.fraction() >= launches.rate) return true;
  if (launches.remaining !== undefined) launches.remaining--;
  return false;
}

function drawType(group: Group, configuration: Configuration): InstanceType {
  const types = configuration.instanceTypes;
  const type = types.length === 1 ? types[0] : types[group.engine.random.integer(0, types.length - 1)];
  if (!type) throw new RangeError(`Configuration ${configuration.key} has no instance type.`);
  return type;
}
