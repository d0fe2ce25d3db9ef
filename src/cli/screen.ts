/** Where progress is shown: drawn again in a terminal, or line by line where there is none. */

import type { Clock } from "../core/clock";
import type { TrackedRefresh } from "../core/lifecycle/trackedRefresh";
import { liveLines, logLine } from "./progressText";

const REDRAW_MS = 1_000;

export interface Screen {
  show(id: string, tracked: TrackedRefresh): void;
  /** Leaves what was shown last. */
  close(): void;
}

/** One line for each change, with its time. */
export function logScreen(write: (text: string) => void, clock: Clock): Screen {
  const last = new Map<string, string>();
  return {
    show(id, tracked) {
      const line = logLine(tracked);
      if (last.get(id) === line) return;
      last.set(id, line);
      write(`${new Date(clock.now()).toISOString()}  ${line}\n`);
    },
    close() {},
  };
}

/** Drawn again every second, as times run down without news from the cloud. */
async function liveScreen(stream: NodeJS.WriteStream, clock: Clock): Promise<Screen> {
  const { createLogUpdate } = await import("log-update");
  const update = createLogUpdate(stream);
  const shown = new Map<string, TrackedRefresh>();
  const draw = () => update([...shown.values()].flatMap((tracked) => liveLines(tracked, clock.now())).join("\n"));
  const timer = setInterval(draw, REDRAW_MS);
  return {
    show(id, tracked) {
      shown.set(id, tracked);
      draw();
    },
    close() {
      clearInterval(timer);
      draw();
      update.done();
    },
  };
}

/** A terminal without a size, as some pipelines have, can draw nothing. */
export async function screenFor(stream: NodeJS.WriteStream, clock: Clock): Promise<Screen> {
  return stream.isTTY && stream.rows > 0
    ? liveScreen(stream, clock)
    : logScreen((text) => void stream.write(text), clock);
}
