/** Where progress is shown: drawn again in a terminal, or line by line where there is none. */

import type { Clock } from "../core/clock";
import { durationText } from "../core/durations";
import type { TrackedRefresh } from "../core/lifecycle/trackedRefresh";
import { liveLines, logLine } from "./progressText";

const REDRAW_MS = 1_000;
const DEFAULT_COLUMNS = 80;

export interface Screen {
  /** @param said what an analysis measured last, and what else there is to say */
  show(id: string, tracked: TrackedRefresh, said?: readonly string[]): void;
  /**
   * Shows a wait before there is a refresh to show.
   * @returns takes it off the screen
   */
  waiting(line: string): () => void;
  /** Shows at once what the command says again at its end. */
  problem(line: string): void;
  /** Leaves what was shown last. */
  close(): void;
}

/** A log gets a sign of life after so much real time without a change. */
const SIGN_OF_LIFE_MS = 300_000;

/** One line for each change, with its time, and one when nothing has changed for minutes. */
export function logScreen(write: (text: string) => void, clock: Clock): Screen {
  const last = new Map<string, string>();
  const print = (line: string) => write(`${new Date(clock.now()).toISOString()}  ${line}\n`);
  const repeat = () => {
    for (const line of last.values()) print(`${line} (unchanged)`);
  };
  let timer = setInterval(repeat, SIGN_OF_LIFE_MS);
  return {
    waiting(line) {
      last.set(line, line);
      print(line);
      return () => void last.delete(line);
    },
    problem: print,
    show(id, tracked, said = []) {
      const line = [logLine(tracked), ...said].join("  ");
      if (last.get(id) === line) return;
      last.set(id, line);
      print(line);
      clearInterval(timer);
      timer = setInterval(repeat, SIGN_OF_LIFE_MS);
    },
    close: () => clearInterval(timer),
  };
}

/** Drawn again every second, as times run down without news from the cloud. */
async function liveScreen(stream: NodeJS.WriteStream, clock: Clock): Promise<Screen> {
  const { createLogUpdate } = await import("log-update");
  const update = createLogUpdate(stream);
  const shown = new Map<string, readonly [TrackedRefresh, readonly string[]]>();
  const waits = new Map<string, number>();
  let problems: string[] = [];
  const draw = () => {
    const width = Math.max(1, stream.columns || DEFAULT_COLUMNS);
    const waiting = [...waits].map(([line, since]) => `${line}, ${durationText((clock.now() - since) / 1000)} so far`);
    const lines = [...shown.values()].flatMap(([tracked, said]) => [
      ...liveLines(tracked, clock.now(), width),
      ...said.map((line) => `  ${line}`),
    ]);
    update([...lines, ...waiting, ...problems].join("\n"));
  };
  const timer = setInterval(draw, REDRAW_MS);
  return {
    waiting(line) {
      waits.set(line, clock.now());
      draw();
      return () => void waits.delete(line);
    },
    show(id, tracked, said = []) {
      shown.set(id, [tracked, said]);
      draw();
    },
    problem(line) {
      problems.push(line);
      draw();
    },
    close() {
      clearInterval(timer);
      problems = [];
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
