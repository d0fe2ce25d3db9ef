import { adjustableClock, type Clock } from "../../src/core/clock";

/** A machine whose time moves by its sleeps alone. */
function machine(): Clock & { slept: number[] } {
  let time = Date.UTC(2026, 0, 1);
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    async sleep(milliseconds) {
      slept.push(milliseconds);
      time += milliseconds;
    },
  };
}

test("runs at the machine's speed until it is told another", async () => {
  const real = machine();
  const clock = adjustableClock(real);
  await clock.sleep(3_500);
  expect(real.slept).toEqual([1_000, 1_000, 1_000, 500]);
  expect(clock.now()).toBe(real.now());
});

test("goes on from the time that it showed when its speed is set", async () => {
  const real = machine();
  const clock = adjustableClock(real);
  const before = clock.now();
  clock.setSpeed(600);
  expect(clock.now()).toBe(before);
  await clock.sleep(60_000);
  expect(real.slept).toEqual([100]);
  expect(clock.now()).toBe(before + 60_000);
});

test("an answer still has the machine's time", () => {
  const real = machine();
  const clock = adjustableClock(real);
  clock.setSpeed(600);
  expect(clock.real).toBe(real);
});

test("a sleep that has begun ends sooner when the speed is set", async () => {
  const real = machine();
  const clock = adjustableClock({
    ...real,
    async sleep(milliseconds) {
      await real.sleep(milliseconds);
      clock.setSpeed(60);
    },
  });
  await clock.sleep(61_000);
  expect(real.slept).toEqual([1_000, 1_000]);
});
