/**
 * Groups that share no code and no structure with the model that forecasts are made from: each generator proceeds in a way
 * of its own. They show whether the printed range holds where a cloud behaves otherwise than the model.
 */
import type { GroupSnapshot, LaunchDuration, PlannedRefresh, RecentRefresh } from "../src/core/snapshot";
import { autoScalingRules, essRules } from "../src/simulation/rules";

type Preferences = PlannedRefresh["preferences"];

/** How a generator's groups behave. All times are in seconds. */
export interface World {
  readonly name: string;
  /** Draws the habits of one group. */
  group(random: Random): Habits;
}

interface Habits {
  /** One launch, from its start to InService. */
  launch(random: Random): number;
  /** What a batch waits for after its launches and before it counts, beside the warm-up. */
  healthCheck(random: Random): number;
  /** One termination; a replacement that follows a termination starts when it is over. */
  termination(random: Random): number;
  /** Share of launches that fail, each after half of its time, and are tried again. */
  readonly failing: number;
  /** Launches that can be under way at once. */
  readonly atOnce: number;
  /** The next batch begins when the whole batch before it is ready, and not when there is room. */
  readonly batchwise: boolean;
}

/** A number from 0 up to, but not including, 1. */
export type Random = () => number;

const usual = (least: number, most: number): Habits => ({
  launch: (random) => between(random, least, most),
  healthCheck: () => 0,
  termination: () => 5,
  failing: 0,
  atOnce: Number.POSITIVE_INFINITY,
  batchwise: false,
});

export const worlds: readonly World[] = [
  {
    name: "launches with a long tail",
    group(random) {
      const median = between(random, 30, 120);
      const sigma = between(random, 0.2, 0.6);
      return { ...usual(0, 0), launch: (draw) => median * Math.exp(sigma * normal(draw)) };
    },
  },
  {
    name: "batches that wait for health checks",
    group(random) {
      const least = between(random, 20, 100);
      const wait = between(random, 80, 150);
      return { ...usual(least, least * 1.5), healthCheck: (draw) => between(draw, wait, wait + 50), batchwise: true };
    },
  },
  {
    name: "connections that drain",
    group(random) {
      const least = between(random, 30, 120);
      const drain = between(random, 30, 300);
      return { ...usual(least, least * 1.4), termination: (draw) => drain * between(draw, 0.8, 1.1) };
    },
  },
  {
    name: "launch hooks that sometimes time out",
    group(random) {
      const least = between(random, 30, 90);
      const hook = between(random, 30, 300);
      const timesOut = between(random, 0, 0.05);
      return {
        ...usual(0, 0),
        launch: (draw) =>
          between(draw, least, least * 1.3) + (draw() < timesOut ? hook * 2 : hook * between(draw, 0.7, 1)),
      };
    },
  },
  {
    name: "launches that fail",
    group(random) {
      const least = between(random, 30, 120);
      return { ...usual(least, least * 1.6), failing: between(random, 0.03, 0.2), batchwise: random() < 0.5 };
    },
  },
  {
    name: "capacity that is short",
    group(random) {
      const least = between(random, 30, 120);
      return { ...usual(least, least * 1.6), atOnce: Math.ceil(between(random, 0, 3)) };
    },
  },
];

/** A group of a world, as a cloud would describe it, and how its next refresh really goes. */
export interface Case {
  readonly snapshot: GroupSnapshot;
  readonly refresh: PlannedRefresh;
  readonly seconds: number;
  readonly lowestReady: number;
  /** How many new instances count from which second on. */
  readonly steps: readonly Step[];
}

export interface Step {
  readonly seconds: number;
  readonly updated: number;
}

/** @param earlier how many refreshes the group has been through, as its cloud still tells */
export function drawCase(world: World, earlier: number, random: Random, cloud?: "ess" | "autoscaling"): Case {
  const isEss = cloud === undefined ? random() < 0.5 : cloud === "ess";
  const size = Math.ceil(100 ** random()) + 1;
  const habits = world.group(random);
  // The page of ESS can be read either way.
  const pausesAtLast = isEss && random() < 0.5;
  const warmupSeconds = isEss ? 0 : Math.round(between(random, 0, 300));
  const launches: number[] = [];
  const recentRefreshes: RecentRefresh[] = [];
  const preferences = drawPreferences(random);
  for (let index = 0; index < earlier; index++) {
    // Most teams roll out as they did before.
    const before = random() < 0.7 ? preferences : drawPreferences(random);
    const went = refreshGroup(size, withDefaults(before, isEss), warmupSeconds, habits, random, pausesAtLast);
    launches.unshift(...went.launches);
    recentRefreshes.unshift({ preferences: before, replaced: size, seconds: went.seconds });
  }
  if (earlier === 0) for (let index = 0; index < size; index++) launches.push(habits.launch(random));
  const asServed = withDefaults(preferences, isEss);
  const { seconds, lowestReady, steps } = refreshGroup(size, asServed, warmupSeconds, habits, random, pausesAtLast);
  const instance = { matches: false, weight: 1, protected: false, standby: false, manual: false };
  const snapshot: GroupSnapshot = {
    rules: isEss ? essRules : autoScalingRules,
    name: world.name,
    minSize: 0,
    maxSize: 2 * size,
    desiredCapacity: size,
    instances: Array.from({ length: size }, () => instance),
    newWeights: [1],
    warmupSeconds,
    recentLaunches: launches.slice(0, 50).map((each) => (isEss ? toTheMinute(each, random) : toTheSecond(each))),
    recentRefreshes,
  };
  return { snapshot, refresh: { preferences }, seconds, lowestReady, steps };
}

/** ESS grows to 120 percent where the request does not say; AWS terminates and launches at once. */
function withDefaults(preferences: Preferences, isEss: boolean): Preferences {
  return isEss ? { ...preferences, maxHealthyPercentage: preferences.maxHealthyPercentage ?? 120 } : preferences;
}

function drawPreferences(random: Random): Preferences {
  const min = Math.round(between(random, 50, 100));
  const max = random() < 0.5 ? Math.round(between(random, 100, Math.min(200, min + 100))) : undefined;
  const checkpoints = random() < 0.25 ? [Math.round(between(random, 20, 60)), 100] : undefined;
  return {
    minHealthyPercentage: min,
    maxHealthyPercentage: max,
    skipMatching: false,
    checkpoints,
    checkpointPauseSeconds: 60 * Math.round(between(random, 1, 20)),
  };
}

/** One refresh, second by second, in a way that has nothing in common with the model's. */
function refreshGroup(
  size: number,
  { minHealthyPercentage = 0, maxHealthyPercentage, checkpoints = [], checkpointPauseSeconds = 0 }: Preferences,
  warmup: number,
  habits: Habits,
  random: Random,
  pausesAtLast: boolean,
): { seconds: number; lowestReady: number; launches: number[]; steps: Step[] } {
  const floor = Math.ceil((size * minHealthyPercentage) / 100);
  const ceiling = maxHealthyPercentage === undefined ? undefined : Math.floor((size * maxHealthyPercentage) / 100);
  // With a maximum that leaves no room above and a minimum that leaves none below, one is launched first.
  const launchesFirst = ceiling !== undefined && (ceiling > size || floor >= size);
  const launches: number[] = [];
  const steps: Step[] = [{ seconds: 0, updated: 0 }];
  /** When each launch, and each termination before one, is over; when each new instance counts. */
  let terminating: number[] = [];
  let launching: { over: number; readyAt: number; took: number; fails: boolean }[] = [];
  let warming: number[] = [];
  let [old, fresh, queued, now, paused, lowestReady, passed] = [size, 0, 0, 0, 0, size, 0];
  const pauses = (pausesAtLast ? checkpoints : checkpoints.slice(0, -1)).map((percentage) =>
    Math.ceil((size * percentage) / 100),
  );
  const launch = () => {
    const took = habits.launch(random);
    const fails = random() < habits.failing;
    const over = now + (fails ? took / 2 + between(random, 20, 60) : took);
    launching.push({ over, took, fails, readyAt: over + warmup + habits.healthCheck(random) });
  };
  while (fresh < size) {
    now++;
    const ended = terminating.filter((over) => over <= now).length;
    terminating = terminating.filter((over) => over > now);
    if (ceiling === undefined) queued += ended;
    for (const each of launching.filter(({ over }) => over <= now)) {
      if (each.fails) queued++;
      else {
        launches.push(each.took);
        warming.push(each.readyAt);
      }
    }
    launching = launching.filter(({ over }) => over > now);
    const ready = warming.filter((at) => at <= now).length;
    warming = warming.filter((at) => at > now);
    fresh += ready;
    if (ready > 0) steps.push({ seconds: now, updated: fresh });
    if (ceiling !== undefined) {
      // Each new instance that is ready takes the place of an old one.
      const surplus = Math.max(0, Math.min(old, old + fresh - size));
      for (let index = 0; index < surplus; index++) terminating.push(now + habits.termination(random));
      old -= surplus;
    }
    while (queued > 0 && launching.length < habits.atOnce) {
      queued--;
      launch();
    }
    if (passed < pauses.length && fresh >= (pauses[passed] as number)) {
      passed++;
      paused = now + checkpointPauseSeconds;
    }
    const inFlight = terminating.length + queued + launching.length + warming.length;
    if (now < paused || (habits.batchwise && inFlight > 0)) continue;
    const reserve = passed < pauses.length ? (pauses[passed] as number) : size;
    const begun = () =>
      fresh + warming.length + launching.length + queued + (ceiling === undefined ? terminating.length : 0);
    const hasRoom = () =>
      launchesFirst
        ? old + fresh + warming.length + launching.length + queued < Math.max(ceiling, size + 1)
        : old + fresh - 1 >= floor || begun() === fresh;
    while (begun() < reserve && hasRoom()) {
      if (launchesFirst) queued++;
      else if (ceiling === undefined) {
        old--;
        terminating.push(now + habits.termination(random));
      } else {
        old--;
        queued++;
      }
    }
    lowestReady = Math.min(lowestReady, old + fresh);
  }
  const last = Math.max(now, paused, ...terminating);
  return { seconds: Math.round(last), lowestReady, launches, steps };
}

function toTheSecond(seconds: number): LaunchDuration {
  const told = Math.round(seconds);
  return { least: Math.max(0, told - 0.5), most: told + 0.5 };
}

/** Both ends are cut off to the minute. */
function toTheMinute(seconds: number, random: Random): LaunchDuration {
  const start = random() * 60;
  const told = Math.floor((start + seconds) / 60) * 60;
  return { least: Math.max(0, told - 60), most: told + 60 };
}

function between(random: Random, least: number, most: number): number {
  return least + random() * (most - least);
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
