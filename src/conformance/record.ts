/** Plays scenarios one after another and keeps them as a cassette. */
import type { Cassette, Entry } from "./cassette";
import { type Player, play, type RawEntry } from "./play";
import { type Known, Sanitiser } from "./sanitise";
import type { Scenario } from "./scenario";

export interface RecordOptions {
  readonly source: Cassette["source"];
  readonly origin: string;
  /** Texts that must not be in it. */
  readonly known: readonly Known[];
  /** How many are played at the same time. Default: 1. */
  readonly atOnce?: number;
  /** Goes on with an earlier one. */
  readonly before?: Cassette | undefined;
  /** Is told of each scenario that begins, and of the cassette after each that ended. */
  readonly onBegin?: (scenario: Scenario) => void;
  readonly onEnd?: (scenario: Scenario, cassette: Cassette) => void;
}

/** @throws the first error of a scenario, after those that run have cleaned up */
export async function record(
  player: Player,
  scenarios: readonly Scenario[],
  { source, origin, known, atOnce = 1, before, onBegin, onEnd }: RecordOptions,
): Promise<Cassette> {
  const { bench, clock } = player;
  const date = new Date(clock.now()).toISOString().slice(0, 10);
  let cassette: Cassette = before ?? {
    format: 1,
    cloud: bench.cloud,
    date,
    source,
    origin,
    partial: false,
    scenarios: [],
    entries: [],
  };
  const waiting = scenarios.filter(({ name }) => !cassette.scenarios.includes(name));
  const stopped = new AbortController();
  const signal = player.signal ? AbortSignal.any([player.signal, stopped.signal]) : stopped.signal;
  const next = async (): Promise<void> => {
    for (let scenario = waiting.shift(); scenario; scenario = waiting.shift()) {
      onBegin?.(scenario);
      const entries = cleaned(await play({ ...player, signal }, scenario), known);
      cassette = {
        ...cassette,
        scenarios: [...cassette.scenarios, scenario.name],
        entries: [...cassette.entries, ...entries],
      };
      onEnd?.(scenario, cassette);
    }
  };
  const workers = Array.from({ length: atOnce }, () =>
    next().catch((error: unknown) => {
      stopped.abort(error);
      throw error;
    }),
  );
  const results = await Promise.allSettled(workers);
  const failed = results.find(({ status }) => status === "rejected");
  if (failed?.status === "rejected")
    throw player.signal?.aborted ? failed.reason : (stopped.signal.reason ?? failed.reason);
  return cassette;
}

/** References count from 1 in every scenario: nothing but a group's own things comes up in two. */
function cleaned(raw: readonly RawEntry[], known: readonly Known[]): Entry[] {
  const start = raw[0]?.time ?? 0;
  const sanitiser = new Sanitiser(known, start);
  return raw.map((entry) => sanitiser.entry(entry, start));
}
