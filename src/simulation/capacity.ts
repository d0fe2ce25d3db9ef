import { react } from "./advance";
import { reconsider, retire, withdraw } from "./candidates";
import { end } from "./ending";
import { recordMove } from "./groupActivities";
import { endHook } from "./hooks";
import { addInstance, change, detach, isLive, schedule, terminate } from "./instances";
import { trim } from "./keepCapacity";
import type { Configuration, Group, Instance } from "./model";
import { Refused } from "./refused";

/** Scales out or in. The bounds of the group are for the caller to hold. */
export function setDesiredCapacity(group: Group, desiredCapacity: number): void {
  const { live } = group.engine.units;
  const surplus = Math.min(group.desiredCapacity, live) - desiredCapacity;
  group.desiredCapacity = desiredCapacity;
  // While a refresh runs, what it has launched ahead of a termination is no surplus.
  trim(group, surplus, { kind: "Scaled" });
  react(group);
}

/** What launches use from now on. */
export function setConfiguration(group: Group, configuration: Configuration | undefined): void {
  group.configuration = configuration;
  react(group);
}

/** Puts instances that somebody else launched into service; the desired capacity grows by them. */
export function addManualInstances(group: Group, ids: readonly string[], configuration: Configuration): void {
  for (const id of ids) {
    const instance = addInstance(group, { id, configuration, manual: true });
    const from = group.desiredCapacity;
    group.desiredCapacity += instance.type.weight;
    recordMove(group, instance, "Attach", { from, to: group.desiredCapacity });
  }
  if (ids.length > 0) react(group);
}

/** Scale-in protection. Refused with `NoSuchInstance`. */
export function setProtection(group: Group, ids: readonly string[], isProtected: boolean): void {
  for (const instance of find(group, ids)) {
    instance.protected = isProtected;
    moved(group, instance);
  }
  react(group);
}

export interface RemovalOptions {
  /** Whether the desired capacity falls with it; otherwise a replacement is launched. */
  readonly decrementDesiredCapacity: boolean;
  /** Whether it is terminated; otherwise it leaves the group and goes on running. */
  readonly terminates: (instance: Instance) => boolean;
}

/** Takes instances out of the group on request. Refused with `NoSuchInstance`. */
export function removeInstances(group: Group, ids: readonly string[], options: RemovalOptions): void {
  const { run } = group.engine;
  for (const instance of find(group, ids)) {
    if (instance.state === "Terminating") continue;
    if (options.decrementDesiredCapacity && isLive(instance)) group.desiredCapacity -= instance.type.weight;
    if (run && instance.outdated) withdraw(run, instance);
    if (options.terminates(instance)) terminate(group, instance, { kind: "Request" });
    else detach(group, instance);
  }
  react(group);
}

export interface StandbyOptions {
  /** Whether the desired capacity falls with it; otherwise a replacement is launched. */
  readonly decrementDesiredCapacity: boolean;
}

/** Refused with `NoSuchInstance` and `WrongState`. */
export function enterStandby(group: Group, ids: readonly string[], options: StandbyOptions): void {
  for (const instance of find(group, ids, "InService")) {
    change(group, instance, () => {
      instance.state = "Standby";
      instance.ready = false;
      instance.epoch++;
    });
    const from = group.desiredCapacity;
    if (options.decrementDesiredCapacity) group.desiredCapacity -= instance.type.weight;
    recordMove(group, instance, "EnterStandby", { from, to: group.desiredCapacity });
    moved(group, instance);
  }
  react(group);
}

/** Back in service, and the desired capacity grows by it. Refused with `NoSuchInstance` and `WrongState`. */
export function exitStandby(group: Group, ids: readonly string[]): void {
  for (const instance of find(group, ids, "Standby")) {
    change(group, instance, () => {
      instance.state = "InService";
      instance.ready = instance.healthy;
      instance.warm = true;
      instance.healthKnown = instance.healthy;
      instance.epoch++;
    });
    const from = group.desiredCapacity;
    group.desiredCapacity += instance.type.weight;
    recordMove(group, instance, "ExitStandby", { from, to: group.desiredCapacity });
    moved(group, instance);
  }
  react(group);
}

/** The instance is found unhealthy when its grace period has passed, and replaced. Refused with `NoSuchInstance` and `WrongState`. */
export function makeUnhealthy(group: Group, id: string): void {
  for (const instance of find(group, [id], "InService")) {
    change(group, instance, () => {
      instance.healthy = false;
      instance.healthKnown = false;
      instance.ready = false;
      instance.epoch++;
    });
    schedule(group, instance, "FoundUnhealthy", Math.max(1, group.healthCheckGraceSeconds));
  }
  react(group);
}

/** Terminates an instance of the group on request. Refused with `NoSuchInstance` and `WrongState`. */
export function terminateInstance(group: Group, id: string, options: StandbyOptions): void {
  for (const instance of find(group, [id])) {
    if (instance.state === "Terminating") throw new Refused("WrongState", `Instance ${id} is terminating already.`);
    if (options.decrementDesiredCapacity) group.desiredCapacity -= instance.type.weight;
    if (group.engine.run && instance.outdated) retire(group.engine.run, instance);
    terminate(group, instance, { kind: "Request" });
  }
  react(group);
}

/** Takes instances out of the group and leaves them running. Refused with `NoSuchInstance` and `WrongState`. */
export function detachInstances(group: Group, ids: readonly string[], options: StandbyOptions): Instance[] {
  const detached = find(group, ids);
  for (const instance of detached) {
    if (instance.state !== "InService" && instance.state !== "Standby") {
      throw new Refused("WrongState", `Instance ${instance.id} is not in service but ${instance.state}.`);
    }
  }
  for (const instance of detached) {
    const from = group.desiredCapacity;
    if (options.decrementDesiredCapacity) group.desiredCapacity -= instance.type.weight;
    if (group.engine.run && instance.outdated) withdraw(group.engine.run, instance);
    detach(group, instance);
    recordMove(group, instance, "Detach", { from, to: group.desiredCapacity });
  }
  react(group);
  return detached;
}

/** Ends every instance and every refresh of the group, and waits for no hook. */
export function emptyGroup(group: Group): void {
  Object.assign(group, { minSize: 0, desiredCapacity: 0 });
  group.hooks.clear();
  group.suspended.clear();
  if (group.engine.run) end(group, group.engine.run, "Cancelled", group.rules.texts.cancelled(false));
  for (const instance of group.instances.values()) {
    if (instance.state !== "Terminating") terminate(group, instance, { kind: "Request" });
    for (const name of [...instance.hooks.keys()]) endHook(group, instance, name, "CONTINUE");
  }
  if (group.warmPool) group.warmPool.deleting = true;
  react(group);
}

function find(group: Group, ids: readonly string[], state?: Instance["state"]): Instance[] {
  return ids.map((id) => {
    const instance = group.instances.get(id);
    if (!instance) throw new Refused("NoSuchInstance", `Instance ${id} is not in the group.`);
    if (state && instance.state !== state) {
      throw new Refused("WrongState", `Instance ${id} is not ${state} but ${instance.state}.`);
    }
    return instance;
  });
}

function moved(group: Group, instance: Instance): void {
  group.engine.untrimmable = undefined;
  if (group.engine.run) reconsider(group, group.engine.run, instance);
}
