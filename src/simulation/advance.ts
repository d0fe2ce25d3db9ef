import { activate, block } from "./activity";
import { retire } from "./candidates";
import { fail, succeed } from "./ending";
import { beginHooks } from "./hookDeadlines";
import { hookTimesOut } from "./hooks";
import { afterDraining, replaceRootVolume, schedule, settle, terminate } from "./instances";
import type { Group, Instance, InstanceEvent, ModelEvent, TimerEvent } from "./model";
import { proceed } from "./proceed";
import { blockedReason } from "./reasons";
import { sample } from "./sample";
import { becomeReady, enterService } from "./service";
import { warmInstanceLaunched } from "./warmPool";

/** Lets everything happen that happens up to a time, in milliseconds since the epoch. A time in the past changes nothing. */
export function advance(group: Group, to: number): void {
  const { events } = group.engine;
  group.engine.isAdvancing = true;
  try {
    while (events.nextTime() <= to) {
      group.now = Math.max(group.now, events.nextTime());
      let happened = false;
      while (events.nextTime() <= group.now) happened = apply(group, events.take() as ModelEvent) || happened;
      if (happened) react(group);
    }
    group.now = Math.max(group.now, to);
  } finally {
    group.engine.isAdvancing = false;
  }
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
  if (event.kind === "Retry") return true;
  if ("instance" in event) {
    if (event.epoch !== event.instance.epoch) return false;
    instanceEvents[event.kind](group, event.instance, event);
  } else {
    if (group.engine.run !== event.run || event.run.timers[event.kind] !== event.serial) return false;
    timerEvents[event.kind](group, event);
  }
  return true;
}

type InstanceReaction = (group: Group, instance: Instance, event: InstanceEvent) => void;
const instanceEvents: Record<InstanceEvent["kind"], InstanceReaction> = {
  Launched: (group, instance) => {
    if (instance.state === "WarmedPending") warmInstanceLaunched(instance);
    else if (!beginHooks(group, instance, "Launching")) enterService(group, instance);
  },
  FoundUnhealthy: (group, instance) => {
    const { run } = group.engine;
    if (["HealthCheck", "ReplaceUnhealthy", "Terminate"].some((process) => group.suspended.has(process))) {
      schedule(group, instance, "FoundUnhealthy", Math.max(suspendedCheckSeconds, group.healthCheckGraceSeconds));
      return;
    }
    const cause = { kind: "Unhealthy" } as const;
    if (run?.activeSince !== undefined && instance.launchedBy === run) {
      block(group, run, "Unhealthy");
      if (run.refresh.strategy === "ReplaceRootVolume") return replaceRootVolume(group, instance, cause, run);
    }
    if (run && instance.outdated) retire(run, instance);
    group.engine.unhealthy++;
    terminate(group, instance, cause);
  },
  Warm: (group, instance) => {
    instance.warm = true;
    becomeReady(group, instance);
  },
  HealthKnown: (group, instance) => {
    instance.healthKnown = true;
    becomeReady(group, instance);
  },
  HookTimesOut: (group, instance, event) => hookTimesOut(group, instance, event.hook ?? ""),
  Drained: afterDraining,
  Terminated: (group, instance) => {
    if (instance.state === "WarmedTerminating") {
      group.warmPool?.instances.delete(instance.id);
      return;
    }
    settle(group, instance);
    group.instances.delete(instance.id);
  },
};

// fact: aws-suspended-health-checks
const suspendedCheckSeconds = 60;

const timerEvents: Record<TimerEvent["kind"], (group: Group, event: TimerEvent) => void> = {
  Begins: (group, { run }) => activate(group, run),
  PauseEnds: (group, { run }) => activate(group, run),
  BakeEnds: (group, { run }) => succeed(group, run),
  CancelSettles: (_group, { run }) => {
    if (run.cancel) run.cancel.settled = true;
  },
  Blocked: (group, { run }) => {
    const why = run.blockedBy ? blockedReason(group, run, run.blockedBy) : "";
    fail(group, run, group.rules.texts.noProgress(group.rules.blockedSeconds / 60, why));
  },
  TimeIsUp: (group, { run }) => {
    fail(group, run, group.rules.texts.timeIsUp(group.rules.timeLimitSeconds / 86400));
  },
};
