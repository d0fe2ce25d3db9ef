/**
 * Which refresh is ours: a run is killed, others act, and the program runs again. What the program says × when the run was
 * killed × whether the refresh has ended since × what others did × cloud × host. What must come of it is worked out here from
 * the rules of docs/concepts.md, not by the code under test.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { createEmulator, type Emulator } from "../../src/emulator";
import { TEST_CLOUDS } from "../clouds/lifecycleHarness";
import type { TestCloud } from "../clouds/testCloud";
import type { CloudName } from "../provider/pluginProtocol";
import { settingsOf } from "../provider/pluginProtocol";
import { type CaseResult, type Listed, lostRefreshes, takenFromOthers } from "./caseResult";
import { EngineResource } from "./engineResource";
import type { Host, HostName, Properties } from "./host";
import type { HostPool } from "./pool";
import { PROGRAMS, type Program } from "./programs";
import { refreshesOf } from "./runCase";

const KILLS = {
  "before its Start": false,
  "at its Start": true,
  "with its engine, at its Start": true,
  "before the state was written": true,
} as const;

const OTHERS = ["nothing", "an equal refresh", "a different refresh", "a superset", "a new template version"] as const;
const SINCE = ["runs", "has ended"] as const;

export interface AdoptionCase {
  readonly cloud: CloudName;
  readonly host: HostName;
  readonly program: string;
  readonly killed: keyof typeof KILLS;
  readonly since: (typeof SINCE)[number];
  readonly others: (typeof OTHERS)[number];
}

/** A refresh that never began has not ended either. */
export function adoptionCases(): AdoptionCase[] {
  return (["ess", "autoscaling"] as const).flatMap((cloud) =>
    Object.keys(PROGRAMS[cloud]).flatMap((program) =>
      (["dynamic", "plugin"] as const).flatMap((host) =>
        (Object.keys(KILLS) as (keyof typeof KILLS)[]).flatMap((killed) =>
          (KILLS[killed] ? SINCE : (["runs"] as const)).flatMap((since) =>
            OTHERS.map((others) => ({ cloud, host, program, killed, since, others })),
          ),
        ),
      ),
    ),
  );
}

export function adoptionTitle({ cloud, host, program, killed, since, others }: AdoptionCase): string {
  const state = KILLS[killed] ? `; it ${since}` : "";
  return `${cloud} ${host} killed ${killed}, ${program}${state}; others: ${others}`;
}

interface Expected {
  /** Whose refresh the state holds at the end: of the killed run, of somebody else, or of the second run. */
  readonly recorded: "first" | "other" | "second";
  /** The stated limit: it ended before it was recorded, so the second run starts another. */
  readonly isLimit: boolean;
}

function expectedOf({ cloud, program, killed, since, others }: AdoptionCase): Expected {
  const kind = PROGRAMS[cloud][program];
  if (!kind) throw new Error(`There is no program "${program}".`);
  const isStarted = KILLS[killed];
  if (others === "an equal refresh") return { recorded: "other", isLimit: false };
  if (others === "a different refresh" || others === "a superset") return { recorded: "second", isLimit: isStarted };
  if (!isStarted) return { recorded: "second", isLimit: false };
  if (since === "has ended") {
    return kind.isExplicit ? { recorded: "first", isLimit: false } : { recorded: "second", isLimit: true };
  }
  // ESS recognises its token, whatever `Latest` stands for.
  const isAnother = others === "a new template version" && kind.floats && cloud === "autoscaling";
  return { recorded: isAnother ? "second" : "first", isLimit: false };
}

/** A call of the second run that comes after it has decided: now it waits. */
const DECIDED_AFTER_CALLS = 4;
const DAY_MS = 86_400_000;

export async function runAdoptionCase(asked: AdoptionCase, pool: HostPool): Promise<CaseResult> {
  const emulator = await createEmulator({ speed: pool.options.speed, seed: adoptionTitle(asked) });
  const hosts = new Set<Host>();
  const unusable = new Set<Host>();
  try {
    const cloud = (TEST_CLOUDS[asked.cloud] as (emulator: Emulator) => TestCloud)(emulator);
    const kind = PROGRAMS[asked.cloud][asked.program];
    if (!kind) throw new Error(`There is no program "${asked.program}".`);
    const program = await kind.prepare(cloud);
    const nextHost = async () => {
      const host = await pool.take(asked.host, hosts);
      hosts.add(host);
      if (asked.host === "plugin") await host.configure(settingsOf(asked.cloud, cloud, emulator));
      return host;
    };
    const resource = new EngineResource(asked.host, asked.cloud, program.group);
    const { region, endpoint } = cloud.settings;
    const connection = asked.host === "dynamic" ? { connection: { region, endpoint } } : {};
    const args = { ...program.args, ...connection, waitForCompletion: false };

    await killedRun(asked, emulator, resource, args, await nextHost(), unusable);
    const refreshes = () => refreshesOf(emulator, cloud, program.group);
    const first = refreshes()[0]?.id;
    if ((first !== undefined) !== KILLS[asked.killed]) throw new Error("the preparation failed");
    if (asked.since === "has ended" && first !== undefined) emulator.clock.advance(5 * DAY_MS);
    const other = await actOfOthers(asked, cloud, program, refreshes);

    const failure = await secondRun(emulator, cloud, resource, args, await nextHost());
    return resultOf(asked, { first, other, failure, recorded: resource.recorded?.id, refreshes: refreshes() });
  } catch (error) {
    throw new Error(`${adoptionTitle(asked)}: ${(error as Error).message}`, { cause: error });
  } finally {
    for (const host of hosts) {
      if (unusable.has(host)) await host.kill();
      else pool.giveBack(host);
    }
    await emulator.close();
  }
}

/** How long the answer is held back while the process is killed, in real time; a killed engine's host gets none. */
const HELD_BACK_MS = 150;
const NEVER_MS = 60_000;
/** Time to wait of a run, in seconds of the emulator: enough on a machine that does a lot beside. */
const LONG_RUN_S = 40_000_000;

async function killedRun(
  { cloud, killed }: AdoptionCase,
  emulator: Emulator,
  resource: EngineResource,
  args: Properties,
  host: Host,
  unusable: Set<Host>,
): Promise<void> {
  if (killed === "before the state was written") {
    const failure = await resource.up(host, args);
    if (failure !== undefined) throw new Error(`the first run failed: ${failure}`);
    resource.recorded = undefined;
    return;
  }
  const operation = killed === "before its Start" ? "DescribeInstanceRefreshes" : "StartInstanceRefresh";
  const isEngine = killed === "with its engine, at its Start";
  unusable.add(host);
  const { faultInjection } = emulator;
  const delayMilliseconds = isEngine ? NEVER_MS : HELD_BACK_MS;
  faultInjection.add({ operations: [`${cloud}:${operation}`], kind: "Slow", count: 1, delayMilliseconds });
  let isOver = false;
  const run = resource.up(host, args, { timeout: LONG_RUN_S }).finally(() => {
    isOver = true;
  });
  while (!isOver && faultInjection.list()[0]?.hit === 0) await sleep(2);
  if (isOver) throw new Error(`the first run ended before it was killed: ${await run}`);
  if (isEngine) host.engine.kill();
  else await host.kill();
  await run;
  await host.exited();
  faultInjection.clear();
  resource.recorded = undefined;
}

/** Others stop what runs, and start what they want; the id of theirs. */
async function actOfOthers(
  { others, cloud: name }: AdoptionCase,
  cloud: TestCloud,
  program: Program,
  refreshes: () => Listed[],
): Promise<string | undefined> {
  if (others === "nothing") return undefined;
  if (others === "a new template version") {
    // The refresh of the killed run began before.
    await cloud.pass(60_000);
    await program.newVersion();
    return undefined;
  }
  const [running] = refreshes();
  if (running && running.endTime === undefined) {
    await cloud.cancelElsewhere(program.group, running.id);
    await cloud.pass(3_600_000);
  }
  const parameters = { "an equal refresh": program.equal, "a superset": program.superset }[others as string];
  const started = await cloud.call("StartInstanceRefresh", parameters ?? program.different);
  const answer = started as unknown as {
    InstanceRefreshTaskId?: string;
    StartInstanceRefreshResult?: { InstanceRefreshId: string };
  };
  return name === "ess"
    ? answer.InstanceRefreshTaskId
    : `${program.group}/${answer.StartInstanceRefreshResult?.InstanceRefreshId}`;
}

/** The next `pulumi up`. Once it has decided to wait for somebody, days pass. */
async function secondRun(
  emulator: Emulator,
  cloud: TestCloud,
  resource: EngineResource,
  args: Properties,
  host: Host,
): Promise<string | undefined> {
  const before = emulator.requests.length;
  let isOver = false;
  const run = resource.up(host, args, { timeout: LONG_RUN_S }).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const calls = emulator.requests.slice(before).filter(({ operation }) => operation === "DescribeInstanceRefreshes");
    if (calls.length >= DECIDED_AFTER_CALLS) {
      await cloud.pass(DAY_MS);
    }
    await sleep(20);
  }
  return run;
}

/** What the rules say of a refresh of somebody else, by whose refresh the state holds in the end. */
const OTHERS_ASKED = { first: "nothing", second: "nothing", other: "adopt" } as const;

interface Seen {
  readonly first: string | undefined;
  readonly other: string | undefined;
  readonly failure: string | undefined;
  readonly recorded: string | undefined;
  readonly refreshes: readonly Listed[];
}

function resultOf(asked: AdoptionCase, { first, other, failure, recorded, refreshes }: Seen): CaseResult {
  const expected = expectedOf(asked);
  const ours = refreshes.filter(({ id }) => id !== other);
  const second = ours.find(({ id }) => id !== first)?.id;
  const names = new Map([
    [first, "first"],
    [other, "other"],
    [second, "second"],
  ]);
  const seen = recorded === undefined ? "nothing" : (names.get(recorded) ?? recorded);
  const wrong: string[] = [];
  if (failure !== undefined) wrong.push(`the second run failed: ${failure}`);
  if (seen !== expected.recorded) wrong.push(`the state holds ${seen} instead of ${expected.recorded}`);
  const starts = (first === undefined ? 0 : 1) + (expected.recorded === "second" ? 1 : 0);
  const others = other === undefined ? [] : [{ id: other, asked: OTHERS_ASKED[expected.recorded] }];
  return {
    title: adoptionTitle(asked),
    dimensions: {
      cloud: asked.cloud,
      host: asked.host,
      "the program says": `${asked.cloud}: ${asked.program}`,
      "the run was killed": asked.killed,
      "its refresh": KILLS[asked.killed] ? asked.since : "never began",
      "others start": asked.others,
    },
    started: ours.length,
    lost: lostRefreshes(ours, recorded),
    doubled: Math.max(0, ours.length - starts),
    taken: takenFromOthers(others, refreshes, [recorded]),
    limit: expected.isLimit && second !== undefined ? 1 : 0,
    wrong,
  };
}
