/** Repeats the last line of progress while nothing new comes, so that a person sees that the wait is alive. */
import { durationText } from "../core/durations";

/** In real time: a person waits by it, whatever the clock of an emulator does. */
const INTERVAL_MS = 15_000;
/** In the log of a pipeline every line stays. */
const INTERVAL_IN_PIPELINES_MS = 300_000;

export interface Heartbeat {
  /** Shows a line. */
  progress(line: string): void;
  stop(): void;
}

export function heartbeat(show: (line: string) => void, environment = process.env): Heartbeat {
  const interval = environment.CI ? INTERVAL_IN_PIPELINES_MS : INTERVAL_MS;
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearInterval(timer);
  return {
    progress(line) {
      stop();
      show(line);
      const since = performance.now();
      timer = setInterval(() => show(`${line} (for ${durationText((performance.now() - since) / 1000)})`), interval);
      timer.unref();
    },
    stop,
  };
}
