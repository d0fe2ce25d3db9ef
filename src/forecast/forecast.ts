/** What a refresh will do to a group, before it is started: simulated many times in the model, with launch times that differ. */

import type { GroupSnapshot, Limits, PlannedRefresh } from "../core/snapshot";
import type { Bounds } from "../simulation/bounds";
import type { Sample } from "../simulation/model";
import { type Batch, batchesOf } from "./batches";
import { type Duration, durationRange } from "./durationRange";
import { type LaunchTimes, launchTimes, meanOf } from "./launchTimes";
import { type LeftAlone, leftAlone } from "./leftAlone";
import { type Pause, pausesOf } from "./pauses";
import { type Effort, playsOf } from "./plays";
import { type SimulatedRefresh, type SimulationOptions, simulate } from "./simulate";
import { unitsInService } from "./unitsInService";
import { fillingWarning, type Warning, warningsOf } from "./warnings";

/** Capacity is in units: an instance counts for its weight. */
export interface Forecast {
  /** Name or id of the group. */
  readonly group: string;
  /** `NothingToReplace`: no refresh is started, or it ends at once. */
  readonly outcome: "Successful" | "Failed" | "NothingToReplace";
  /** Why it is expected to fail; empty when it is not. */
  readonly reason: string;
  readonly desiredCapacity: number;
  readonly instances: number;
  /** Instances that will be replaced. */
  readonly toReplace: number;
  readonly leftAlone: LeftAlone;
  /** Instances of the warm pool that will be replaced after those in service. */
  readonly toReplaceInWarmPool: number;
  /** What is taken out of service at one time, when every launch takes as long as usual. */
  readonly batches: readonly Batch[];
  /** The lowest capacity at any time that is in service, healthy and past its warm-up. */
  readonly lowestReady: number;
  /** What would stay ready if the vendor's guide is right, where it contradicts the model. */
  readonly readyIfLaunchedFirst?: number;
  /** The highest capacity at any time that is in service and pending. */
  readonly highestTotal: number;
  readonly duration: Duration;
  readonly launchTimes: LaunchTimes;
  readonly pauses: readonly Pause[];
  readonly warnings: readonly Warning[];
}

/** A forecast, and how capacity changes over time when every launch takes as long as usual. */
export interface ForecastResult {
  readonly forecast: Forecast;
  /** Times are in milliseconds from the start. */
  readonly curve: readonly Sample[];
  /** Units that the refresh is to keep to; undefined where there is nothing to do. */
  readonly bounds: Bounds | undefined;
}

const usualEffort: Effort = { replacements: 15_000, leastRuns: 16 };

export function forecastRefresh(
  snapshot: GroupSnapshot,
  refresh: PlannedRefresh,
  limits: Limits = {},
  effort = usualEffort,
): ForecastResult {
  const times = launchTimes(snapshot.recentLaunches);
  const curve: Sample[] = [];
  // A group that is still empty promises nothing, also where the service would start a refresh of it.
  const isEmpty = snapshot.instances.length === 0 && snapshot.desiredCapacity > 0;
  const usual = isEmpty ? undefined : simulateUsual(snapshot, refresh, times, (sample) => curve.push(sample));
  if (!usual) return { forecast: nothingToReplace(snapshot, refresh, times), curve: [], bounds: undefined };

  const simulated = [usual, ...playsOf(snapshot, refresh, times, effort)];
  const lowestReady = Math.min(...simulated.map((each) => each.lowestReady));
  const batches = batchesOf(snapshot, usual);
  const forecast: Omit<Forecast, "warnings"> = {
    group: snapshot.name,
    outcome: usual.status === "Successful" ? "Successful" : "Failed",
    reason: usual.status === "Successful" ? "" : withoutIds(usual.reason),
    desiredCapacity: snapshot.desiredCapacity,
    instances: snapshot.instances.length,
    toReplace: replacesPart(refresh) ? counted(batches) : snapshot.instances.length - usual.spared.length,
    leftAlone: leftAlone(snapshot, refresh, usual.spared),
    toReplaceInWarmPool: usual.warmPool,
    batches,
    lowestReady,
    ...launchedFirst(snapshot, usual, lowestReady),
    highestTotal: Math.max(...simulated.map((each) => each.highestTotal)),
    duration: durationRange(snapshot, refresh, times, simulated),
    launchTimes: times,
    pauses: pausesOf(curve),
  };
  const warnings = warningsOf({ snapshot, refresh, limits, usual, forecast });
  return { forecast: { ...forecast, warnings }, curve, bounds: usual.bounds };
}

/** The rest stays as it is behind a last checkpoint below 100 percent. */
function replacesPart({ preferences: { checkpoints } }: PlannedRefresh): boolean {
  return (checkpoints?.at(-1) ?? 100) < 100;
}

function counted(batches: readonly Batch[]): number {
  return batches.reduce((sum, { instances }) => sum + instances, 0);
}

/** There has to be room above the desired capacity, and something that is ready more than the model keeps. */
function launchedFirst(
  { rules, desiredCapacity, instances }: GroupSnapshot,
  { bounds }: SimulatedRefresh,
  lowestReady: number,
): Pick<Forecast, "readyIfLaunchedFirst"> {
  const ready = Math.min(desiredCapacity, unitsInService(instances));
  const differs = rules.mayLaunchFirst && bounds.most > desiredCapacity && ready > lowestReady;
  return differs ? { readyIfLaunchedFirst: ready } : {};
}

function simulateUsual(
  snapshot: GroupSnapshot,
  refresh: PlannedRefresh,
  times: LaunchTimes,
  observe: SimulationOptions["observe"],
) {
  const mean = Math.round(meanOf(times));
  const known = snapshot.healthSeconds;
  const health = Math.round(((known?.[0] ?? 0) + (known?.[1] ?? 0)) / 2);
  return simulate(snapshot, refresh, {
    seed: "usual",
    launchSeconds: [mean, mean],
    healthSeconds: known && [health, health],
    recordActivities: true,
    ...(observe ? { observe } : {}),
  });
}

/** Instances have names of the model here, which no person can look up. */
function withoutIds(reason: string): string {
  return reason.replace(/\bFor example: \S+/g, "An instance");
}

function nothingToReplace(snapshot: GroupSnapshot, refresh: PlannedRefresh, times: LaunchTimes): Forecast {
  const capacity = unitsInService(snapshot.instances);
  const all = snapshot.instances.map((_, index) => index);
  return {
    group: snapshot.name,
    outcome: "NothingToReplace",
    reason: "",
    desiredCapacity: snapshot.desiredCapacity,
    instances: snapshot.instances.length,
    toReplace: 0,
    leftAlone: leftAlone(snapshot, refresh, all),
    toReplaceInWarmPool: 0,
    batches: [],
    lowestReady: capacity,
    highestTotal: capacity,
    duration: { expected: 0, least: 0, most: 0, refreshes: 0 },
    launchTimes: times,
    pauses: [],
    warnings: fillingWarning(snapshot),
  };
}
