/**
 * One case: a few deployments of the real lifecycle against a cloud in memory, with lost answers, kills and a wrong clock,
 * judged minute by minute by the oracle.
 */
import { type Arguments, type CloudApi, CloudError, type CloudModule } from "../../../src/core/cloud";
import { RefreshError } from "../../../src/core/lifecycle/errors";
import { Lifecycle, type Recorded } from "../../../src/core/lifecycle/lifecycle";
import type { Call } from "../../../src/core/lifecycle/run";
import { Scheduler } from "../../../src/core/polling/scheduler";
import { createRandom, type Random } from "../../../src/simulation/random";
import { Nimbus, nimbusModule } from "../../clouds/third/nimbus";
import { VirtualClock } from "../../virtualClock";
import { argumentsOf, chance, neededIn, pick, timeNear, type WindowCase, windowCase } from "./cases";
import { Oracle } from "./oracle";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const POOL = "pool-web";
const URN = "urn:pulumi:test::project::instance-refresh:nimbus:InstanceRefresh::web";
/** A date has whole seconds, and differences below five of them do not count. */
const CLOCK_SLACK_MS = 6 * SECOND_MS;

export interface Tally {
  deployments: number;
  starts: number;
  held: number;
  waited: number;
  killed: number;
  /** Their time was over while a refresh ran, or no answer said whether it was started. */
  outOfTime: number;
  skewed: number;
  /** Starts, or cancels of another's refresh, that came at a time when none was allowed. */
  breaches: string[];
  /** Refreshes that were not started although they were forecast to fit. */
  wronglyHeld: string[];
  /** Deployments that waited for long after a refresh could have started. */
  late: string[];
  /** Deployments that failed for no good reason. */
  failed: string[];
}

export function emptyTally(): Tally {
  const none = { deployments: 0, starts: 0, held: 0, waited: 0, killed: 0, outOfTime: 0, skewed: 0 };
  return { ...none, breaches: [], wronglyHeld: [], late: [], failed: [] };
}

/** Something that the cloud did, at its own time. */
interface Act {
  readonly what: "start" | "cancel";
  /** When the request was sent. */
  readonly at: number;
}

/** The world of a case: a cloud, a machine whose clock may be wrong, and what the state holds. */
class World {
  readonly clock: VirtualClock;
  readonly nimbus = new Nimbus();
  readonly acts: Act[] = [];
  readonly #tokens = new Map<string, string>();
  recorded: Recorded | undefined;

  constructor(
    readonly random: Random,
    /** By how much the cloud's clock is ahead of the machine's. */
    readonly ahead: number,
    cloudTime: number,
    readonly needed: number | undefined,
    readonly knowsTokens: boolean,
  ) {
    this.clock = new VirtualClock(cloudTime - ahead);
  }

  cloudTime(): number {
    return this.clock.now() + this.ahead;
  }

  isBusy(): boolean {
    return this.nimbus.rolls.some(({ status }) => status === "Rolling" || status === "Stopping");
  }

  /** A process of a deployment; it is killed at the call of that number, counted from 1, or after that time. */
  process(killAt: number, killAfter: number): { lifecycle: Lifecycle; killed: Promise<"killed"> } {
    let kill: (how: "killed") => void = () => {};
    const killed = new Promise<"killed">((resolve) => {
      kill = resolve;
    });
    const random = () => this.random.fraction();
    const { clock } = this;
    const module = this.#module(killAt, killAfter, kill);
    const lifecycle = new Lifecycle(module, {
      clock,
      random,
      scheduler: new Scheduler({ clock, random }),
      longestSeconds: async () => (this.needed === undefined ? undefined : this.needed / 1_000),
    });
    return { lifecycle, killed };
  }

  #module(killAt: number, killAfter: number, kill: (how: "killed") => void): CloudModule {
    const api = this.nimbus.api("z-1");
    const clock = { aheadMs: 0, dateAheadMs: 0 };
    let [calls, dead] = [0, false];
    /** Sends a call: it takes its time, may fail, and may be the last one of the process. */
    const send = async <T>(act: () => Promise<T>): Promise<T> => {
      if (dead) return new Promise(() => {});
      const dies = ++calls === killAt;
      if (dies && chance(this.random, 0.5)) return die();
      const [kind, happens] = pick(this.random, FAULTS);
      await this.clock.sleep(pick(this.random, [0, 0, 200, 2_000]));
      if (dead) return new Promise(() => {});
      const answer = happens ? await act() : undefined;
      if (dies) return die();
      // As the client does with the date of an answer.
      const ahead = Math.floor(this.cloudTime() / SECOND_MS) * SECOND_MS - this.clock.now();
      clock.aheadMs = Math.abs(ahead) < 5 * SECOND_MS ? 0 : ahead;
      if (kind) throw new CloudError({ operation: "Call", code: "Trouble", kind, message: "no luck" });
      return answer as T;
    };
    const die = (): Promise<never> => {
      dead = true;
      kill("killed");
      return new Promise(() => {});
    };
    if (killAfter < Number.POSITIVE_INFINITY) void this.clock.sleep(killAfter).then(die);
    const watched: CloudApi = {
      ...api,
      clock,
      group: (args) => send(() => api.group(args)),
      refreshes: (pool) => send(() => api.refreshes(pool)),
      source: { ...api.source, describe: (ids, signal) => send(() => api.source.describe(ids, signal)) },
      start: (args, token) => {
        const at = this.cloudTime();
        return send(() => this.#start(api, args, token, at));
      },
      cancel: (refresh) => {
        this.acts.push({ what: "cancel", at: this.cloudTime() });
        return send(() => api.cancel(refresh));
      },
    };
    return {
      ...nimbusModule(this.nimbus),
      idempotentStart: this.knowsTokens,
      connect: async () => watched,
    };
  }

  /** One at a time, and with tokens the same one for the same token. */
  async #start(api: CloudApi, args: Arguments, token: string, at: number): Promise<string | undefined> {
    const known = this.knowsTokens ? this.#tokens.get(token) : undefined;
    if (known) return known;
    if (this.isBusy()) throw new CloudError({ operation: "Roll", code: "Busy", kind: "final", message: "one runs" });
    this.acts.push({ what: "start", at });
    const id = await api.start(args, token);
    if (id !== undefined) this.#tokens.set(token, id);
    return id;
  }
}

/** Whether a call fails, and whether the cloud acts on it. */
const FAULTS: readonly (readonly [CloudError["kind"] | undefined, boolean])[] = [
  ...Array.from({ length: 16 }, () => [undefined, true] as const),
  ["throttled", false],
  ["passing", false],
  ["passing", true],
];

export async function simulateCase(seed: string, tally: Tally): Promise<void> {
  const random = createRandom(seed);
  const asked = windowCase(random);
  const mustFit = chance(random, 0.85);
  const isForecast = chance(random, 0.97);
  const longest = neededIn(random, asked);
  const ahead = pick(random, [0, 0, 0, HOUR_MS, -HOUR_MS, 7 * MINUTE_MS, -26 * HOUR_MS, 90 * SECOND_MS]);
  const begin = timeNear(random, asked);
  const world = new World(random, ahead, begin, isForecast ? longest : undefined, chance(random, 0.5));
  const needed = mustFit ? longest : 0;
  const oracle = new Oracle(asked.windows, asked.freezes, asked.around - 2 * DAY_MS, 9 * 24 * 60);
  if (ahead !== 0) tally.skewed++;
  if (chance(random, 0.15)) await world.clock.until(world.nimbus.api("z-1").start({ pool: POOL, image: "other" }, ""));
  // Another's refresh is done only when it is described: it may run for as long as the case.
  world.nimbus.length = pick(random, [1, 3, 8]);

  let image = 1;
  for (let deployment = pick(random, [1, 2, 2, 3, 4]); deployment > 0; deployment--) {
    const outside = pick(random, ["hold", "hold", "wait", "fail"] as const);
    const args = {
      ...argumentsOf(asked),
      pool: POOL,
      image: `v${image}`,
      outsideWindows: outside,
      onConflict: pick(random, ["wait", "cancel"] as const),
      ...(mustFit ? {} : { mustFit: false }),
    };
    await deploy({ seed, asked, world, oracle, needed, isKnown: !mustFit || isForecast, args, outside, tally });
    if (chance(random, 0.5)) image++;
    await world.clock.pass(Math.max(pick(random, [0, MINUTE_MS, 40 * MINUTE_MS]), later(random, world, asked)));
  }
}

/** Mostly the next deployment comes soon, sometimes near another hard time. */
function later(random: Random, world: World, asked: WindowCase): number {
  return chance(random, 0.6) ? timeNear(random, asked) - world.cloudTime() : 0;
}

interface Deployment {
  readonly seed: string;
  readonly asked: WindowCase;
  readonly world: World;
  readonly oracle: Oracle;
  readonly needed: number;
  /** Whether it is known how long the refresh takes, where that matters. */
  readonly isKnown: boolean;
  readonly args: Record<string, unknown>;
  readonly outside: "hold" | "wait" | "fail";
  readonly tally: Tally;
}

async function deploy({ seed, world, oracle, needed, isKnown, args, outside, tally }: Deployment): Promise<void> {
  const { random, clock } = world;
  const begin = world.cloudTime();
  const acted = world.acts.length;
  const wasBusy = world.isBusy();
  const timeoutSeconds = pick(random, [3_600, 12 * 3_600, 24 * 3_600]);
  const { lifecycle, killed } = world.process(
    chance(random, 0.25) ? random.integer(1, 9) : 0,
    chance(random, 0.1) ? random.integer(0, 12 * 60) * MINUTE_MS : Number.POSITIVE_INFINITY,
  );
  const call: Call = {
    urn: URN,
    settings: {},
    timeoutSeconds,
    signal: new AbortController().signal,
    progress: () => {},
    notice: () => {},
  };
  const outcome = await clock.until(Promise.race([killed, engine(lifecycle, world, args, call)]));
  const end = world.cloudTime();
  tally.deployments++;

  // A date in an answer tells the time by a second or so; without a wrong clock, the machine's own is exact.
  const slack = world.ahead === 0 ? 0 : CLOCK_SLACK_MS;
  const isAllowed = (at: number) => isKnown && oracle.allows(at, needed);
  const isChance = (at: number) => [at - slack, at, at + slack].every(isAllowed);
  const where = (at: number) =>
    `${seed}: ${new Date(at).toISOString()}, needs ${needed / MINUTE_MS} min, ${outside}, clock ahead ${world.ahead / SECOND_MS} s, ${JSON.stringify(args)}`;
  for (const { what, at } of world.acts.slice(acted)) {
    if (what === "start") tally.starts++;
    if (!isAllowed(at)) tally.breaches.push(`${what} ${where(at)}`);
  }
  if (outcome === "killed") {
    tally.killed++;
    return;
  }
  const isHeld = world.recorded?.properties.status === "Held" && outcome === "done";
  const isRefused = outcome instanceof RefreshError && outcome.code === "outsideWindow";
  if (outcome instanceof Error && !isRefused) {
    if (isExplained(outcome, end - begin >= timeoutSeconds * SECOND_MS)) tally.outOfTime++;
    else tally.failed.push(`failed ${outcome.message} ${where(begin)}`);
  }
  if (isHeld) tally.held++;
  if (isHeld && outside !== "hold") tally.wronglyHeld.push(`not as asked ${where(end)}`);
  if ((isHeld || (isRefused && outside === "fail")) && isChance(end))
    tally.wronglyHeld.push(`${isHeld ? "held" : "refused"} ${where(end)}`);
  if (outside !== "wait") return;
  const started = world.acts.slice(acted).find(({ what }) => what === "start")?.at;
  if (started !== undefined) {
    tally.waited++;
    // Another's refresh, or the one before, may have had to end first.
    if (!wasBusy && longestChance(begin, started, isChance) > 20) tally.late.push(`waited on ${where(begin)}`);
  }
  // It gives up only where there is no chance before its time is over.
  if (isRefused && longestChance(end, begin + timeoutSeconds * 1_000 - MINUTE_MS, isChance) > 0)
    tally.late.push(`gave up ${where(end)}`);
}

/** It waited for a window or for another's refresh, and its time was over before its own had ended; or its Start got no answer. */
function isExplained(error: Error, isLate: boolean): boolean {
  if (!(error instanceof RefreshError)) return false;
  const hasRun = error.code === "timedOut" && error.refreshId !== undefined;
  return (hasRun && isLate) || error.message.startsWith("It is not known whether the cloud started");
}

/** The most minutes in a row in which a refresh could have started. */
function longestChance(from: number, to: number, isChance: (at: number) => boolean): number {
  let [longest, row] = [0, 0];
  for (let at = from; at < to; at += MINUTE_MS) {
    row = isChance(at) ? row + 1 : 0;
    longest = Math.max(longest, row);
  }
  return longest;
}

/** What the engine does with a resource: create, replace, update; what a failure carries is kept. */
async function engine(lifecycle: Lifecycle, world: World, args: Arguments, call: Call): Promise<"done" | Error> {
  const before = world.recorded;
  try {
    if (!before) {
      world.recorded = await lifecycle.create(args, call);
      return "done";
    }
    const { replaces, updates } = lifecycle.diff(before, args, URN);
    if (replaces.length > 0) {
      world.recorded = await lifecycle.create(args, call);
      await lifecycle.delete(before, call);
    } else if (updates.length > 0) {
      world.recorded = { ...before, properties: await lifecycle.update(before, args, call) };
    }
    return "done";
  } catch (error) {
    if (!(error instanceof RefreshError)) throw error;
    if (error.partialState) world.recorded = error.partialState as Recorded;
    return error;
  }
}
