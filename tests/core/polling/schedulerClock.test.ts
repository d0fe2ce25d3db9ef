import { systemClock } from "../../../src/core/clock";

const DAY = 24 * 3_600_000;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

async function asleepAfter(sleep: Promise<void>, milliseconds: number): Promise<boolean> {
  let asleep = true;
  void sleep.then(() => {
    asleep = false;
  });
  await jest.advanceTimersByTimeAsync(milliseconds);
  return asleep;
}

describe("the machine's clock", () => {
  test("sleeps as long as it was told", async () => {
    const sleep = systemClock.sleep(60_000);
    expect(await asleepAfter(sleep, 59_000)).toBe(true);
    expect(await asleepAfter(sleep, 1_000)).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  });

  test("an abort wakes it at once and leaves no timer", async () => {
    const stop = new AbortController();
    const sleep = systemClock.sleep(60_000, stop.signal);
    expect(await asleepAfter(sleep, 1_000)).toBe(true);
    stop.abort();
    await sleep;
    expect(jest.getTimerCount()).toBe(0);
  });

  test("soon notices that the machine slept for a day", async () => {
    const sleep = systemClock.sleep(60_000);
    jest.setSystemTime(Date.now() + DAY);
    expect(await asleepAfter(sleep, 5_000)).toBe(false);
  });

  test("sleeps no longer when the time of day is set back", async () => {
    const sleep = systemClock.sleep(60_000);
    jest.setSystemTime(Date.now() - DAY);
    expect(await asleepAfter(sleep, 60_000)).toBe(false);
  });
});
