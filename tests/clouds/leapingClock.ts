import { type Clock, processClock } from "../../src/core/clock";
import type { CloudApi, CloudModule, Group } from "../../src/core/cloud";
import type { Emulator } from "../../src/emulator";

interface Sleeper {
  at: number;
  wake(): void;
}

/**
 * The emulator's clock for clients that wait: when nobody has anything left to do but sleep, simulated time leaps to the first
 * who wakes. Calls that are on their way are waited for: `watched` counts them.
 */
export class LeapingClock implements Clock {
  /** Called before each leap: where a test lets something happen meanwhile. */
  onSleep: (() => void | Promise<void>) | undefined;
  #sleepers: Sleeper[] = [];
  #underWay = 0;

  constructor(readonly emulator: Emulator) {
    // A pause between calls takes the time of the machine.
    processClock.setSpeed(1_000);
  }

  now(): number {
    return this.emulator.clock.now();
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (milliseconds <= 0 || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const sleeper = { at: this.now() + milliseconds, wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", wake);
      this.#leapSoon();
    });
  }

  /** The same cloud; what is asked of it holds the clock until it is answered. */
  watched(cloud: CloudModule): CloudModule {
    return { ...cloud, connect: async (settings) => this.#watchedApi(await this.hold(() => cloud.connect(settings))) };
  }

  #watchedApi(api: CloudApi): CloudApi {
    return {
      ...api,
      ...(api.readingOnce ? { readingOnce: () => this.#watchedApi((api.readingOnce as () => CloudApi)()) } : {}),
      snapshot: (args) => this.hold(() => api.snapshot(args)),
      account: () => this.hold(() => api.account()),
      group: (args) => this.hold(async () => this.#watchedGroup(await api.group(args))),
      floatingVersionMadeAt: (args) => this.hold(async () => api.floatingVersionMadeAt?.(args)),
      refreshes: (group) => this.hold(() => api.refreshes(group)),
      start: (args, token) => this.hold(() => api.start(args, token)),
      cancel: (refresh, options) => this.hold(() => api.cancel(refresh, options)),
      rollback: (refresh) => this.hold(() => api.rollback(refresh)),
      ...(api.suspend ? { suspend: (refresh) => this.hold(async () => api.suspend?.(refresh)) } : {}),
      ...(api.resume ? { resume: (refresh) => this.hold(async () => api.resume?.(refresh)) } : {}),
      source: { ...api.source, describe: (ids, signal) => this.hold(() => api.source.describe(ids, signal)) },
    };
  }

  #watchedGroup(group: Group | undefined): Group | undefined {
    return group && { ...group, runsDesired: () => this.hold(() => group.runsDesired()) };
  }

  /** The clock stands still until the action is over. */
  async hold<T>(action: () => Promise<T>): Promise<T> {
    this.#underWay++;
    try {
      return await action();
    } finally {
      this.#underWay--;
      this.#leapSoon();
    }
  }

  #leapSoon(): void {
    // A client that has just been answered, or woken, gets its turn first.
    setImmediate(() => setImmediate(() => this.#leap()));
  }

  async #leap(): Promise<void> {
    if (this.#underWay > 0 || this.#sleepers.length === 0) return;
    if (this.onSleep) {
      const action = this.onSleep;
      this.onSleep = undefined;
      this.#underWay++;
      await action();
      this.#underWay--;
      return this.#leapSoon();
    }
    const first = this.#sleepers.reduce((a, b) => (a.at <= b.at ? a : b));
    this.emulator.clock.advance(Math.max(first.at - this.now(), 0));
    first.wake();
    this.#leapSoon();
  }
}
