/**
 * Figure 2: 1,000 refreshes of one account and region at once, against the emulator's rate limits, beside pollers that try
 * three times as the SDKs do. Virtual time.
 */

import { Scheduler, type Source } from "../src/core/polling/scheduler";
import { createRateLimiter } from "../src/emulator/rateLimits";
import { createEventQueue } from "../src/simulation/eventQueue";
import { createRandom } from "../src/simulation/random";
import { VirtualClock } from "../tests/virtualClock";
import { type Figure, median, quantile } from "./figures";
import { type Poller, pollers } from "./pollers";
import { type Cloud, type Played, play } from "./refreshes";

const AT_ONCE = 1_000;
/** Seconds within which all of them begin to wait. */
const BEGINNING = 30;
const SDK_ATTEMPTS = 3;
const SDK_LONGEST_PAUSE = 20;

/** Calls a second that the cloud takes. Neither cloud publishes its own: one above what the scheduler allows itself, one below. */
const LIMITS = [
  { perSecond: 5, burst: 10 },
  { perSecond: 1, burst: 2 },
] as const;
type Limit = (typeof LIMITS)[number];

export interface ThrottledRow {
  cloud: Cloud;
  /** Calls a second that the cloud takes. */
  limit: number;
  poller: string;
  /** Calls per refresh, and the part of them that was refused. */
  calls: number;
  refused: number;
  /** Waits that met an error: ours to the end; another's where three attempts in a row were refused. */
  failed: number;
  medianLag: number;
  p95Lag: number;
}

export async function throttled(): Promise<{ figures: Figure[]; rows: ThrottledRow[] }> {
  const rows: ThrottledRow[] = [];
  for (const cloud of ["ess", "autoscaling"] as const) {
    const refreshes = Array.from({ length: AT_ONCE }, (_, i) => play(`throttled ${i}`, cloud));
    for (const limit of LIMITS) {
      rows.push(await ours(cloud, refreshes, limit));
      for (const poller of pollers) rows.push(theirs(cloud, refreshes, limit, poller));
    }
  }
  const figures = rows
    .filter(({ poller }) => poller === OURS)
    .flatMap(({ cloud, limit, failed, refused }) => {
      const what = `1,000 ${cloud} refreshes at once, ${limit} calls/s taken`;
      return [
        { name: `${what}: waits that failed`, measured: failed, goal: "0", unit: "waits", holds: failed === 0 },
        {
          name: `${what}: part of the calls that was refused`,
          measured: refused,
          goal: "at most 0.05",
          unit: "ratio",
          holds: refused <= 0.05,
        },
      ];
    });
  return { figures, rows };
}

export const OURS = "instance-refresh";

class Refused extends Error {}

async function ours(cloud: Cloud, refreshes: readonly Played[], limit: Limit): Promise<ThrottledRow> {
  const clock = new VirtualClock(0);
  const random = createRandom("throttled").fraction;
  const isWithinLimit = createRateLimiter([{ operations: ["*"], ...limit }], () => clock.now());
  const scheduler = new Scheduler({ clock, random });
  const byId = new Map(refreshes.map((played) => [played.id, played]));
  let [calls, refused] = [0, 0];
  const source: Source = {
    key: "account/region/api",
    batch: cloud === "ess" ? 20 : 1,
    describe: async (ids) => {
      calls++;
      if (!isWithinLimit(cloud, "DescribeInstanceRefreshes", "region")) {
        refused++;
        throw new Refused();
      }
      return new Map(ids.map((id) => [id, (byId.get(id) as Played).at(clock.now())]));
    },
    classify: (error) => (error instanceof Refused ? "throttled" : "final"),
  };
  const waits = refreshes.map(async (played) => {
    await clock.sleep(random() * BEGINNING * 1000);
    const { outcome } = await scheduler.follow(source, played.id);
    if (outcome !== "ended") throw new Error(outcome);
    return Math.max(0, clock.now() - played.duration) / 1000;
  });
  const settled = await clock.until(Promise.allSettled(waits));
  const lags = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failed = settled.length - lags.length;
  return row(cloud, limit, OURS, { calls, refused, failed, lags });
}

/** A call of one wait: how many it has made, which attempt at this one it is, and when it began. */
interface Call {
  wait: number;
  calls: number;
  attempt: number;
  /** In milliseconds. */
  began: number;
}

/** After three refused attempts it gives this call up, and goes on waiting. */
function theirs(cloud: Cloud, refreshes: readonly Played[], limit: Limit, poller: Poller): ThrottledRow {
  const random = createRandom("throttled").fraction;
  const queue = createEventQueue<Call>();
  let [now, calls, refused] = [0, 0, 0];
  const isWithinLimit = createRateLimiter([{ operations: ["*"], ...limit }], () => now);
  const failed = new Set<number>();
  const lags: number[] = [];
  for (const wait of refreshes.keys()) {
    const began = random() * BEGINNING * 1000;
    queue.add(began, { wait, calls: 1, attempt: 1, began });
  }
  for (let time = queue.nextTime(), call = queue.take(); call; time = queue.nextTime(), call = queue.take()) {
    now = time;
    calls++;
    const next = { ...call, calls: call.calls + 1, attempt: 1 };
    const played = refreshes[call.wait] as Played;
    if (!isWithinLimit(cloud, "DescribeInstanceRefreshes", "region")) {
      refused++;
      if (call.attempt < SDK_ATTEMPTS) {
        const pause = Math.min(2 ** call.attempt, SDK_LONGEST_PAUSE) * random();
        queue.add(now + pause * 1000, { ...call, attempt: call.attempt + 1 });
        continue;
      }
      failed.add(call.wait);
    } else if (played.at(now).ended) {
      lags.push(Math.max(0, now - played.duration) / 1000);
      continue;
    }
    queue.add(now + poller.wait(call.calls, (now - call.began) / 1000) * 1000, next);
  }
  return row(cloud, limit, poller.name, { calls, refused, failed: failed.size, lags });
}

function row(
  cloud: Cloud,
  { perSecond }: Limit,
  poller: string,
  { calls, refused, failed, lags }: { calls: number; refused: number; failed: number; lags: number[] },
): ThrottledRow {
  return {
    cloud,
    limit: perSecond,
    poller,
    calls: calls / AT_ONCE,
    refused: refused / calls,
    failed,
    medianLag: median(lags),
    p95Lag: quantile(lags, 0.95),
  };
}
