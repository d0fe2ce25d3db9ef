import type { Lifecycle } from "../core/lifecycle/lifecycle";

/** Time that a process may wait in all. Waits side by side use it up once, later waits again. */
export class TimeBudget {
  #left: number;
  #waiting = 0;
  #since = 0;

  constructor(milliseconds: number) {
    this.#left = milliseconds;
  }

  /** Undefined when the action takes longer than what is left; it is not begun when nothing is left. */
  async with<T>(action: () => Promise<T>): Promise<T | undefined> {
    if (this.#waiting === 0) this.#since = performance.now();
    const left = this.#left - (performance.now() - this.#since);
    if (left <= 0) return undefined;
    this.#waiting++;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), left);
    });
    try {
      return await Promise.race([action(), late]);
    } finally {
      clearTimeout(timer);
      this.#waiting--;
      if (this.#waiting === 0) this.#left -= performance.now() - this.#since;
    }
  }
}

/** A budget for each process, which its lifecycles know by the tools that they share. */
export function budgetPerProcess(milliseconds: number): (lifecycle: Lifecycle) => TimeBudget {
  const budgets = new WeakMap<object, TimeBudget>();
  return ({ tools }) => {
    let budget = budgets.get(tools);
    if (!budget) {
      budget = new TimeBudget(milliseconds);
      budgets.set(tools, budget);
    }
    return budget;
  };
}
