/** How long a preview is held up by its forecasts, in time of the test's own. */
import { TimeBudget } from "../../src/app/timeBudget";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const taking = (milliseconds: number) => () =>
  new Promise<string>((resolve) => {
    setTimeout(() => resolve("done"), milliseconds);
  });

test("actions one after the other are waited for until the budget is used up", async () => {
  const budget = new TimeBudget(1_000);
  const answers: (string | undefined)[] = [];
  for (const milliseconds of [400, 400, 400]) {
    const answer = budget.with(taking(milliseconds));
    await jest.advanceTimersByTimeAsync(milliseconds);
    answers.push(await answer);
  }
  expect(answers).toEqual(["done", "done", undefined]);
});

test("actions side by side use the budget once", async () => {
  const budget = new TimeBudget(1_000);
  const first = Promise.all(Array.from({ length: 10 }, () => budget.with(taking(900))));
  await jest.advanceTimersByTimeAsync(900);
  expect(await first).toEqual(Array.from({ length: 10 }, () => "done"));
  const second = budget.with(taking(90));
  await jest.advanceTimersByTimeAsync(90);
  expect(await second).toBe("done");
});

test("time that nobody waits costs nothing", async () => {
  const budget = new TimeBudget(1_000);
  await jest.advanceTimersByTimeAsync(60_000);
  const answer = budget.with(taking(900));
  await jest.advanceTimersByTimeAsync(900);
  expect(await answer).toBe("done");
});

test("once it is used up, nothing more is begun", async () => {
  const budget = new TimeBudget(1_000);
  const late = budget.with(taking(2_000));
  await jest.advanceTimersByTimeAsync(1_000);
  expect(await late).toBeUndefined();
  const begun = jest.fn(taking(0));
  expect(await budget.with(begun)).toBeUndefined();
  expect(begun).not.toHaveBeenCalled();
});

test("an action that fails gives its error", async () => {
  const budget = new TimeBudget(1_000);
  await expect(
    budget.with(async () => {
      throw new Error("no answer");
    }),
  ).rejects.toThrow("no answer");
});
