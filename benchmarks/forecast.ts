/**
 * How true forecasts are: of 300 refreshes, drawn from a seed, each is forecast from what the group's history shows, and then
 * played by the model that the emulator runs on, with times, failures and scaling of its own.
 *
 *     node -r ./tools/typescript.cjs benchmarks/forecast.ts [refreshes] [seed]
 */
import { foresee } from "../src/forecast/forecast";
import { rulesOf } from "../src/forecast/play";
import type { GroupSight } from "../src/forecast/sight";
import { advance, nextEventTime } from "../src/simulation/advance";
import { setDesiredCapacity } from "../src/simulation/capacity";
import { createGroup } from "../src/simulation/createGroup";
import type { Configuration, Preferences } from "../src/simulation/model";
import { createRandom, type Random } from "../src/simulation/random";
import { startRefresh } from "../src/simulation/refresh";

/** What is drawn for one refresh; the forecast sees the group only. */
export interface Drawn {
  readonly group: GroupSight;
  readonly preferences: Preferences;
  readonly launchSeconds: readonly [number, number];
  /** How many launches never become healthy, and how likely each is one of them; undefined: as many as chance wants. */
  readonly unhealthy: { readonly rate: number; readonly remaining: number | undefined } | undefined;
  /** Seconds after the start, and the change of the desired capacity. */
  readonly scaling: readonly (readonly [at: number, change: number])[];
  readonly seed: string;
}

export interface Outcome {
  readonly drawn: Drawn;
  readonly successful: boolean;
  readonly expectedSeconds: number;
  readonly seconds: number;
  readonly inRange: boolean;
  /** Capacity fell below what was promised, less what its owner had scaled in. */
  readonly overPromised: boolean;
}

/**
 * How much goes wrong. `usual`: one of five refreshes has one to three launches that never become healthy, and one of five
 * is scaled once, by a tenth at most. `hard`: half of them have a share of up to 5 % of bad launches from the beginning
 * to the end, and three of ten are scaled up to three times, by a fifth each.
 */
export type Disturbance = "usual" | "hard";

export function outcomes(count: number, seed: string, disturbance: Disturbance): Outcome[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `${seed} ${disturbance} ${index}`;
    return measure(draw(createRandom(name), disturbance, name));
  });
}

function draw(random: Random, disturbance: Disturbance, seed: string): Drawn {
  const service = random.fraction() < 0.5 ? "ess" : "autoscaling";
  const size = Math.ceil(200 ** random.fraction()) + 1;
  const least = random.integer(20, 150);
  const launchSeconds = [least, least + random.integer(0, least)] as const;
  const launches = Array.from({ length: drawRemembered(random, size) }, () => launch(random, service, launchSeconds));
  return {
    group: {
      service,
      name: `group ${seed}`,
      minSize: 0,
      maxSize: 2 * size,
      desiredCapacity: size,
      instances: Array.from({ length: size }, () => {
        return { matches: false, weight: 1, protected: false, standby: false, manual: false };
      }),
      newWeights: [1],
      warmupSeconds: service === "ess" ? 0 : random.integer(0, 300),
      recentLaunches: launches,
      launchResolution: service === "ess" ? 60 : 1,
    },
    preferences: drawPreferences(random, service),
    launchSeconds,
    unhealthy: drawUnhealthy(random, disturbance),
    scaling: random.fraction() < (disturbance === "usual" ? 0.2 : 0.3) ? drawScaling(random, size, disturbance) : [],
    seed,
  };
}

/** A group has launched what it holds, and now and then more; one in five did so long ago, and little is remembered. */
function drawRemembered(random: Random, size: number): number {
  return random.fraction() < 0.2 ? random.integer(3, 5) : Math.min(50, Math.max(3, size) + random.integer(0, 20));
}

/** As the cloud tells it: ESS cuts the seconds off the beginning and the end. */
function launch(random: Random, service: GroupSight["service"], seconds: readonly [number, number]): number {
  const took = random.integer(...seconds);
  if (service === "autoscaling") return took;
  const begins = random.fraction() * 60;
  return Math.floor((begins + took) / 60) * 60;
}

function drawPreferences(random: Random, service: GroupSight["service"]): Preferences {
  const min = random.integer(50, 100);
  const max = random.fraction() < 0.3 ? undefined : random.integer(100, Math.min(200, min + 100));
  const checkpoints = random.fraction() < 0.3 ? [random.integer(5, 40), random.integer(41, 90), 100] : undefined;
  return {
    minHealthyPercentage: min,
    maxHealthyPercentage: max,
    skipMatching: false,
    ...(checkpoints ? { checkpoints, checkpointPauseSeconds: random.integer(60, 1800) } : {}),
    ...(service === "autoscaling" && random.fraction() < 0.2 ? { bakeSeconds: random.integer(60, 1800) } : {}),
  };
}

function drawUnhealthy(random: Random, disturbance: Disturbance): Drawn["unhealthy"] {
  if (disturbance === "usual") {
    return random.fraction() < 0.2 ? { rate: 0.1, remaining: random.integer(1, 3) } : undefined;
  }
  return random.fraction() < 0.5 ? { rate: random.fraction() * 0.05, remaining: undefined } : undefined;
}

function drawScaling(random: Random, size: number, disturbance: Disturbance): [number, number][] {
  const [times, share] = disturbance === "usual" ? [1, 0.1] : [random.integer(1, 3), 0.2];
  const most = Math.max(1, Math.floor(size * share));
  return Array.from({ length: times }, () => [
    random.integer(30, 1800),
    random.integer(1, most) * (random.fraction() < 0.5 ? -1 : 1),
  ]);
}

function measure(drawn: Drawn): Outcome {
  const { forecast } = foresee(drawn.group, { preferences: drawn.preferences });
  const { desiredCapacity, service, warmupSeconds, instances } = drawn.group;
  const desired = configuration("new", drawn.launchSeconds);
  const former = configuration("old", drawn.launchSeconds);
  const group = createGroup({
    id: drawn.group.name,
    rules: rulesOf[service],
    now: 0,
    seed: drawn.seed,
    minSize: 0,
    maxSize: 2 * desiredCapacity,
    desiredCapacity,
    warmupSeconds,
    configuration: former,
    instances: instances.map(() => ({ configuration: former })),
    recordActivities: false,
  });
  group.unhealthyLaunches = drawn.unhealthy && { ...drawn.unhealthy };
  let overPromised = false;
  let scaledIn = 0;
  group.observe = ({ ready }) => {
    // What the owner scales in is not taken by the refresh; what is scaled out was never promised.
    if (ready < forecast.lowestReady - scaledIn) overPromised = true;
  };
  const refresh = startRefresh(group, { id: "played", preferences: drawn.preferences, desired });
  for (const [at, change] of [...drawn.scaling].sort(([a], [b]) => a - b)) {
    advance(group, at * 1000);
    if (change < 0) scaledIn -= change;
    if (refresh.endTime === undefined) setDesiredCapacity(group, Math.max(1, group.desiredCapacity + change));
  }
  while (refresh.endTime === undefined) advance(group, nextEventTime(group));
  const seconds = refresh.endTime / 1000;
  const { expected, least, most } = forecast.duration;
  return {
    drawn,
    successful: refresh.status === "Successful",
    expectedSeconds: expected,
    seconds,
    inRange: seconds >= least && seconds <= most,
    overPromised,
  };
}

function configuration(key: string, launchSeconds: readonly [number, number]): Configuration {
  return { key, healthy: true, launchSeconds, instanceTypes: [{ name: "only", weight: 1 }] };
}

/** Of those that were successful, the share whose duration was forecast within so much. */
export function shareWithin(all: readonly Outcome[], tolerance: number): number {
  const ended = all.filter(({ successful }) => successful);
  return (
    ended.filter((each) => Math.abs(each.expectedSeconds - each.seconds) <= tolerance * each.seconds).length /
    ended.length
  );
}

function report(all: readonly Outcome[]): string[] {
  const ended = all.filter(({ successful }) => successful);
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const undisturbed = ended.filter(({ drawn }) => drawn.unhealthy === undefined && drawn.scaling.length === 0);
  const line = (name: string, some: readonly Outcome[]) =>
    `${name}: ${some.length} successful; duration within 15 %: ${percent(shareWithin(some, 0.15))}; in the range given: ${percent(some.filter(({ inRange }) => inRange).length / some.length)}`;
  return [
    `${all.length} refreshes, ${ended.length} successful; lowest capacity over-promised: ${all.filter(({ overPromised }) => overPromised).length}`,
    line("all", ended),
    line("undisturbed", undisturbed),
    line(
      "with unhealthy launches",
      ended.filter(({ drawn }) => drawn.unhealthy !== undefined),
    ),
    line(
      "scaled meanwhile",
      ended.filter(({ drawn }) => drawn.scaling.length > 0),
    ),
    line(
      "ess",
      ended.filter(({ drawn }) => drawn.group.service === "ess"),
    ),
    line(
      "autoscaling",
      ended.filter(({ drawn }) => drawn.group.service === "autoscaling"),
    ),
  ];
}

if (require.main === module) {
  const [count = "300", seed = "benchmark"] = process.argv.slice(2);
  for (const disturbance of ["usual", "hard"] as const) {
    console.log(`${disturbance} disturbances`);
    for (const line of report(outcomes(Number(count), seed, disturbance))) console.log(`  ${line}`);
  }
}
