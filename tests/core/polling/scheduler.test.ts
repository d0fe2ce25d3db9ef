import { NoAnswerError, type PolledStatus, Scheduler, type Source } from "../../../src/core/polling/scheduler";
import { seededRandom } from "../../seededRandom";
import { VirtualClock } from "../../virtualClock";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

class Throttled extends Error {}
class Passing extends Error {}

/** A cloud of refreshes that each end at a time of their own, and that writes down who looked when. */
class Cloud implements Source {
  readonly calls: { at: number; ids: readonly string[] }[] = [];
  readonly ends = new Map<string, number>();
  readonly start: number;
  ratePerSecond = 100;
  burst = 1_000;
  batch = 20;
  key = "account/region/api";
  /** What happens to a call before it is answered. */
  before: (ids: readonly string[], signal: AbortSignal) => void | Promise<void> = () => {};

  constructor(
    readonly clock: VirtualClock,
    ends: Record<string, number> = {},
  ) {
    this.start = clock.now();
    for (const [id, after] of Object.entries(ends)) this.ends.set(id, this.start + after);
  }

  async describe(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, PolledStatus>> {
    this.calls.push({ at: this.clock.now() - this.start, ids });
    await this.before(ids, signal);
    const statuses = new Map<string, PolledStatus>();
    for (const id of ids) {
      const end = this.ends.get(id);
      if (end === undefined) continue;
      const ended = this.clock.now() >= end;
      statuses.set(id, { ended, status: ended ? "Successful" : "InProgress" });
    }
    return statuses;
  }

  classify(error: unknown) {
    if (error instanceof Throttled) return "throttled";
    return error instanceof Passing ? "passing" : "final";
  }

  /** Times between the calls about a refresh, in milliseconds. */
  gaps(id: string): number[] {
    const times = this.calls.filter((call) => call.ids.includes(id)).map((call) => call.at);
    return times.slice(1).map((at, i) => at - (times[i] as number));
  }
}

function setUp(ends: Record<string, number> = {}, random = () => 0.5) {
  const clock = new VirtualClock();
  const cloud = new Cloud(clock, ends);
  return { clock, cloud, scheduler: new Scheduler({ clock, random }) };
}

describe("waiting for a refresh", () => {
  test("calls at once, and knows that a refresh has ended before the wait began", async () => {
    const { clock, cloud, scheduler } = setUp({ a: -HOUR });
    const statuses: PolledStatus[] = [];
    const followed = await clock.until(scheduler.follow(cloud, "a", { onUpdate: (status) => statuses.push(status) }));
    expect(followed).toEqual({ outcome: "ended", last: { ended: true, status: "Successful" } });
    expect(statuses).toHaveLength(1);
    expect(cloud.calls).toEqual([{ at: 0, ids: ["a"] }]);
  });

  test("calls at least once a minute, however long it takes and though nothing moves", async () => {
    const { clock, cloud, scheduler } = setUp({ a: 5 * HOUR }, seededRandom(1));
    await clock.until(scheduler.follow(cloud, "a"));
    expect(Math.max(...cloud.gaps("a"))).toBeLessThanOrEqual(MINUTE);
    expect(Math.min(...cloud.gaps("a"))).toBeGreaterThanOrEqual(2 * SECOND);
    expect(cloud.calls.length).toBeLessThan((5 * HOUR) / (10 * SECOND) / 2);
  });

  test("polls nothing and sleeps nowhere once nobody waits, and starts again for the next", async () => {
    const { clock, cloud, scheduler } = setUp({ a: MINUTE, b: 3 * HOUR });
    await clock.until(scheduler.follow(cloud, "a"));
    expect(clock.sleeping).toBe(0);
    await clock.pass(2 * HOUR);
    const before = cloud.calls.length;
    await clock.until(scheduler.follow(cloud, "b"));
    expect(cloud.calls[before]?.at).toBeGreaterThanOrEqual(2 * HOUR);
    expect(clock.sleeping).toBe(0);
  });

  test("a failing onSight fails its own wait only", async () => {
    const { clock, cloud, scheduler } = setUp({ a: MINUTE, b: MINUTE });
    const broken = scheduler.follow(cloud, "a", {
      onUpdate: () => {
        throw new Error("the row is gone");
      },
    });
    const fine = scheduler.follow(cloud, "b");
    await expect(clock.until(broken)).rejects.toThrow("the row is gone");
    expect((await clock.until(fine)).outcome).toBe("ended");
  });
});

describe("stopping", () => {
  test("an abort ends the wait at once, with what was seen last", async () => {
    const { clock, cloud, scheduler } = setUp({ a: HOUR });
    const stop = new AbortController();
    const wait = scheduler.follow(cloud, "a", { signal: stop.signal });
    await clock.pass(90 * SECOND);
    stop.abort();
    expect(await wait).toEqual({ outcome: "aborted", last: { ended: false, status: "InProgress" } });
    await clock.pass(0);
    expect(clock.sleeping).toBe(0);
  });

  test("an abort during a call stops the call, unless another waits for it too", async () => {
    const { clock, cloud, scheduler } = setUp({ a: HOUR, b: HOUR });
    let calls: AbortSignal | undefined;
    cloud.before = (_ids, signal) => {
      calls = signal;
      return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));
    };
    const stops = [new AbortController(), new AbortController()] as const;
    const waits = ["a", "b"].map((id, i) => scheduler.follow(cloud, id, { signal: stops[i as 0 | 1].signal }));
    await clock.pass(SECOND);
    stops[0].abort();
    expect((await clock.until(waits[0] as Promise<{ outcome: string }>)).outcome).toBe("aborted");
    expect(calls?.aborted).toBe(false);
    stops[1].abort();
    expect((await clock.until(waits[1] as Promise<{ outcome: string }>)).outcome).toBe("aborted");
    expect(calls?.aborted).toBe(true);
  });

  test("an abort before the wait makes no call", async () => {
    const { cloud, scheduler } = setUp({ a: HOUR });
    const followed = await scheduler.follow(cloud, "a", { signal: AbortSignal.abort() });
    expect(followed).toEqual({ outcome: "aborted", last: undefined });
    expect(cloud.calls).toHaveLength(0);
  });
});

describe("the deadline", () => {
  test("ends the wait, after a last call just before it", async () => {
    const { clock, cloud, scheduler } = setUp({ a: HOUR });
    const deadline = clock.now() + 10 * MINUTE + 30 * SECOND;
    const followed = await clock.until(scheduler.follow(cloud, "a", { deadline }));
    expect(followed).toEqual({ outcome: "deadline", last: { ended: false, status: "InProgress" } });
    expect(clock.now()).toBe(deadline);
    expect(cloud.calls.at(-1)?.at).toBe(10 * MINUTE + 25 * SECOND);
  });

  test("an end that the last call sees counts", async () => {
    const { clock, cloud, scheduler } = setUp({ a: 10 * MINUTE + 24 * SECOND });
    const deadline = clock.now() + 10 * MINUTE + 30 * SECOND;
    expect((await clock.until(scheduler.follow(cloud, "a", { deadline }))).outcome).toBe("ended");
  });

  test("holds though a call hangs", async () => {
    const { clock, cloud, scheduler } = setUp({ a: HOUR });
    cloud.before = () => new Promise(() => {});
    const deadline = clock.now() + 30 * SECOND;
    const followed = await clock.until(scheduler.follow(cloud, "a", { deadline }));
    expect(followed).toEqual({ outcome: "deadline", last: undefined });
    expect(clock.now()).toBe(deadline);
  });

  test("holds though the cloud throttles every call", async () => {
    const { clock, cloud, scheduler } = setUp({ a: HOUR });
    cloud.before = () => {
      throw new Throttled();
    };
    const deadline = clock.now() + 2 * HOUR;
    expect((await clock.until(scheduler.follow(cloud, "a", { deadline }))).outcome).toBe("deadline");
    expect(clock.now()).toBe(deadline);
    expect(cloud.calls.length).toBeGreaterThan(100);
    expect(cloud.calls.length).toBeLessThan(300);
  });

  test.each([
    { slept: "past the deadline, and sees the end", deadline: 2 * HOUR, end: HOUR, outcome: "ended", calls: 1 },
    { slept: "past the deadline, and it still runs", deadline: 2 * HOUR, end: 9e9, outcome: "deadline", calls: 1 },
    { slept: "through the end, within the time", deadline: 48 * HOUR, end: HOUR, outcome: "ended", calls: 1 },
  ])("a machine that slept $slept: calls at once", async ({ deadline, end, outcome, calls }) => {
    const { clock, cloud, scheduler } = setUp({ a: end });
    const wait = scheduler.follow(cloud, "a", { deadline: clock.now() + deadline });
    await clock.pass(10 * MINUTE);
    const before = cloud.calls.length;
    const asleep = 24 * HOUR;
    clock.set(clock.now() + asleep);
    expect((await clock.until(wait)).outcome).toBe(outcome);
    expect(cloud.calls.length - before).toBe(calls);
    expect(clock.now() - cloud.start).toBeLessThanOrEqual(10 * MINUTE + asleep + MINUTE);
  });

  test("a clock that is set back by a day stops no wait", async () => {
    const { clock, cloud, scheduler } = setUp({ a: 20 * MINUTE });
    const wait = scheduler.follow(cloud, "a");
    await clock.pass(10 * MINUTE);
    const back = 24 * HOUR;
    clock.set(clock.now() - back);
    cloud.ends.set("a", clock.now() + 10 * MINUTE);
    expect((await clock.until(wait)).outcome).toBe("ended");
    expect(clock.now() + back - cloud.start).toBeLessThanOrEqual(21 * MINUTE);
    const gaps = cloud.gaps("a").map((gap) => (gap < 0 ? gap + back : gap));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * MINUTE);
  });
});

describe("a refresh that the cloud does not list", () => {
  test("is found when it is listed a few seconds after Start", async () => {
    const { clock, cloud, scheduler } = setUp();
    cloud.before = () => {
      if (clock.now() - cloud.start >= 15 * SECOND) cloud.ends.set("a", cloud.start + MINUTE);
    };
    expect((await clock.until(scheduler.follow(cloud, "a"))).outcome).toBe("ended");
  });

  test("has vanished after several calls, within two minutes", async () => {
    const { clock, cloud, scheduler } = setUp({ b: HOUR });
    const other = scheduler.follow(cloud, "b");
    const followed = await clock.until(scheduler.follow(cloud, "a"));
    expect(followed).toEqual({ outcome: "vanished", last: undefined });
    const elapsed = clock.now() - cloud.start;
    expect(elapsed).toBeGreaterThan(30 * SECOND);
    expect(elapsed).toBeLessThan(2 * MINUTE);
    expect((await clock.until(other)).outcome).toBe("ended");
  });
});

describe("faults", () => {
  test("a passing fault is tried again, later each time, and forgotten when it has passed", async () => {
    const { clock, cloud, scheduler } = setUp({ a: HOUR });
    cloud.before = () => {
      const at = clock.now() - cloud.start;
      if (at % (20 * MINUTE) < 3 * MINUTE) throw new Passing("503");
    };
    expect((await clock.until(scheduler.follow(cloud, "a"))).outcome).toBe("ended");
    const gaps = cloud.gaps("a").slice(0, 4);
    expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
  });

  test("a fault that does not pass is thrown, saying how often it was tried", async () => {
    const { clock, cloud, scheduler } = setUp({ a: HOUR });
    const cause = new Passing("connection refused");
    cloud.before = () => {
      throw cause;
    };
    const error = await clock.until(scheduler.follow(cloud, "a")).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error).toMatchObject({ tries: cloud.calls.length, cause });
    expect(String(error)).toMatch(/no answer in 12 tries within \d+ s: connection refused/);
    expect(clock.now() - cloud.start).toBeGreaterThan(5 * MINUTE);
    expect(clock.now() - cloud.start).toBeLessThan(15 * MINUTE);
  });

  test("a call that never answers counts as a fault", async () => {
    const { clock, cloud, scheduler } = setUp({ a: HOUR });
    cloud.before = () => (cloud.calls.length === 2 ? new Promise(() => {}) : undefined);
    expect((await clock.until(scheduler.follow(cloud, "a"))).outcome).toBe("ended");
  });

  test("a final error is thrown at once, as the cloud gave it", async () => {
    const { clock, cloud, scheduler } = setUp({ a: HOUR });
    const refused = new Error("Forbidden");
    cloud.before = () => {
      throw refused;
    };
    await expect(clock.until(scheduler.follow(cloud, "a"))).rejects.toBe(refused);
    expect(cloud.calls).toHaveLength(1);
  });

  test("one refused id does not take the others of its call with it", async () => {
    const { clock, cloud, scheduler } = setUp({ a: HOUR, b: HOUR, c: HOUR });
    cloud.before = (ids) => {
      if (ids.includes("b")) throw new Error("InvalidParameter");
    };
    const waits = ["a", "b", "c"].map((id) => scheduler.follow(cloud, id));
    const settled = await clock.until(Promise.allSettled(waits));
    expect(settled.map((one) => one.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(cloud.calls.slice(-1)[0]?.ids).toEqual(["a", "c"]);
  });

  test("throttling slows down all waits of the API, not those of another", async () => {
    const { clock, cloud, scheduler } = setUp({ a: HOUR, b: HOUR });
    cloud.batch = 1;
    const other = new Cloud(clock, { c: HOUR });
    other.key = "account/another region/api";
    cloud.before = () => {
      if (clock.now() - cloud.start < 5 * MINUTE) throw new Throttled();
    };
    const waits = [scheduler.follow(cloud, "a"), scheduler.follow(cloud, "b"), scheduler.follow(other, "c")];
    const followed = await clock.until(Promise.all(waits));
    expect(followed.map((one) => one.outcome)).toEqual(["ended", "ended", "ended"]);
    expect(cloud.calls.filter((call) => call.at < 5 * MINUTE).length).toBeLessThan(15);
    expect(other.gaps("c")[0]).toBeLessThanOrEqual(MINUTE);
  });

  test("those who are throttled together do not come back together", async () => {
    const random = seededRandom(7);
    const clock = new VirtualClock();
    const machines = Array.from({ length: 50 }, async () => {
      const cloud = new Cloud(clock, { a: 0 });
      cloud.before = () => {
        if (cloud.calls.length <= 4) throw new Throttled();
      };
      await new Scheduler({ clock, random }).follow(cloud, "a");
      return Math.floor((clock.now() - cloud.start) / SECOND);
    });
    const seconds = await clock.until(Promise.all(machines));
    expect(new Set(seconds).size).toBeGreaterThan(8);
  });
});

describe("many refreshes", () => {
  test("of one region are looked at 20 with a call", async () => {
    const ends = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`ir-${i}`, HOUR]));
    const { clock, cloud, scheduler } = setUp(ends, seededRandom(1));
    const followed = await clock.until(Promise.all(Object.keys(ends).map((id) => scheduler.follow(cloud, id))));
    expect(followed.every((one) => one.outcome === "ended")).toBe(true);
    expect(Math.max(...cloud.calls.map((call) => call.ids.length))).toBe(20);
    expect(cloud.calls.length).toBeLessThan((5 * HOUR) / (30 * SECOND));
    for (const id of Object.keys(ends)) expect(Math.max(...cloud.gaps(id))).toBeLessThanOrEqual(3 * MINUTE);
  });

  test("that become due one after another share a call", async () => {
    const { clock, cloud, scheduler } = setUp({ a: HOUR, b: HOUR });
    const first = scheduler.follow(cloud, "a");
    await clock.pass(20 * SECOND);
    await clock.until(Promise.all([first, scheduler.follow(cloud, "b")]));
    expect(cloud.calls.length).toBeLessThan(HOUR / (18 * SECOND));
    expect(cloud.calls.slice(2).every((call) => call.ids.length === 2)).toBe(true);
  });

  test("two waits for one refresh share every call", async () => {
    const { clock, cloud, scheduler } = setUp({ a: HOUR });
    const followed = await clock.until(Promise.all([scheduler.follow(cloud, "a"), scheduler.follow(cloud, "a")]));
    expect(followed.map((one) => one.outcome)).toEqual(["ended", "ended"]);
    expect(cloud.calls.every((call) => call.ids.length === 1)).toBe(true);
    expect(cloud.calls.length).toBeLessThan(HOUR / (18 * SECOND));
  });

  test("more than the rate allows take turns, the longest-waiting first", async () => {
    const ends = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`r-${i}`, HOUR]));
    const { clock, cloud, scheduler } = setUp(ends, seededRandom(1));
    Object.assign(cloud, { batch: 1, ratePerSecond: 0.5, burst: 10 });
    await clock.until(Promise.all(Object.keys(ends).map((id) => scheduler.follow(cloud, id))));
    const turn = (100 / 0.5) * SECOND;
    for (const id of Object.keys(ends)) {
      expect(Math.max(...cloud.gaps(id))).toBeLessThanOrEqual(turn + MINUTE);
      expect(Math.min(...cloud.gaps(id))).toBeGreaterThanOrEqual(turn - MINUTE);
    }
    for (let from = 0; from < HOUR; from += MINUTE) {
      const calls = cloud.calls.filter((call) => call.at >= from && call.at < from + MINUTE);
      expect(calls.length).toBeLessThanOrEqual(60 * 0.5 + 10);
    }
  });
});
