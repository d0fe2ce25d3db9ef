import fc from "fast-check";
import { type PolledStatus, Scheduler, type Source } from "../../../src/core/polling/scheduler";
import { seededRandom } from "../../seededRandom";
import { VirtualClock } from "../../virtualClock";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Follows one refresh that is so at each time after its start; the times of the calls, and how late the end was known. */
async function watch(end: number, at: (elapsed: number) => Partial<PolledStatus>, seed = 1) {
  const clock = new VirtualClock();
  const start = clock.now();
  const calls: number[] = [];
  const source: Source = {
    key: "k",
    batch: 1,
    ratePerSecond: 10,
    describe: async ([id]) => {
      const elapsed = clock.now() - start;
      calls.push(elapsed);
      return new Map([[id as string, { status: "InProgress", ...at(elapsed), ended: elapsed >= end }]]);
    },
    classify: () => "final",
  };
  const scheduler = new Scheduler({ clock, random: seededRandom(seed) });
  await clock.until(scheduler.follow(source, "r"));
  const gaps = calls.slice(1).map((call, i) => call - (calls[i] as number));
  return { calls, gaps, lag: clock.now() - start - end };
}

/** Batches of a tenth, one every three minutes. */
const batches = (elapsed: number) => ({ fraction: Math.min(Math.floor(elapsed / (3 * MINUTE)) / 10, 1) });
const inBatches = 30 * MINUTE;

/** 55 % of the calls of one that calls every 10 s. */
const halfOfTheTenSecondPoller = (duration: number) => 0.55 * (duration / (10 * SECOND));

describe("the interval between calls", () => {
  test.each([1, 2, 3, 4, 5])("is sparse far from the end and dense near it: seed %i", async (seed) => {
    const { calls, lag } = await watch(inBatches + 7 * SECOND, batches, seed);
    const early = calls.filter((call) => call < inBatches - 5 * MINUTE).length;
    expect(early).toBeLessThanOrEqual(halfOfTheTenSecondPoller(inBatches - 5 * MINUTE));
    expect(calls.length).toBeLessThanOrEqual(halfOfTheTenSecondPoller(inBatches));
    expect(calls.length - early).toBeGreaterThan(early / 5);
    expect(lag).toBeLessThanOrEqual(10 * SECOND);
  });

  test("expects an end by a bake time", async () => {
    const baking = { status: "Baking", pauseMilliseconds: 20 * MINUTE, fraction: 1 };
    const { calls, lag } = await watch(30 * MINUTE, (elapsed) => (elapsed < 10 * MINUTE ? batches(elapsed) : baking));
    expect(lag).toBeLessThanOrEqual(6 * SECOND);
    expect(calls.length).toBeLessThanOrEqual(halfOfTheTenSecondPoller(30 * MINUTE));
  });

  test("expects the failure of a refresh that makes no progress for an hour", async () => {
    const held = 12 * MINUTE + 20 * SECOND;
    const { calls, lag } = await watch(held + HOUR, (elapsed) => ({
      ...batches(Math.min(elapsed, held)),
      reason: elapsed < held ? "" : "New instances do not pass their health checks.",
    }));
    expect(lag).toBeLessThanOrEqual(10 * SECOND);
    expect(calls.length).toBeLessThanOrEqual(halfOfTheTenSecondPoller(held + HOUR));
  });

  test("does not hammer while a checkpoint pauses it", async () => {
    const pause = 2 * HOUR;
    const paused = (elapsed: number) =>
      batches(elapsed < 15 * MINUTE ? elapsed : Math.max(15 * MINUTE, elapsed - pause));
    const { calls } = await watch(inBatches + pause, paused);
    const meanwhile = calls.filter((call) => call > 15 * MINUTE && call < 15 * MINUTE + pause).length;
    expect(meanwhile).toBeGreaterThanOrEqual(120);
    expect(meanwhile).toBeLessThanOrEqual(0.4 * (pause / (10 * SECOND)));
  });

  test("expects the end of a rollback, in which the fraction falls", async () => {
    const back = (elapsed: number) => ({ status: "RollbackInProgress", fraction: 1 - batches(elapsed).fraction });
    const { lag } = await watch(inBatches + 5 * SECOND, back);
    expect(lag).toBeLessThanOrEqual(15 * SECOND);
  });

  test("stays between two seconds and a minute, whatever the cloud says", async () => {
    const word = fc.constantFrom("Pending", "InProgress", "CheckpointPause", "Baking", "RollbackInProgress");
    const status = fc.record(
      {
        status: word,
        fraction: fc.double({ min: 0, max: 1, noNaN: true }),
        reason: fc.constantFrom("", "waiting", "unhealthy"),
        pauseMilliseconds: fc.integer({ min: 0, max: 2 * HOUR }),
      },
      { requiredKeys: ["status"] },
    );
    const lifecycle = fc.record({
      statuses: fc.array(status, { minLength: 1, maxLength: 60 }),
      every: fc.integer({ min: SECOND, max: 10 * MINUTE }),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(lifecycle, async ({ statuses, every, seed }) => {
        const end = statuses.length * every;
        const { gaps, lag } = await watch(end, (elapsed) => statuses[Math.floor(elapsed / every)] ?? {}, seed);
        expect(Math.max(0, ...gaps)).toBeLessThanOrEqual(MINUTE);
        expect(Math.min(MINUTE, ...gaps)).toBeGreaterThanOrEqual(2 * SECOND);
        expect(lag).toBeLessThanOrEqual(MINUTE);
      }),
      { numRuns: 60, seed: 8 },
    );
  });
});
