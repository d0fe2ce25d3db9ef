/** Time of an emulator for those who wait for it: whoever sleeps makes it pass, but not while an answer is under way. */
import type { Emulator } from "../../src/emulator";
import type { Clock } from "../../src/refresh/clock";
import type { Cloud } from "../../src/refresh/cloud";

export class EmulatedTime implements Clock {
  readonly #emulator: Emulator;
  #sleepers: { at: number; wake(): void }[] = [];
  #underWay = 0;
  #passing = false;

  constructor(emulator: Emulator) {
    this.#emulator = emulator;
  }

  now(): number {
    return this.#emulator.clock.now();
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
      if (!this.#passing) void this.#pass();
    });
  }

  /** The cloud, whose answers to looks hold time still until they are there. */
  holding(cloud: Cloud): Cloud {
    return {
      ...cloud,
      connect: async (settings) => {
        const api = await cloud.connect(settings);
        const describe: typeof api.source.describe = async (ids, signal) => {
          this.#underWay++;
          return api.source.describe(ids, signal).finally(() => setImmediate(() => this.#underWay--));
        };
        return { ...api, source: { ...api.source, describe } };
      },
    };
  }

  async #pass(): Promise<void> {
    this.#passing = true;
    while (this.#sleepers.length > 0) {
      await new Promise(setImmediate);
      if (this.#underWay > 0) continue;
      const [first] = [...this.#sleepers].sort((a, b) => a.at - b.at);
      if (!first) continue;
      this.#emulator.clock.advance(Math.max(first.at - this.now(), 0));
      first.wake();
    }
    this.#passing = false;
  }
}
