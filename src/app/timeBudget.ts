/** Time to wait in all, of a process: used up once by those who wait side by side, and again by whoever waits after them. */
export class TimeBudget {
  #left: number;
  #waiting = 0;
  #since = 0;

  constructor(milliseconds: number) {
    this.#left = milliseconds;
  }

  /** Undefined when it takes longer than what is left; nobody then waits for what becomes of it. Not begun when nothing is. */
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
