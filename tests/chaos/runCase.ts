/** Plays one case: prepares, lets the fault strike, lets it pass, runs the CLI once more, and judges by the emulator's own record. */
import { createEmulator, type Emulator } from "../../src/emulator";
import { TEST_CLOUDS } from "../clouds/lifecycleHarness";
import type { TestCloud } from "../clouds/testCloud";
import { settingsOf } from "../provider/pluginProtocol";
import { type Case, titleOf } from "./cases";
import { EngineResource, type UpOptions } from "./engineResource";
import type { Host, Properties } from "./host";
import { strike } from "./injectFault";
import { LONG, LONG_ELSEWHERE, type Operation, operations } from "./operations";
import type { DoorPool } from "./pool";

/** A run during which a fault goes on forever is given so much time, in seconds of the emulator. */
export const FAULTY_RUN_S = 900;

export interface Verdict {
  title: string;
  /** Refreshes that the emulator started for the resource. */
  started: number;
  /** Of those, the ones that the state has forgotten. */
  lost: number;
  /** Starts beyond one for each request. */
  doubled: number;
  /** What else is not as it should be; empty when all is well. */
  wrong: string[];
}

/** The stage of a case: an emulator of its own, a group, a resource, and hosts from the pool. */
export class Stage {
  readonly hosts = new Set<Host>();
  host!: Host;

  private constructor(
    readonly played: Case,
    readonly pool: DoorPool,
    readonly emulator: Emulator,
    readonly cloud: TestCloud,
    readonly group: string,
    readonly resource: EngineResource,
  ) {}

  static async set(played: Case, pool: DoorPool): Promise<Stage> {
    const emulator = await createEmulator({ speed: pool.options.speed, seed: titleOf(played) });
    const cloud = (TEST_CLOUDS[played.cloud] as (emulator: Emulator) => TestCloud)(emulator);
    const group = await cloud.createGroup(2);
    const resource = new EngineResource(played.host, played.cloud, group);
    const stage = new Stage(played, pool, emulator, cloud, group, resource);
    await stage.nextRun();
    return stage;
  }

  /** The host of the next run of the CLI: another process. */
  async nextRun(): Promise<void> {
    this.host = await this.pool.take(this.played.host, this.hosts);
    this.hosts.add(this.host);
    if (this.played.host === "plugin")
      await this.host.configure(settingsOf(this.played.cloud, this.cloud, this.emulator));
  }

  async clear(hurt: ReadonlySet<Host>): Promise<void> {
    for (const host of this.hosts) {
      if (hurt.has(host)) await host.kill();
      else this.pool.giveBack(host);
    }
    await this.emulator.close();
  }

  /** Arguments for an image; the dynamic host is told in them where the emulator is. */
  async argumentsFor(image: string, more: Properties = {}): Promise<Properties> {
    const { region, endpoint } = this.cloud.settings;
    const connection = this.played.host === "dynamic" ? { connection: { region, endpoint } } : {};
    return { ...(await this.cloud.argumentsFor(this.group, image)), ...connection, ...more };
  }

  long(): Properties {
    return LONG[this.played.cloud];
  }

  startElsewhere(image: string): Promise<string> {
    return this.cloud.startElsewhere(this.group, image, LONG_ELSEWHERE[this.played.cloud]);
  }

  up(args: Properties, options?: UpOptions): Promise<string | undefined> {
    return this.resource.up(this.host, args, options);
  }
}

export async function play(played: Case, pool: DoorPool): Promise<Verdict> {
  const stage = await Stage.set(played, pool);
  const hurt = new Set<Host>();
  try {
    const operation: Operation = operations[played.operation];
    const resume = await operation.prepare(stage);
    const before = refreshesOf(stage.emulator, stage.cloud, stage.group).length;
    const wrong = await strike(stage, operation, resume, hurt);
    stage.emulator.faultInjection.clear();
    await stage.nextRun();
    const failure = await operation.run(stage, resume, {});
    if (failure !== undefined) wrong.push(`the next run failed: ${failure}`);
    return judge(stage, operation, before, wrong);
  } catch (error) {
    throw new Error(`${titleOf(played)}: ${(error as Error).message}`, { cause: error });
  } finally {
    await stage.clear(hurt);
  }
}

function judge(stage: Stage, operation: Operation, before: number, wrong: string[]): Verdict {
  const refreshes = refreshesOf(stage.emulator, stage.cloud, stage.group);
  // Not the calls: in ESS a Start that is repeated with its token starts nothing.
  const started = refreshes.length - before;
  const statuses = refreshes.map(({ status }) => status);
  if (statuses.join() !== operation.statuses.join())
    wrong.push(`the cloud has ${statuses.join(", ")} instead of ${operation.statuses.join(", ")}`);
  const { recorded } = stage.resource;
  const newest = refreshes.at(-1);
  const isKnown = operation.endsRecorded ? recorded?.id === newest?.id : recorded === undefined;
  if (operation.endsRecorded && recorded?.outputs.status !== newest?.status)
    wrong.push(`the state says ${recorded?.outputs.status}, the cloud ${newest?.status}`);
  const doubled = Math.max(started - operation.starts, 0);
  return { title: titleOf(stage.played), started, lost: isKnown ? 0 : 1, doubled, wrong };
}

/** The emulator's own record of a group's refreshes, oldest first, by the ids that the state has. */
export function refreshesOf(emulator: Emulator, cloud: TestCloud, group: string): { id: string; status: string }[] {
  const found = emulator.world(cloud.settings.region as string).groups.get(`${cloud.service}/${group}`);
  const prefix = cloud.service === "autoscaling" ? `${group}/` : "";
  return (found?.refreshes ?? []).map(({ id, status }) => ({ id: prefix + id, status }));
}
