import { activate, block, blockedReason, unblock } from "./activity";
import { retire } from "./candidates";
import { fail, succeed } from "./ending";
import { change, replaceRootVolume, schedule, settle, terminate } from "./instances";
import type { Group, Instance, InstanceEvent, ModelEvent, TimerEvent } from "./model";
import { proceed } from "./proceed";
import { sample } from "./sample";

/** Lets everything happen that happens up to a time, in milliseconds since the epoch. A time in the past changes nothing. */
export function advance(group: Group, to: number): void {
  const { events } = group.engine;
  while (events.nextTime() <= to) {
    group.now = Math.max(group.now, events.nextTime());
    let happened = false;
    while (events.nextTime() <= group.now) happened = apply(group, events.take() as ModelEvent) || happened;
    if (happened) react(group);
  }
  group.now = Math.max(group.now, to);
}

/** When something happens next, if nobody asks for anything: milliseconds since the epoch, or Infinity. */
export function nextEventTime(group: Group): number {
  return group.engine.events.nextTime();
}

/** Follows every change of the group, be it by an event or on request. */
export function react(group: Group): void {
  proceed(group);
  group.observe?.(sample(group));
}

/** False when the event was void. */
function apply(group: Group, event: ModelEvent): boolean {
  if ("instance" in event) {
    if (event.epoch !== event.instance.epoch) return false;
    instanceEvents[event.kind](group, event.instance);
  } else {
    if (group.engine.run !== event.run || event.run.timers[event.kind] !== event.serial) return false;
    timerEvents[event.kind](group, event);
  }
  return true;
}

const instanceEvents: Record<InstanceEvent["kind"], (group: Group, instance: Instance) => void> = {
  Launched: (group, instance) => {
    settle(group, instance);
    const { run } = group.engine;
    const own = run && instance.launchedBy === run;
    const seconds = (own ? run.refresh.preferences.warmupSeconds : undefined) ?? group.warmupSeconds;
    change(group, instance, () => {
      instance.state = "InService";
      instance.ready = instance.healthy && seconds === 0;
    });
    // At least a second: otherwise a group that launches nothing healthy would never come to the next moment.
    if (!instance.healthy) schedule(group, instance, "FoundUnhealthy", Math.max(1, group.healthCheckGraceSeconds));
    else if (seconds > 0) schedule(group, instance, "Warm", seconds);
    if (own && instance.healthy && run.blockedBy === "Unhealthy") unblock(run);
  },
  FoundUnhealthy: (group, instance) => {
    const { run } = group.engine;
    const reason = "It was found unhealthy.";
    if (run?.activeSince !== undefined && instance.launchedBy === run) {
      block(group, run, "Unhealthy");
      if (run.refresh.strategy === "ReplaceRootVolume") return replaceRootVolume(group, instance, reason, run);
    }
    if (run && instance.outdated) retire(run, instance);
    terminate(group, instance, reason);
  },
  Warm: (group, instance) => {
    change(group, instance, () => {
      instance.ready = true;
    });
  },
  Terminated: (group, instance) => {
    settle(group, instance);
    group.instances.delete(instance.id);
  },
};

const timerEvents: Record<TimerEvent["kind"], (group: Group, event: TimerEvent) => void> = {
  Begins: (group, { run }) => activate(group, run),
  PauseEnds: (group, { run }) => activate(group, run),
  BakeEnds: (group, { run }) => succeed(group, run),
  CancelSettles: (_group, { run }) => {
    if (run.cancel) run.cancel.settled = true;
  },
  Blocked: (group, { run }) => {
    const why = run.blockedBy ? blockedReason(run, run.blockedBy) : "";
    fail(group, run, `No progress for ${group.rules.blockedSeconds / 60} minutes. ${why}`);
  },
  TimeIsUp: (group, { run }) => {
    const days = group.rules.timeLimitSeconds / 86400;
    fail(group, run, `The instance refresh did not end within ${days} days.`);
  },
};
