/** What it costs to know of the end of a refresh, and how soon it is known, beside what others do. Virtual time. */
import { Scheduler, type Source } from "../src/core/polling/scheduler";
import { createRandom } from "../src/simulation/random";
import { VirtualClock } from "../tests/virtualClock";
import { type Figure, median, quantile } from "./figures";
import { poll, pollers, tenSeconds, type Waited } from "./pollers";
import { type Cloud, type Played, play } from "./refreshes";
import { playInWorld } from "./worldRefreshes";
import { worlds } from "./worlds";

const ESS_BATCH = 20;
/** The first call comes within this time of the start of a refresh, in seconds. */
const FIRST_CALL = 10;
/** What comes within so much of its goal reaches it. */
const TOLERANCE = 1.05;

/** Draws a refresh of a cloud. */
export type Generator = (seed: string, cloud: Cloud) => Played;

/** Groups of six kinds together, and the model; then each kind by itself. */
export const generators: Readonly<Record<string, Generator>> = { "other worlds": playInWorld, "the model": play };
export const eachWorld: Readonly<Record<string, Generator>> = Object.fromEntries(
  worlds.map((world) => [world.name, (seed, cloud) => playInWorld(seed, cloud, world)]),
);

interface Goal {
  /** Calls, as a part of those of the poller that calls every 10 s. */
  calls: number;
  /** Seconds. */
  meanLag: number;
  p95Lag: number;
  medianBadLag?: number;
}

export interface Situation {
  name: string;
  /** Waited for at once in one process. */
  atOnce: number;
  /** Both when not given, each in a process of its own. */
  cloud?: Cloud;
  goal: Goal;
}

const few: Goal = { calls: 0.55, meanLag: 5, p95Lag: 18, medianBadLag: 8 };

export const situations: readonly Situation[] = [
  { name: "one refresh", atOnce: 1, goal: few },
  { name: "5 refreshes", atOnce: 5, goal: few },
  { name: "100 ESS refreshes", atOnce: 100, cloud: "ess", goal: { calls: 1 / 45, meanLag: 8, p95Lag: 35 } },
  {
    name: "100 AWS refreshes",
    atOnce: 100,
    cloud: "autoscaling",
    goal: { calls: 1 / 5, meanLag: 12, p95Lag: 45 },
  },
];

export interface Row {
  poller: string;
  /** Calls per refresh. */
  calls: number;
  /** Of the calls of the poller that calls every 10 s. */
  part: number;
  /** Seconds. */
  meanLag: number;
  medianLag: number;
  p95Lag: number;
  /** Median lag of those that failed, or were rolled back or cancelled. */
  medianBadLag: number;
}

/**
 * Ours is the first row.
 * @param seeds what the seeds begin with: the rule was tuned on others than `reported`
 */
export async function callsAgainstLag(
  situation: Situation,
  generator: Generator,
  count: number,
  seeds = "reported",
): Promise<Row[]> {
  const refreshes = Array.from({ length: count }, (_, i) => {
    const cloud = situation.cloud ?? (Math.floor(i / situation.atOnce) % 2 === 0 ? "ess" : "autoscaling");
    return generator(`${seeds} ${situation.name} ${i}`, cloud);
  });
  const random = createRandom("first calls");
  const froms = refreshes.map(() => random.fraction() * FIRST_CALL);
  const ours: Waited[] = [];
  for (let i = 0; i < count; i += situation.atOnce) {
    const end = i + situation.atOnce;
    ours.push(...(await follow(refreshes.slice(i, end), froms.slice(i, end), `${situation.name} ${i}`)));
  }
  const others = pollers.map((poller) => ({
    poller,
    waited: refreshes.map((played, i) => poll(poller, played, froms[i] as number)),
  }));
  const base = total(others.find(({ poller }) => poller === tenSeconds)?.waited ?? []);
  return [row("instance-refresh", ours, base), ...others.map(({ poller, waited }) => row(poller.name, waited, base))];
}

/** Waits for some refreshes of one cloud with one scheduler. */
async function follow(refreshes: readonly Played[], froms: readonly number[], seed: string): Promise<Waited[]> {
  const clock = new VirtualClock(0);
  const scheduler = new Scheduler({ clock, random: createRandom(seed).fraction });
  const byId = new Map(refreshes.map((played) => [played.id, played]));
  let calls = 0;
  const source: Source = {
    key: "account/region/api",
    batch: refreshes.every(({ cloud }) => cloud === "ess") ? ESS_BATCH : 1,
    describe: async (ids) => {
      calls++;
      return new Map(ids.map((id) => [id, (byId.get(id) as Played).at(clock.now())]));
    },
    classify: () => "final",
  };
  const waits = refreshes.map(async (played, i) => {
    await clock.sleep((froms[i] as number) * 1000);
    await scheduler.follow(source, played.id);
    return { lag: Math.max(0, clock.now() - played.duration) / 1000, isBad: played.event !== "nothing" };
  });
  const ends = await clock.until(Promise.all(waits));
  return ends.map((end) => ({ ...end, calls: calls / ends.length }));
}

function row(poller: string, waited: readonly Waited[], base: number): Row {
  const lags = waited.map(({ lag }) => lag);
  return {
    poller,
    calls: total(waited) / waited.length,
    part: total(waited) / base,
    meanLag: lags.reduce((sum, lag) => sum + lag, 0) / lags.length,
    medianLag: median(lags),
    p95Lag: quantile(lags, 0.95),
    medianBadLag: median(waited.filter(({ isBad }) => isBad).map(({ lag }) => lag)),
  };
}

function total(waited: readonly Waited[]): number {
  return waited.reduce((sum, { calls }) => sum + calls, 0);
}

export function goalFigures(what: string, { goal }: Situation, [ours]: readonly Row[]): Figure[] {
  if (!ours) return [];
  const figure = (name: string, measured: number, most: number | undefined, unit: string): Figure[] =>
    most === undefined
      ? []
      : [
          {
            name: `${what}: ${name}`,
            measured,
            goal: `at most ${Number(most.toPrecision(3))}`,
            unit,
            holds: measured <= most * TOLERANCE,
          },
        ];
  return [
    ...figure("calls, of the poller that calls every 10 s", ours.part, goal.calls, "ratio"),
    ...figure("mean lag", ours.meanLag, goal.meanLag, "s"),
    ...figure("p95 lag", ours.p95Lag, goal.p95Lag, "s"),
    ...figure("median lag of bad news", ours.medianBadLag, goal.medianBadLag, "s"),
  ];
}
