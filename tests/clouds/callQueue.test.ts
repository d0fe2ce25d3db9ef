import { CallQueue } from "../../src/clouds/common/callQueue";
import { CloudError } from "../../src/core/cloud";
import { createRateLimiter } from "../../src/emulator/rateLimits";
import { seededRandom } from "../seededRandom";
import { VirtualClock } from "../virtualClock";

const refusal = (kind: CloudError["kind"]) =>
  new CloudError({ operation: "DescribeScalingGroups", code: "Throttling", kind, message: "slow down" });

/** A cloud that takes so many calls a second, and answers each after a time. */
function cloud(perSecond: number, burst: number, answersAfter = 50) {
  const clock = new VirtualClock(0);
  const isWithinLimit = createRateLimiter([{ operations: ["*"], perSecond, burst }], () => clock.now());
  const counts = { calls: 0, throttled: 0 };
  const queue = new CallQueue(clock, seededRandom(3));
  const call = () =>
    queue.run(async () => {
      counts.calls++;
      const isTaken = isWithinLimit("ess", "DescribeScalingGroups", "region");
      await clock.sleep(answersAfter);
      if (isTaken) return "answer";
      counts.throttled++;
      throw refusal("throttled");
    });
  /** Calls until it is answered. */
  const untilAnswered = async () => {
    for (;;) {
      const answer = await call().catch(() => undefined);
      if (answer) return;
    }
  };
  return { clock, counts, queue, call, untilAnswered };
}

test("Calls that nobody throttles are not held up", async () => {
  const { clock, call } = cloud(1_000_000, 1_000_000);
  await clock.until(Promise.all(Array.from({ length: 1_000 }, call)));
  expect(clock.now()).toBeLessThan(1_500);
});

test.each([
  [1, 2],
  [10, 20],
])(
  "At %d calls a second that are taken, at most 5 %% are throttled in the long run, and few are left unused",
  async (perSecond, burst) => {
    const { clock, counts, untilAnswered } = cloud(perSecond, burst);
    const many = (seconds: number) => Promise.all(Array.from({ length: perSecond * seconds }, untilAnswered));
    // Nobody knows the limit before the first throttling.
    await clock.until(many(60));
    const [before, from] = [{ ...counts }, clock.now()];
    await clock.until(many(300));
    expect((counts.throttled - before.throttled) / (counts.calls - before.calls)).toBeLessThan(0.05);
    // With every call taken as soon as there was room for it, it would have taken 300 s.
    expect((clock.now() - from) / 1_000).toBeLessThan(500);
  },
);

test("A call that is stopped while it waits does not wait any longer", async () => {
  const { clock, call, queue } = cloud(1, 1);
  await clock.until(Promise.allSettled([call(), call()]));
  const stop = new AbortController();
  const at = clock.now();
  const waiting = queue.run(async () => clock.now(), stop.signal);
  stop.abort();
  expect(await waiting).toBe(at);
});

test("After a refusal that is final, or an answer that never came, the next call goes out at once", async () => {
  for (const kind of ["final", "passing"] as const) {
    const { clock, queue } = cloud(1, 1);
    await expect(queue.run(() => Promise.reject(refusal(kind)))).rejects.toThrow("slow down");
    expect(await queue.run(async () => clock.now())).toBe(0);
  }
});
