/** Repeats the last line of progress while nothing new comes, so that a person sees that the wait is alive. */
import { durationText } from "../core/durations";
import { lineText, type PassingLine } from "../core/lifecycle/run";

/** In real time: a person waits by it, whatever the clock of an emulator does. */
const INTERVAL_MS = 10_000;
/** In the log of a pipeline every line stays. */
const INTERVAL_IN_PIPELINES_MS = 300_000;

export interface Heartbeat {
  progress(line: PassingLine): void;
  /** The operation is over: lines that still come are not repeated. */
  stop(): void;
}

/** @param first the line until there is another: it is not shown at once, only when the wait lasts */
export function heartbeat(show: (line: string) => void, first: string, environment = process.env): Heartbeat {
  const interval = environment.CI ? INTERVAL_IN_PIPELINES_MS : INTERVAL_MS;
  const begin = performance.now();
  const secondsSince = (time: number) => durationText((performance.now() - time) / 1000);
  let timer: NodeJS.Timeout;
  let isOver = false;
  const repeat = (line: PassingLine) => {
    const since = performance.now();
    // Where everything took that long, once is enough.
    const lasted = () =>
      since - begin < 1_000 ? secondsSince(begin) : `${secondsSince(since)}, ${secondsSince(begin)} in all`;
    timer = setInterval(() => show(typeof line === "string" ? `${line} (for ${lasted()})` : line()), interval);
    timer.unref();
  };
  const forget = () => clearInterval(timer);
  repeat(first);
  return {
    progress(line) {
      forget();
      show(lineText(line));
      if (!isOver) repeat(line);
    },
    stop() {
      isOver = true;
      forget();
    },
  };
}
