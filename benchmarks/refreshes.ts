/** Refreshes of many sizes, speeds and outcomes, as both clouds would tell of them, drawn from a seed and played once. */

import type { PolledStatus } from "../src/core/polling/source";
import { advance, nextEventTime } from "../src/simulation/advance";
import { createGroup } from "../src/simulation/createGroup";
import type { Configuration, Group, Preferences, Refresh } from "../src/simulation/model";
import { createRandom, type Random } from "../src/simulation/random";
import { cancelRefresh, rollbackRefresh, setAlarm, startRefresh } from "../src/simulation/refresh";
import { autoScalingRules, essRules } from "../src/simulation/rules";
import { type Change, statusAt } from "./timeline";

export type Cloud = "ess" | "autoscaling";

/** What happens to a refresh on its way. */
export type Event =
  | "nothing"
  | "every launch unhealthy"
  | "some launches unhealthy"
  | "alarm"
  | "cancelled"
  | "rolled back";

/** A refresh that was played to its end. */
export interface Played {
  readonly id: string;
  readonly cloud: Cloud;
  readonly event: Event;
  readonly checkpoints: boolean;
  readonly capacity: number;
  /** Milliseconds from its start to its end. */
  readonly duration: number;
  /** What the cloud answers so many milliseconds after its start. */
  at(elapsed: number): PolledStatus;
}

interface Draft {
  readonly seed: string;
  readonly cloud: Cloud;
  readonly event: Event;
  readonly capacity: number;
  readonly launchSeconds: readonly [number, number];
  readonly preferences: Preferences;
  /** When the event happens, as a part of the time that the refresh would take without it. */
  readonly eventAt: number;
}

const ALARM = "errors";

export function play(seed: string, cloud?: Cloud): Played {
  const draft = drawn(createRandom(seed), seed, cloud);
  const undisturbed = run(draft, undefined);
  const { duration, at } = draft.event === "nothing" ? undisturbed : run(draft, undisturbed.duration * draft.eventAt);
  const checkpoints = draft.preferences.checkpoints !== undefined;
  return {
    id: `ir-${seed}`,
    cloud: draft.cloud,
    event: draft.event,
    checkpoints,
    capacity: draft.capacity,
    duration,
    at,
  };
}

function drawn(random: Random, seed: string, given: Cloud | undefined): Draft {
  const cloud = given ?? pick(random, ["ess", "autoscaling"]);
  const [slowest, fastest] = [150, 30];
  const least = Math.round(spread(random, fastest, slowest));
  const chance = random.fraction();
  return {
    seed,
    cloud,
    event: EVENTS.find(([upTo]) => chance < upTo)?.[1] ?? "nothing",
    capacity: Math.round(spread(random, 2, 200)),
    launchSeconds: [least, Math.round(least * (1.1 + random.fraction()))],
    preferences: preferences(random, cloud),
    eventAt: random.fraction(),
  };
}

/** Three in ten meet with something. */
const EVENTS: readonly (readonly [number, Event])[] = [
  [0.08, "every launch unhealthy"],
  [0.16, "some launches unhealthy"],
  [0.2, "alarm"],
  [0.25, "cancelled"],
  [0.3, "rolled back"],
];

const HEALTHY = {
  ess: [{}, { minHealthyPercentage: 90, maxHealthyPercentage: 150 }, { minHealthyPercentage: 50 }],
  autoscaling: [
    {},
    { minHealthyPercentage: 90, maxHealthyPercentage: 110 },
    { minHealthyPercentage: 50 },
    { minHealthyPercentage: 100, maxHealthyPercentage: 110 },
  ],
} as const;

function preferences(random: Random, cloud: Cloud): Preferences {
  const checkpoints =
    random.fraction() < 0.3
      ? pick(random, [
          [50, 100],
          [20, 50, 100],
          [10, 100],
        ])
      : undefined;
  return {
    ...pick<Preferences>(random, HEALTHY[cloud]),
    warmupSeconds: random.fraction() < 0.2 ? 0 : Math.round(spread(random, 30, 400)),
    checkpoints,
    checkpointPauseSeconds: pick(random, [600, 1800, 3600, 3600]),
    bakeSeconds: cloud === "autoscaling" && random.fraction() < 0.2 ? pick(random, [300, 600, 1800]) : undefined,
    alarms: cloud === "autoscaling" ? [ALARM] : undefined,
    autoRollback: cloud === "autoscaling" && random.fraction() < 0.5,
  };
}

/** Plays the refresh, and writes down every change that the cloud would show. */
function run(draft: Draft, eventAt: number | undefined): { duration: number; at(elapsed: number): PolledStatus } {
  const group = createGroup({
    id: draft.seed,
    rules: draft.cloud === "ess" ? essRules : autoScalingRules,
    now: 0,
    seed: draft.seed,
    minSize: 0,
    maxSize: draft.capacity * 2,
    desiredCapacity: draft.capacity,
    configuration: configuration("old", draft),
    running: true,
    recordActivities: false,
  });
  const refresh = startRefresh(group, {
    id: draft.seed,
    desired: configuration("new", draft),
    preferences: draft.preferences,
  });
  const changes: Change[] = [{ time: 0, status: statusOf(refresh, draft) }];
  let pending = eventAt;
  while (refresh.endTime === undefined) {
    if (pending !== undefined && pending <= nextEventTime(group)) {
      advance(group, pending);
      pending = undefined;
      happen(group, draft);
    } else advance(group, nextEventTime(group));
    changes.push({ time: group.now, status: statusOf(refresh, draft) });
  }
  return { duration: refresh.endTime, at: (elapsed) => statusAt(changes, elapsed) };
}

function happen(group: Group, { event }: Draft): void {
  if (event === "every launch unhealthy") group.unhealthyLaunches = { rate: 1, remaining: undefined };
  else if (event === "some launches unhealthy") group.unhealthyLaunches = { rate: 0.1, remaining: undefined };
  else if (event === "alarm") setAlarm(group, ALARM, "ALARM");
  else if (event === "cancelled") cancelRefresh(group);
  else if (event === "rolled back") rollbackRefresh(group);
}

function configuration(key: string, { launchSeconds }: Draft): Configuration {
  return { key, healthy: true, launchSeconds, instanceTypes: [{ name: "small", weight: 1 }] };
}

/** As the cloud's adapter makes it of the cloud's answer: whole percents in AWS, instances in ESS. */
function statusOf(refresh: Refresh, { cloud, preferences }: Draft): PolledStatus {
  const { status, reason, progress } = refresh;
  const ended = refresh.endTime !== undefined;
  if (cloud === "ess") {
    const pause = status === "CheckpointPause" ? (preferences.checkpointPauseSeconds ?? 3600) * 1000 : undefined;
    const fraction = progress.total === 0 ? 1 : progress.updated / progress.total;
    return { ended, status, fraction, ...(pause === undefined ? {} : { pauseMilliseconds: pause }) };
  }
  const bake = status === "Baking" ? (preferences.bakeSeconds ?? 0) * 1000 : undefined;
  return {
    ended,
    status: status === "CheckpointPause" ? "InProgress" : status,
    reason,
    ...(status === "RollbackInProgress" ? {} : { fraction: progress.percentage / 100 }),
    ...(bake === undefined ? {} : { pauseMilliseconds: bake }),
  };
}

function pick<T>(random: Random, values: readonly T[]): T {
  return values[random.integer(0, values.length - 1)] as T;
}

/** Evenly by orders of magnitude. */
function spread(random: Random, least: number, most: number): number {
  return least * (most / least) ** random.fraction();
}
