/**
 * How long a refresh takes, as a range. The model knows launches, warm-up and pauses. What else a group waits for (health
 * checks, connections that drain, hooks, failed launches) shows only in how long its earlier refreshes took.
 */
import type { GroupSnapshot, PlannedRefresh, RecentRefresh } from "../core/snapshot";
import { type LaunchTimes, meanOf } from "./launchTimes";
import { quantile } from "./quantile";
import { type SimulatedRefresh, simulate } from "./simulate";

/** Seconds: nine of ten refreshes end between the least and the most. */
export interface Duration {
  readonly expected: number;
  readonly least: number;
  readonly most: number;
  /** Earlier refreshes of the group that the range rests on. */
  readonly refreshes: number;
}

/** The newest refreshes tell most. */
const MOST_REFRESHES = 4;
/** How often an earlier refresh is simulated. */
const RUNS = 4;
/** A preview is not to be held up: so many instances are replaced in all runs of one earlier refresh. */
const MOST_REPLACED = 2_000;
/** Spread of refreshes of one group around one another, as a share, before any was seen; and how many refreshes that counts for. */
const USUAL_SPREAD = 0.1;
const USUAL_SPREAD_COUNTS = 2;
/** How much further apart refreshes are that replaced in other batches: with other bounds, or other checkpoints. */
const SPREAD_BETWEEN_BOUNDS = 0.3;
/** Without an earlier refresh: how much faster, and how much slower, launches and what they wait for may be. */
const FASTER = 0.8;
/** Without a launch that was seen, too: some images boot in half a minute. */
const FASTER_UNSEEN = 0.4;
const SLOWER = 2;
/** Health checks of EC2 were recorded to take 80 to 200 s beside the warm-up; a load balancer drains for up to 300 s unless it has another setting. */
const UNSEEN_WAIT_S = 400;
/** Where capacity is short, launches wait for one another: so many are under way at a time, at least. */
const UNSEEN_AT_ONCE = 4;
/** A refresh that took so little of its expected working time cannot have paused at 100 percent. */
const NO_FINAL_PAUSE = 0.4;

/** @param runs the refresh, simulated several times */
export function durationRange(
  snapshot: GroupSnapshot,
  refresh: PlannedRefresh,
  times: LaunchTimes,
  runs: readonly SimulatedRefresh[],
): Duration {
  const working = runs.map(({ seconds, pauseSeconds }) => seconds - pauseSeconds).sort((a, b) => a - b);
  const usual = quantile(working, 0.5);
  if (usual <= 0) return { expected: 0, least: 0, most: 0, refreshes: 0 };
  const ownVariance = varianceOf(working.map((each) => Math.log(Math.max(1, each))));
  const earlier = earlierRefreshes(snapshot, times);
  const finalPause = finalPauseOf(earlier);
  const { pauseSeconds = 0, finalPauseSeconds = 0 } = runs[0] ?? {};
  const pauses = finalPause === "never" ? pauseSeconds - finalPauseSeconds : pauseSeconds;
  const alike = earlier.filter((each) => hasSameBounds(each.refresh, refresh));
  const telling = alike.length > 0 ? alike : earlier;
  const factors = telling.map((each) => factorOf(each, finalPause)).filter((factor) => factor > 0);
  const faster = times.launches > 0 ? FASTER : FASTER_UNSEEN;
  const [down, shift, up] = shiftsOf(factors, alike.length > 0, ownVariance, faster);
  // A launch that fails, or a hook that times out, delays its batch by about a launch, however alike earlier refreshes were.
  const launch = meanOf(times);
  const shortage = (snapshot.instances.length * launch) / UNSEEN_AT_ONCE;
  const unseen = factors.length > 0 ? launch : unseenWait(snapshot) * wavesOf(usual, times, snapshot) + shortage;
  return {
    expected: usual * Math.exp(shift) + pauses,
    least: usual * Math.exp(down) + pauseSeconds - finalPauseSeconds,
    most: usual * Math.exp(up) + pauses + unseen,
    refreshes: factors.length,
  };
}

/** By how much the working time differs from the model's, as logarithms: at least, on average, at most. */
function shiftsOf(
  factors: readonly number[],
  areAlike: boolean,
  ownVariance: number,
  faster: number,
): [down: number, shift: number, up: number] {
  if (factors.length === 0) {
    const spread = 2 * Math.sqrt(ownVariance);
    return [Math.log(faster) - spread, 0, Math.log(SLOWER) + spread];
  }
  const logs = factors.map(Math.log);
  const shift = averageOf(logs);
  const degrees = USUAL_SPREAD_COUNTS + logs.length - 1;
  const seen = logs.reduce((sum, each) => sum + (each - shift) ** 2, 0);
  const variance =
    (USUAL_SPREAD_COUNTS * USUAL_SPREAD ** 2 + seen) / degrees + (areAlike ? 0 : SPREAD_BETWEEN_BOUNDS ** 2);
  // The next refresh differs from the mean of those before, and that mean is not known exactly.
  const reach = studentT95(degrees) * Math.sqrt(variance * (1 + 1 / logs.length));
  return [shift - reach, shift, shift + reach];
}

/** What a batch may wait for at most, without an earlier refresh that shows how long it really does. */
function unseenWait({ hooks = [], drainSeconds = 0, recentLaunches }: GroupSnapshot): number {
  const counted = hooks.filter(({ transition }) => transition === "Terminating" || recentLaunches.length === 0);
  return Math.max(UNSEEN_WAIT_S, drainSeconds + counted.reduce((sum, hook) => sum + hook.heartbeatSeconds, 0));
}

/** How many launches follow one another. */
function wavesOf(workingSeconds: number, times: LaunchTimes, { warmupSeconds }: GroupSnapshot): number {
  return workingSeconds / (meanOf(times) + warmupSeconds + 1);
}

/** A refresh that the group has been through, and how the model would have had it, in seconds. */
interface Earlier {
  readonly refresh: RecentRefresh;
  readonly working: number;
  readonly pauses: number;
  readonly finalPause: number;
}

function earlierRefreshes(snapshot: GroupSnapshot, times: LaunchTimes): Earlier[] {
  return (snapshot.recentRefreshes ?? []).slice(0, MOST_REFRESHES).flatMap((refresh) => {
    const size = sizeThen(refresh, snapshot);
    if (size === undefined || size * RUNS > MOST_REPLACED) return [];
    const instance = { matches: false, weight: 1, protected: false, standby: false, manual: false };
    const group = { ...snapshot, desiredCapacity: size, instances: Array.from({ length: size }, () => instance) };
    const runs = Array.from({ length: RUNS }, (_, index) =>
      simulate(group, refresh, { seed: `earlier ${index}`, launchSeconds: times.seconds, recordActivities: false }),
    ).filter((run) => run !== undefined);
    const working = averageOf(runs.map(({ seconds, pauseSeconds }) => seconds - pauseSeconds));
    const { pauseSeconds: pauses = 0, finalPauseSeconds: finalPause = 0 } = runs[0] ?? {};
    return working > 0 ? [{ refresh, working, pauses, finalPause }] : [];
  });
}

/** ESS's page says that a refresh pauses at each percentage, and makes no exception for the last: its refreshes show whether it does. */
function finalPauseOf(earlier: readonly Earlier[]): "never" | "unknown" {
  const telling = earlier.filter(({ finalPause }) => finalPause > 0);
  if (telling.length === 0) return "unknown";
  const isTooShort = telling.some(
    ({ refresh, working, pauses }) => refresh.seconds - pauses < NO_FINAL_PAUSE * working,
  );
  return isTooShort ? "never" : "unknown";
}

/** How many times as long as in the model the earlier refresh worked; not positive when that cannot be. */
function factorOf({ refresh, working, pauses, finalPause }: Earlier, final: "never" | "unknown"): number {
  return (refresh.seconds - (final === "never" ? pauses - finalPause : pauses)) / working;
}

function hasSameBounds({ preferences: one }: RecentRefresh, { preferences: other }: PlannedRefresh): boolean {
  return (
    one.minHealthyPercentage === other.minHealthyPercentage &&
    one.maxHealthyPercentage === other.maxHealthyPercentage &&
    String(one.checkpoints ?? []) === String(other.checkpoints ?? [])
  );
}

/**
 * Instances that the group had: what was replaced where nothing was skipped; else it is only known when it is still the
 * same. Where the cloud does not tell, the group is taken to have its former size.
 */
function sizeThen({ preferences, replaced }: RecentRefresh, { desiredCapacity, rules }: GroupSnapshot) {
  const skips = preferences.skipMatching ?? rules.skipMatching;
  if (replaced === undefined) return skips ? undefined : desiredCapacity;
  return !skips || replaced === desiredCapacity ? replaced : undefined;
}

/** The 95th percentile of Student's t, to within one percent. */
function studentT95(degrees: number): number {
  return 1.645 + 1.6 / degrees + 1.8 / degrees ** 2;
}

function averageOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

function varianceOf(values: readonly number[]): number {
  const average = averageOf(values);
  return values.reduce((sum, each) => sum + (each - average) ** 2, 0) / Math.max(1, values.length - 1);
}
