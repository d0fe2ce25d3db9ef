/** Figure 1: what it costs to know of the end of a refresh, and how soon it is known, beside what others do. Virtual time. */
import { Scheduler, type Source } from "../src/core/polling/scheduler";
import { createRandom } from "../src/simulation/random";
import { VirtualClock } from "../tests/virtualClock";
import { type Figure, median, quantile } from "./figures";
import { poll, pollers, tenSeconds, type Waited } from "./pollers";
import { type Played, play } from "./refreshes";

/** Seeds are `waited for alone 0` to `999` and `waited for together 0` to `1999`: the scheduler was tuned on others. */
const ALONE = 1_000;
const SETS = 20;
const AT_ONCE = 100;
const ESS_BATCH = 20;
/** The first look comes within this time of the start of a refresh, in seconds. */
const FIRST_LOOK = 10;

export interface Row {
  poller: string;
  /** Calls per refresh. */
  calls: number;
  /** So many times fewer calls than the poller that looks every 10 s. */
  fewer: number;
  /** Seconds. */
  medianLag: number;
  p95Lag: number;
}

export interface CallsAgainstLag {
  figures: Figure[];
  /** One refresh at a time. */
  alone: Row[];
  /** 100 refreshes of one ESS region at once. */
  together: Row[];
}

export async function callsAgainstLag(): Promise<CallsAgainstLag> {
  const alone = await compare(drawn("waited for alone", ALONE), async (each, froms) => {
    const waited: Waited[] = [];
    for (const [i, played] of each.entries())
      waited.push(...(await follow([played], [froms[i] as number], `alone ${i}`)));
    return waited;
  });
  const together = await compare(drawn("waited for together", SETS * AT_ONCE, "ess"), async (each, froms) => {
    const waited: Waited[] = [];
    for (let i = 0; i < each.length; i += AT_ONCE) {
      waited.push(...(await follow(each.slice(i, i + AT_ONCE), froms.slice(i, i + AT_ONCE), `together ${i}`)));
    }
    return waited;
  });
  return {
    figures: [...goals("one refresh", alone, 5), ...goals("100 ESS refreshes at once", together, 50)],
    alone,
    together,
  };
}

function drawn(seed: string, count: number, cloud?: "ess"): Played[] {
  return Array.from({ length: count }, (_, i) => play(`${seed} ${i}`, cloud));
}

/** Waits for the same refreshes, from the same times on, in every way. */
async function compare(
  refreshes: readonly Played[],
  ours: (refreshes: readonly Played[], froms: readonly number[]) => Promise<Waited[]>,
): Promise<Row[]> {
  const random = createRandom("first looks");
  const froms = refreshes.map(() => random.fraction() * FIRST_LOOK);
  const others = pollers.map((poller) => ({
    poller,
    waited: refreshes.map((played, i) => poll(poller, played, froms[i] as number)),
  }));
  const base = total(others.find(({ poller }) => poller === tenSeconds)?.waited ?? []);
  return [
    row("instance-refresh", await ours(refreshes, froms), base),
    ...others.map(({ poller, waited }) => row(poller.name, waited, base)),
  ];
}

/** Waits for some refreshes with one scheduler. */
async function follow(refreshes: readonly Played[], froms: readonly number[], seed: string): Promise<Waited[]> {
  const clock = new VirtualClock(0);
  const random = createRandom(seed).fraction;
  const scheduler = new Scheduler({ clock, random });
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
    return Math.max(0, clock.now() - played.duration) / 1000;
  });
  const lags = await clock.until(Promise.all(waits));
  return lags.map((lag) => ({ calls: calls / lags.length, lag }));
}

function row(poller: string, waited: readonly Waited[], base: number): Row {
  const lags = waited.map(({ lag }) => lag);
  return {
    poller,
    calls: total(waited) / waited.length,
    fewer: base / total(waited),
    medianLag: median(lags),
    p95Lag: quantile(lags, 0.95),
  };
}

function total(waited: readonly Waited[]): number {
  return waited.reduce((sum, { calls }) => sum + calls, 0);
}

function goals(what: string, rows: readonly Row[], fewer: number): Figure[] {
  const [ours] = rows as [Row];
  const ten = rows.find(({ poller }) => poller === tenSeconds.name) as Row;
  return [
    {
      name: `${what}: calls of the poller that looks every 10 s, over ours`,
      measured: ours.fewer,
      goal: `at least ${fewer}`,
      unit: "ratio",
      holds: ours.fewer >= fewer,
    },
    {
      name: `${what}: our median lag, over that of the poller that looks every 10 s`,
      measured: ours.medianLag / ten.medianLag,
      goal: "at most 1",
      unit: "ratio",
      holds: ours.medianLag <= ten.medianLag,
    },
    {
      name: `${what}: our p95 lag`,
      measured: ours.p95Lag,
      goal: "under 60",
      unit: "s",
      holds: ours.p95Lag < 60,
    },
  ];
}
