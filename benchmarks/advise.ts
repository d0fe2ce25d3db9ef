/**
 * Advice beside an exhaustive search over every whole percentage, and whether its constraints hold in plays.
 *
 *     node -r ./tools/typescript.cjs benchmarks/advise.ts [groups] [seed]
 */
import type { GroupSnapshot, PlannedRefresh } from "../src/core/snapshot";
import { advise, type Constraints } from "../src/forecast/advise";
import { launchTimes } from "../src/forecast/launchTimes";
import { simulate } from "../src/forecast/simulate";
import type { Preferences } from "../src/simulation/model";
import { createRandom } from "../src/simulation/random";
import { autoScalingRules, essRules } from "../src/simulation/rules";

/** Plays by which candidates of the exhaustive search are compared; and by which constraints are tested. */
const COMPARING = 3;
const TESTING = 40;

export interface Result {
  readonly groups: number;
  /** Groups with a proposal. */
  readonly advised: number;
  /** Of those, durations over those of the exhaustive search: the greatest, and how many are within 5 percent. */
  readonly worstRatio: number;
  readonly within5Percent: number;
  /** Plays, and those that kept every constraint. */
  readonly plays: number;
  readonly kept: number;
  /** Groups for which the command says that capacity cannot be kept, although the exhaustive search keeps it. */
  readonly wronglyUnmet: number;
  /** Milliseconds of CPU that advice took at most: they tell nothing of what else the machine does. */
  readonly slowest: number;
}

type Random = () => number;
const between = (random: Random, least: number, most: number) => Math.floor(least + random() * (most - least + 1));

interface Question {
  readonly snapshot: GroupSnapshot;
  readonly refresh: PlannedRefresh;
  readonly constraints: Constraints;
}

function draw(random: Random): Question {
  const isEss = random() < 0.5;
  const size = Math.ceil(60 ** random()) + 1;
  const weight = random() < 0.8 ? 1 : between(random, 2, 4);
  const least = between(random, 20, 200);
  const seen = Array.from({ length: between(random, 0, 6) }, () => between(random, least, least * 1.5));
  const instance = { matches: false, weight, protected: false, standby: false, manual: false };
  const snapshot: GroupSnapshot = {
    rules: isEss ? essRules : autoScalingRules,
    name: "group",
    minSize: 0,
    maxSize: 2 * size * weight,
    desiredCapacity: size * weight,
    instances: Array.from({ length: size }, () => instance),
    newWeights: [weight],
    warmupSeconds: isEss ? 0 : between(random, 0, 300),
    healthSeconds: isEss ? undefined : [50, 140],
    recentLaunches: seen.map((each) => ({ least: each - 0.5, most: each + 0.5 })),
  };
  const checkpoints = random() < 0.7 ? 0 : between(random, 1, 2);
  const constraints = {
    withinSeconds: random() < 0.8 ? 7 * 86_400 : between(random, 600, 7_200),
    neverBelow: between(random, 50, 100),
    neverAbove: random() < 0.3 ? undefined : between(random, 100, 200),
    checkpoints: checkpoints < size ? checkpoints : 0,
  };
  return { snapshot, refresh: { preferences: { skipMatching: false } }, constraints };
}

function play({ snapshot, refresh }: Question, preferences: Preferences, seed: string) {
  const { seconds: launchSeconds } = launchTimes(snapshot.recentLaunches);
  const played = simulate(snapshot, { ...refresh, preferences }, { seed, launchSeconds, recordActivities: false });
  if (!played) throw new Error("there is nothing to replace");
  return played;
}

function keeps({ snapshot, constraints }: Question, played: ReturnType<typeof play>): boolean {
  const { neverBelow, neverAbove = 200 } = constraints;
  return (
    played.status === "Successful" &&
    played.lowestReady * 100 >= snapshot.desiredCapacity * neverBelow &&
    played.highestTotal * 100 <= snapshot.desiredCapacity * neverAbove
  );
}

/** The fastest of all percentages that keep capacity; undefined where none does. */
function exhaustive(question: Question, pauses: Preferences): Preferences | undefined {
  const { desiredCapacity: desired, rules } = question.snapshot;
  const { neverBelow, neverAbove = 200 } = question.constraints;
  const known = new Set<string>();
  let best: { seconds: number; preferences: Preferences } | undefined;
  const maxes: (number | undefined)[] = rules.maxHealthyPercentage === undefined ? [undefined] : [];
  for (let max = 100; max <= neverAbove; max++) maxes.push(max);
  for (let min = neverBelow; min <= 100; min++) {
    for (const max of maxes) {
      if ((max ?? min) - min > 100) continue;
      const key = `${Math.ceil((desired * min) / 100)} ${max && Math.floor((desired * max) / 100)}`;
      if (known.has(key)) continue;
      known.add(key);
      const preferences = { ...pauses, minHealthyPercentage: min, maxHealthyPercentage: max };
      const played = Array.from({ length: COMPARING }, (_, index) => play(question, preferences, `compare ${index}`));
      const seconds = meanSeconds(played);
      if (!played.every((each) => keeps(question, each)) || (best && seconds >= best.seconds)) continue;
      best = { seconds, preferences };
    }
  }
  return best?.preferences;
}

function meanSeconds(played: readonly { readonly seconds: number }[]): number {
  return played.reduce((sum, { seconds }) => sum + seconds, 0) / played.length;
}

export function compare(groups: number, seed: string): Result {
  const random = createRandom(seed).fraction;
  const ratios: number[] = [];
  let [kept, plays, wronglyUnmet, slowest] = [0, 0, 0, 0];
  for (let index = 0; index < groups; index++) {
    const question = draw(random);
    const began = process.cpuUsage();
    const { proposals, unmet } = advise(question.snapshot, question.refresh, question.constraints);
    slowest = Math.max(slowest, millisecondsSince(began));
    const [best] = proposals;
    if (!best) {
      const isCapacity = unmet.every(({ constraint }) => constraint === "neverBelow" || constraint === "neverAbove");
      if (isCapacity && exhaustive(question, { skipMatching: false }) !== undefined) wronglyUnmet++;
      continue;
    }
    const { checkpoints, checkpointPauseSeconds } = best.preferences;
    const found = exhaustive(question, { skipMatching: false, checkpoints, checkpointPauseSeconds });
    if (!found) throw new Error("the exhaustive search finds nothing where advice does");
    // On other seeds than either has seen.
    const test = (preferences: Preferences) =>
      Array.from({ length: TESTING }, (_, each) => play(question, preferences, `test ${each}`));
    const ours = test(best.preferences);
    ratios.push(meanSeconds(ours) / meanSeconds(test(found)));
    plays += ours.length;
    kept += ours.filter((each) => keeps(question, each) && each.seconds <= question.constraints.withinSeconds).length;
  }
  return {
    groups,
    advised: ratios.length,
    worstRatio: Math.max(...ratios),
    within5Percent: ratios.filter((ratio) => ratio <= 1.05).length,
    plays,
    kept,
    wronglyUnmet,
    slowest,
  };
}

function millisecondsSince(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

/** Milliseconds of CPU that advice for a large group takes. */
function timeOf(size: number): number {
  const instance = { matches: false, weight: 1, protected: false, standby: false, manual: false };
  const snapshot: GroupSnapshot = {
    rules: autoScalingRules,
    name: "group",
    minSize: 0,
    maxSize: 2 * size,
    desiredCapacity: size,
    instances: Array.from({ length: size }, () => instance),
    newWeights: [1],
    warmupSeconds: 60,
    healthSeconds: [50, 140],
    recentLaunches: [],
  };
  const began = process.cpuUsage();
  advise(snapshot, { preferences: {} }, { withinSeconds: 7 * 86_400, neverBelow: 90, neverAbove: 120 });
  return millisecondsSince(began);
}

if (require.main === module) {
  const [groups = "500", seed = "unseen advice"] = process.argv.slice(2);
  console.log(compare(Number(groups), seed));
  for (const size of [100, 1_000, 5_000]) console.log(`${size} instances: ${Math.round(timeOf(size))} ms`);
}
