/** Plays a scenario on an account: makes its group, takes its steps, describes the group between them, removes it. */

import type { Clock } from "../core/clock";
import type { VendorAnswer, VendorApi, VendorCall } from "../core/cloud";
import type { Bench, Names, Site } from "./bench";
import { removeAll } from "./cleanUp";
import { callWithRetry } from "./retry";
import type { Scenario, Step } from "./scenario";
import type { Frame } from "./view";

/** A call and its answer, as they were. */
export interface RawEntry {
  readonly scenario: string;
  readonly step: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly call: VendorCall;
  readonly answer: VendorAnswer;
}

export interface Player {
  readonly bench: Bench;
  readonly api: VendorApi;
  readonly clock: Clock;
  readonly site: Site;
  /** Marks everything that is created. */
  readonly run: string;
  readonly signal?: AbortSignal;
}

const FULL_WITHIN_MINUTES = 15;

/** @returns every call and its answer; throws when it was stopped or the service does not answer, after it has cleaned up */
export async function play(player: Player, scenario: Scenario): Promise<RawEntry[]> {
  const entries: RawEntry[] = [];
  const call = async (asked: VendorCall, step: string = asked.operation) => {
    player.signal?.throwIfAborted();
    const answer = await callWithRetry(player, asked);
    entries.push({ scenario: scenario.name, step, time: player.clock.now(), call: asked, answer });
    return answer;
  };
  const { bench, run, site } = player;
  try {
    let names = await bench.setUp(call, scenario, run, site);
    const poll = async () => {
      const answers = [];
      for (const each of bench.poll(names)) answers.push((await call(each, "poll")).body);
      const frame = bench.frame(0, answers[0], answers[1]);
      const [first, second] = frame.machines.filter(({ inService }) => inService).map(({ id }) => id);
      names = {
        ...names,
        refresh: frame.refresh?.id ?? "",
        first: names.first || first || "",
        second: names.second || second || "",
      };
      return frame;
    };
    const wait = async (step: Extract<Step, { minutes: number }>) => {
      const start = player.clock.now();
      const end = start + step.minutes * 60_000;
      while (!step.until(await poll()) && player.clock.now() < end) {
        player.signal?.throwIfAborted();
        await player.clock.sleep(intervalAfter(player.clock.now() - start), player.signal);
      }
    };
    const desired = scenario.machinesAtStart ?? Number(names.desired);
    if (scenario.filled !== false && desired > 0) {
      const isFull = ({ machines }: Frame) => machines.filter(({ inService }) => inService).length >= desired;
      await wait({ until: isFull, minutes: FULL_WITHIN_MINUTES });
      await player.clock.sleep(bench.settleSeconds * 1_000, player.signal);
    }
    for (const step of scenario.steps) {
      if ("until" in step) await wait(step);
      else await call(callOf(step, bench, names), step.as);
    }
    await poll();
    for (const each of bench.review(names)) await call(each, "review");
    return entries;
  } finally {
    // Also after Ctrl-C: what was begun is taken away. Nothing can be done about a service that does not answer.
    await removeAll(player, { runs: [run], scenario: scenario.name, wait: false }).catch(() => undefined);
  }
}

function callOf(step: Exclude<Step, { minutes: number }>, bench: Bench, names: Names): VendorCall {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? "");
  const parameters = Object.entries(step.with ?? {}).map(([name, value]) => [name, fill(value)] as const);
  return {
    service: step.service ?? bench.service,
    operation: step.call,
    parameters: Object.fromEntries(parameters),
  };
}

/** Often at first, as states at the beginning are short. */
function intervalAfter(waited: number): number {
  return Math.min(60_000, Math.max(5_000, waited / 15));
}
