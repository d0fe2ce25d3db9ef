import type { EventQueue } from "./eventQueue";
import type { Random } from "./random";
import type { Rules } from "./rules";

/**
 * The state of a scaling group whose instances are replaced a few at a time. Times are milliseconds since the epoch,
 * durations seconds, capacity and percentages as the clouds count them. Only the functions of this folder change it.
 */
export interface Group {
  readonly id: string;
  readonly rules: Rules;
  /** The time up to which everything has happened. */
  now: number;
  minSize: number;
  maxSize: number;
  /** In units of capacity: an instance counts for its weight. */
  desiredCapacity: number;
  /** What a launch uses when no refresh says otherwise. A group without one launches nothing. */
  configuration: Configuration | undefined;
  /** Seconds from InService to ready, unless a refresh says otherwise. */
  warmupSeconds: number;
  /** Seconds that an unhealthy instance is in service before it is found out. */
  healthCheckGraceSeconds: number;
  /** Every instance that has not been terminated, oldest first. */
  readonly instances: Map<string, Instance>;
  /** Oldest first. */
  readonly refreshes: Refresh[];
  /** Oldest first; empty when the group was created with `recordActivities: false`. */
  readonly activities: Activity[];
  /** How many of the oldest are no longer among them. */
  forgottenActivities: number;
  /** The state of every alarm that was ever set; one that never was is OK. */
  readonly alarms: Map<string, AlarmState>;
  /** Launches that will be unhealthy although their configuration is not. */
  unhealthyLaunches: UnhealthyLaunches | undefined;
  /** Launches that fail although their configuration is fine. */
  failingLaunches: FailingLaunches | undefined;
  /** Names of the processes that are suspended. */
  readonly suspended: Set<string>;
  /** By name. They hold an instance up while it is launched or terminated. */
  readonly hooks: Map<string, LifecycleHook>;
  /** Instances that are kept ready to be launched. */
  warmPool: WarmPool | undefined;
  /** Whether a launched instance is protected from scale in. */
  protectsNewInstances: boolean;
  /** Seconds for which connections of an instance drain before it is terminated. */
  drainSeconds: number;
  /** Called after everything that happens at one time has happened. */
  observe: ((sample: Sample) => void) | undefined;
  readonly engine: Engine;
}

/** What instances are launched from. */
export interface Configuration {
  /** Instances of equal keys match one another: skip matching compares nothing else. */
  readonly key: string;
  /** False: an instance launched from it never becomes healthy. */
  readonly healthy: boolean;
  /** Seconds that a launch takes: at least, at most. */
  readonly launchSeconds: readonly [number, number];
  /** Seconds from InService until the instance's health is known: at least, at most. Default: none. */
  readonly healthSeconds?: readonly [number, number] | undefined;
  /** Why every launch from it fails; undefined when it does not. */
  readonly launchFailure?: string | undefined;
  /** One of them is drawn for every launch. Never empty. */
  readonly instanceTypes: readonly InstanceType[];
  /** What the owner of the model knows about it: image, template. Nothing here looks inside. */
  readonly details?: unknown;
}

export interface InstanceType {
  readonly name: string;
  /** Units of capacity that an instance counts for. */
  readonly weight: number;
}

export type LifecycleState =
  | "Pending"
  | "InService"
  | "ReplacingRootVolume"
  | "Standby"
  | "Terminating"
  | "Detached"
  | "WarmedPending"
  | "Warmed"
  | "WarmedTerminating";

export interface LifecycleHook {
  readonly name: string;
  readonly transition: "Launching" | "Terminating";
  /** Seconds after which the default result holds. */
  readonly heartbeatSeconds: number;
  readonly defaultResult: HookResult;
  /** Seconds after which somebody completes it with CONTINUE: at least, at most. Default: nobody does. */
  readonly completedAfter?: readonly [number, number] | undefined;
}

export type HookResult = "CONTINUE" | "ABANDON";

export interface WarmPool {
  minSize: number;
  /** Instances of the group and of the pool together; undefined: the most that the group may have. */
  maxPreparedCapacity: number | undefined;
  /** What instances of the pool are: `Stopped`, `Running` or `Hibernated`. */
  state: string;
  /** Instances go; when none is left, so does the pool. */
  deleting: boolean;
  /** Oldest first. */
  readonly instances: Map<string, Instance>;
}

export interface Instance {
  readonly id: string;
  configuration: Configuration;
  readonly type: InstanceType;
  state: LifecycleState;
  healthy: boolean;
  /** In service, healthy, known to be so, and past its warm-up. */
  ready: boolean;
  /** The cloud knows its health. */
  healthKnown: boolean;
  /** Past its warm-up. */
  warm: boolean;
  /** Hooks that hold it up, and until when. */
  readonly hooks: Map<string, number>;
  /** Its connections drain. */
  draining: boolean;
  /** Protected from scale in. */
  protected: boolean;
  /** Added by hand and not launched by the group. */
  readonly manual: boolean;
  readonly launchedAt: number;
  /** The run that launched it, or replaced its root volume. */
  launchedBy: Run | undefined;
  /** A refresh is to replace it. */
  outdated: boolean;
  /** Counts its moves from state to state: what was scheduled before a move is void after it. */
  epoch: number;
}

export type RefreshStatus =
  | "Pending"
  | "InProgress"
  | "CheckpointPause"
  | "Paused"
  | "Baking"
  | "Cancelling"
  | "RollbackInProgress"
  | "Successful"
  | "Failed"
  | "Cancelled"
  | "RollbackSuccessful"
  | "RollbackFailed";

export interface Preferences {
  /** 0 to 100; default: `rules.minHealthyPercentage`. */
  readonly minHealthyPercentage?: number | undefined;
  /** 100 to 200; default: `rules.maxHealthyPercentage`, where undefined means to terminate and launch at once. */
  readonly maxHealthyPercentage?: number | undefined;
  /** Seconds; default: the group's. */
  readonly warmupSeconds?: number | undefined;
  /** Ascending percentages of the group that are new. Default: none. */
  readonly checkpoints?: readonly number[] | undefined;
  /** Seconds; default: one hour. */
  readonly checkpointPauseSeconds?: number | undefined;
  /** Default: `rules.skipMatching`. */
  readonly skipMatching?: boolean | undefined;
  /** Default: false. */
  readonly autoRollback?: boolean | undefined;
  /** Seconds; default: 0. */
  readonly bakeSeconds?: number | undefined;
  /** Names of alarms that make the refresh fail. Default: none. */
  readonly alarms?: readonly string[] | undefined;
  /** Default: `rules.protectedInstances`. */
  readonly protectedInstances?: "Refresh" | "Ignore" | "Wait" | undefined;
  /** Default: `rules.standbyInstances`. */
  readonly standbyInstances?: "Terminate" | "Ignore" | "Wait" | undefined;
}

export interface Refresh {
  readonly id: string;
  readonly strategy: "Rolling" | "ReplaceRootVolume";
  readonly preferences: Preferences;
  /** Undefined: the configuration of the group. Saved on the group on success. */
  readonly desired: Configuration | undefined;
  /** What the group had before, to which a rollback returns. */
  readonly previous: Configuration;
  /** Why a rollback is refused; undefined where it is possible. */
  readonly irreversible: string | undefined;
  status: RefreshStatus;
  /** Why the status is what it is; empty where there is nothing to say. */
  reason: string;
  readonly startTime: number;
  /** When it began to replace; undefined until then. */
  begunTime: number | undefined;
  endTime: number | undefined;
  readonly progress: Progress;
  rollback: Rollback | undefined;
}

interface Progress {
  /** Units of capacity to be replaced, and how many of them are. */
  total: number;
  updated: number;
  /** 0 to 100. Falls during a rollback only; 100 only when every instance has been replaced. */
  percentage: number;
  /** Instances whose replacement has not begun, with those of the warm pool. */
  instancesToUpdate: number;
  /** The same of the warm pool alone, and how far that is; undefined where there is none. */
  warmPool: { percentage: number; instancesToUpdate: number } | undefined;
}

interface Rollback {
  readonly reason: string;
  readonly startTime: number;
  /** As they were when the rollback began. */
  readonly percentageOnRollback: number;
  readonly updatedOnRollback: number;
  readonly instancesToUpdateOnRollback: number;
}

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

interface UnhealthyLaunches {
  /** 0 to 1. */
  readonly rate: number;
  /** How many more; undefined: without end. */
  remaining: number | undefined;
}

interface FailingLaunches {
  /** What the cloud says of it. */
  readonly message: string;
  /** How many more; undefined: without end. */
  remaining: number | undefined;
}

export interface Activity {
  readonly id: string;
  readonly kind: "Launch" | "Terminate" | "ReplaceRootVolume" | "Detach" | "EnterStandby" | "ExitStandby" | "Attach";
  /** Undefined where the launch failed before there was an instance. */
  readonly instanceId: string | undefined;
  readonly cause: string;
  readonly startTime: number;
  endTime: number | undefined;
  status: "InProgress" | "Successful" | "Failed" | "Cancelled";
  /** Why it failed. */
  message?: string | undefined;
}

/** Capacity, in units, at a time. */
export interface Sample {
  readonly time: number;
  readonly status: RefreshStatus | undefined;
  readonly percentage: number;
  /** In service and still to be replaced. */
  readonly old: number;
  /** In service and not, or no longer, to be replaced. */
  readonly new: number;
  /** Launching, or their root volume is being replaced. */
  readonly pending: number;
  /** In service and healthy, but within the warm-up: part of old and new. */
  readonly warming: number;
  /** In service: old and new. */
  readonly inService: number;
  /** In service, healthy and warm: what carries the load. */
  readonly ready: number;
  /** In service and pending: what is paid for, save standby and terminating instances. */
  readonly total: number;
}

/** How the model works inside: of no interest to those who use it. */
interface Engine {
  readonly random: Random;
  /** Apart from the other, so that recording activities does not change what happens. */
  readonly activityIds: Random;
  readonly events: EventQueue<ModelEvent>;
  /** While it is, its time is that of what happens. */
  isAdvancing: boolean;
  readonly instanceIdPrefix: string;
  readonly recordActivities: boolean;
  /** Of instances that are launching or being terminated. */
  readonly openActivities: Map<Instance, Activity>;
  /** Running totals, so that nothing is ever counted through: a step costs what it does, not what the group holds. */
  readonly units: Units;
  /** Instances whose launch, termination or root volume replacement has begun and not ended. */
  transitioning: number;
  /** Live and desired units at which nothing was found that could be terminated. */
  untrimmable: { live: number; desired: number } | undefined;
  run: Run | undefined;
  /** Instances that were found unhealthy, and whose replacements have not been launched. */
  unhealthy: number;
  /** After a launch has failed, the next is tried at this time. */
  noLaunchBefore: number;
}

interface Units {
  /** In service or pending. */
  live: number;
  inService: number;
  ready: number;
  warming: number;
  /** Live and to be replaced. */
  outdated: number;
  /** In service and to be replaced. */
  outdatedInService: number;
}

export type ModelEvent = InstanceEvent | TimerEvent | RetryEvent;

/** A launch that has failed is tried again. */
interface RetryEvent {
  readonly kind: "Retry";
}

export interface InstanceEvent {
  readonly kind: "Launched" | "FoundUnhealthy" | "Warm" | "HealthKnown" | "HookTimesOut" | "Drained" | "Terminated";
  readonly instance: Instance;
  /** The event is void when the instance has moved on. */
  readonly epoch: number;
  /** The hook that times out. */
  readonly hook?: string | undefined;
}

export type TimerKind = "Begins" | "PauseEnds" | "BakeEnds" | "CancelSettles" | "Blocked" | "TimeIsUp";

export interface TimerEvent {
  readonly kind: TimerKind;
  readonly run: Run;
  /** The event is void when the timer was set again or stopped. */
  readonly serial: number;
}

/** The active refresh at work: once forward, and once more when it rolls back. */
export interface Run {
  readonly refresh: Refresh;
  readonly direction: "Forward" | "Back";
  /** What its launches use. */
  readonly target: Configuration;
  /** What is to be replaced, in that order; looked at from `next` on. */
  readonly queue: Instance[];
  next: number;
  /** Those of the warm pool, replaced after the others. */
  readonly warmQueue: Instance[];
  warmTotal: number;
  /** Of the queue, the next one. */
  warmNext: number;
  /** Instances that it has launched and that are not ready yet, oldest first. */
  readonly unready: Set<Instance>;
  /** Units that it has launched and that are ready. */
  readyUnits: number;
  /** Instances that it has launched and that are in service or on their way. */
  launched: number;
  /** Protected or in standby, and waited for; with the live units that each had when it was put here. */
  readonly waiting: Map<Instance, number>;
  waitingUnits: number;
  /** Units and instances that were to be replaced, and units that are gone. */
  total: number;
  totalInstances: number;
  gone: number;
  /** How many checkpoints are behind it. */
  checkpointsPassed: number;
  /** Instances that are gone, or are being replaced. */
  goneInstances: number;
  blockedBy: "Waiting" | "Unhealthy" | "Launches" | undefined;
  /** What the cloud said of the last launch that failed. */
  launchFailure: string;
  /** Since when it replaces; undefined while it does not. And milliseconds of it before. */
  activeSince: number | undefined;
  activeBefore: number;
  cancel: { settled: boolean; readonly atOnce: boolean } | undefined;
  readonly timers: Partial<Record<TimerKind, number>>;
  /** When the timers that run will go off, in milliseconds since the epoch. */
  readonly timerEnds: Partial<Record<TimerKind, number>>;
}
