/** Takes away everything that bears the tag, and nothing else. */
import type { Bench, Call, Leftover } from "./bench";
import { type Caller, callWithRetry } from "./retry";

const GONE_WITHIN_MINUTES = 20;
const PAUSE_MS = 10_000;

export interface CleanUpOptions {
  /** Only what these runs have made. Default: of every run. */
  readonly runs?: readonly string[];
  /** Only what this scenario has made. Default: of every scenario. */
  readonly scenario?: string;
  /** Whether it waits until everything is gone. Default: true. */
  readonly wait?: boolean;
}

type Cleaner = Omit<Caller, "signal"> & { readonly bench: Bench };

export async function leftoversOf(cleaner: Cleaner, runs?: readonly string[]): Promise<Leftover[]> {
  const found = await cleaner.bench.leftovers(callerOf(cleaner));
  return found.filter(({ run }) => !runs || runs.includes(run));
}

/** @returns what is left when time is up */
export async function removeAll(
  cleaner: Cleaner,
  { runs, scenario, wait = true }: CleanUpOptions = {},
): Promise<Leftover[]> {
  const { bench, clock } = cleaner;
  const call = callerOf(cleaner);
  const end = clock.now() + GONE_WITHIN_MINUTES * 60_000;
  for (;;) {
    const found = await leftoversOf(cleaner, runs);
    const left = found.filter((each) => !scenario || each.scenario === scenario);
    for (const each of left) await bench.remove(call, each);
    if (!wait || left.length === 0 || clock.now() >= end) return left;
    await clock.sleep(PAUSE_MS);
  }
}

/** No signal: a clean-up is not stopped by what has stopped the play. */
function callerOf({ api, clock }: Cleaner): Call {
  return (call) => callWithRetry({ api, clock }, call);
}
