import type { Emulator } from "../../src/emulator";
import type { Clock } from "../../src/refresh/clock";

/** The emulator's clock for whoever waits: a sleep makes simulated time leap, and takes none. */
export function leapingClock({ clock }: Emulator): Clock & { onSleep: (() => void | Promise<void>) | undefined } {
  return {
    /** Called before each leap: where a test lets something happen meanwhile. */
    onSleep: undefined,
    now: () => clock.now(),
    async sleep(milliseconds, signal) {
      await this.onSleep?.();
      if (!signal?.aborted) clock.advance(Math.max(milliseconds, 0));
    },
  };
}
