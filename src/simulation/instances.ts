import type { Activity, Configuration, Group, Instance, InstanceEvent, InstanceType, Run } from "./model";

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

/** Not documented by either cloud: long enough to be seen. */
const terminationSeconds = 20;
/** Of a group: one that stays unhealthy would fill the memory otherwise. */
const mostActivities = 50_000;

/** Puts an instance that is already in service into the group. */
export function addInstance(group: Group, options: RunningInstance): Instance {
  const instance: Instance = {
    id: options.id ?? newId(group),
    configuration: options.configuration,
    type: options.type ?? drawType(group, options.configuration),
    state: options.standby ? "Standby" : "InService",
    healthy: true,
    ready: !options.standby,
    protected: options.protected ?? false,
    manual: options.manual ?? false,
    launchedAt: options.launchedAt ?? group.now,
    launchedBy: undefined,
    outdated: false,
    epoch: 0,
  };
  group.instances.set(instance.id, instance);
  count(group, instance, 1);
  return instance;
}

export function launch(group: Group, configuration: Configuration, cause: string, launchedBy?: Run): void {
  const instance: Instance = {
    id: newId(group),
    configuration,
    type: drawType(group, configuration),
    state: "Pending",
    healthy: launchesHealthy(group, configuration),
    ready: false,
    protected: false,
    manual: false,
    launchedAt: group.now,
    launchedBy,
    outdated: false,
    epoch: 0,
  };
  group.instances.set(instance.id, instance);
  count(group, instance, 1);
  group.engine.transitioning++;
  open(group, instance, "Launch", cause);
  schedule(group, instance, "Launched", drawSeconds(group, configuration));
}

export function terminate(group: Group, instance: Instance, cause: string): void {
  if (inTransition(instance)) close(group, instance, "Failed");
  else group.engine.transitioning++;
  change(group, instance, () => {
    instance.state = "Terminating";
    instance.ready = false;
    instance.epoch++;
  });
  open(group, instance, "Terminate", cause);
  schedule(group, instance, "Terminated", terminationSeconds);
}

/** The instance leaves the group at once, and goes on running. */
export function detach(group: Group, instance: Instance): void {
  if (inTransition(instance)) {
    group.engine.transitioning--;
    close(group, instance, "Failed");
  }
  count(group, instance, -1);
  instance.epoch++;
  group.instances.delete(instance.id);
}

export function replaceRootVolume(group: Group, instance: Instance, cause: string, run: Run): void {
  if (inTransition(instance)) close(group, instance, "Failed");
  else group.engine.transitioning++;
  change(group, instance, () => {
    instance.state = "ReplacingRootVolume";
    instance.configuration = run.target;
    instance.healthy = launchesHealthy(group, run.target);
    instance.ready = false;
    instance.launchedBy = run;
    instance.outdated = false;
    instance.epoch++;
  });
  open(group, instance, "ReplaceRootVolume", cause);
  schedule(group, instance, "Launched", drawSeconds(group, run.target));
}

/** Ends the transition of an instance. */
export function settle(group: Group, instance: Instance): void {
  group.engine.transitioning--;
  close(group, instance, "Successful");
}

export function schedule(group: Group, instance: Instance, kind: InstanceEvent["kind"], seconds: number): void {
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
  if (instance.ready) units.ready += weight;
  else if (instance.healthy) units.warming += weight;
}

function launchesHealthy(group: Group, configuration: Configuration): boolean {
  const faults = group.unhealthyLaunches;
  if (!configuration.healthy) return false;
  if (!faults || faults.remaining === 0 || group.engine.random.fraction() >= faults.rate) return true;
  if (faults.remaining !== undefined) faults.remaining--;
  return false;
}

function drawSeconds(group: Group, configuration: Configuration): number {
  return group.engine.random.integer(...configuration.launchSeconds);
}

function drawType(group: Group, configuration: Configuration): InstanceType {
  const types = configuration.instanceTypes;
  const type = types.length === 1 ? types[0] : types[group.engine.random.integer(0, types.length - 1)];
  if (!type) throw new RangeError(`Configuration ${configuration.key} has no instance type.`);
  return type;
}

function newId(group: Group): string {
  return group.engine.instanceIdPrefix + group.engine.random.hex(17);
}

function open(group: Group, instance: Instance, kind: Activity["kind"], cause: string): void {
  if (!group.engine.recordActivities) return;
  const activity: Activity = {
    id: group.engine.activityIds.hex(32),
    kind,
    instanceId: instance.id,
    cause,
    startTime: group.now,
    endTime: undefined,
    status: "InProgress",
  };
  group.activities.push(activity);
  // A tenth at once: moving an array up costs what it holds.
  if (group.activities.length > mostActivities) {
    group.forgottenActivities += group.activities.splice(0, mostActivities / 10).length;
  }
  group.engine.openActivities.set(instance, activity);
}

function close(group: Group, instance: Instance, status: Activity["status"]): void {
  const activity = group.engine.openActivities.get(instance);
  if (!activity) return;
  activity.endTime = group.now;
  activity.status = status;
  group.engine.openActivities.delete(instance);
}
