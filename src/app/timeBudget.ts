import { type Clock, inTime, systemClock } from "../core/clock";
import type { Lifecycle } from "../core/lifecycle/lifecycle";

const late = new Error("the time is used up");

/** Time that a process may wait in all. Waits side by side use it up once, later waits again. */
export class TimeBudget {
  #left: number;
  #waiting = 0;
  #since = 0;
  readonly #clock: Clock;

  constructor(milliseconds: number, clock = systemClock) {
    this.#left = milliseconds;
    this.#clock = clock;
  }

  /** Undefined when the action takes longer than what is left; it is not begun when nothing is left. */
  async with<T>(action: () => Promise<T>): Promise<T | undefined> {
    if (this.#waiting === 0) this.#since = this.#clock.now();
    const left = this.#left - (this.#clock.now() - this.#since);
    if (left <= 0) return undefined;
    this.#waiting++;
    try {
      return await inTime(this.#clock, left, action, () => late);
    } catch (error) {
      if (error === late) return undefined;
      throw error;
    } finally {
      this.#waiting--;
      if (this.#waiting === 0) this.#left -= this.#clock.now() - this.#since;
    }
  }
}

/** A budget for each process, which its lifecycles know by the tools that they share. A fast emulator makes it no shorter. */
export function budgetPerProcess(milliseconds: number): (lifecycle: Lifecycle) => TimeBudget {
  const budgets = new WeakMap<object, TimeBudget>();
  return ({ tools }) => {
    let budget = budgets.get(tools);
    if (!budget) {
      budget = new TimeBudget(milliseconds, tools.clock.real ?? systemClock);
      budgets.set(tools, budget);
    }
    return budget;
  };
}
