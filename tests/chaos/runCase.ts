/** Plays one case: prepares, lets the fault strike, lets it pass, runs the CLI once more, and judges by the emulator's own record. */
import { createEmulator, type Emulator } from "../../src/emulator";
import { TEST_CLOUDS } from "../clouds/life";
import type { TestCloud } from "../clouds/testCloud";
import { settingsOf } from "../provider/pluginProtocol";
import { type Case, titleOf } from "./cases";
import type { Door, Properties } from "./host";
import { strike } from "./injectFault";
import { ResourceLife, type UpOptions } from "./lifecycle";
import { LONG, LONG_ELSEWHERE, type Operation, operations } from "./operations";
import type { DoorPool } from "./pool";

/** A run during which a fault goes on for ever is given so much time, in seconds of the emulator. */
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

/** The stage of a case: an emulator of its own, a group, a resource, and doors from the pool. */
export class Stage {
  readonly doors = new Set<Door>();
  door!: Door;

  private constructor(
    readonly played: Case,
    readonly pool: DoorPool,
    readonly emulator: Emulator,
    readonly cloud: TestCloud,
    readonly group: string,
    readonly life: ResourceLife,
  ) {}

  static async set(played: Case, pool: DoorPool): Promise<Stage> {
    const emulator = await createEmulator({ speed: pool.options.speed, seed: titleOf(played) });
    const cloud = (TEST_CLOUDS[played.cloud] as (emulator: Emulator) => TestCloud)(emulator);
    const group = await cloud.createGroup(2);
    const life = new ResourceLife(played.door, played.cloud, group);
    const stage = new Stage(played, pool, emulator, cloud, group, life);
    await stage.nextRun();
    return stage;
  }

  /** The door of the next run of the CLI: another process. */
  async nextRun(): Promise<void> {
    this.door = await this.pool.take(this.played.door, this.doors);
    this.doors.add(this.door);
    if (this.played.door === "plugin")
      await this.door.configure(settingsOf(this.played.cloud, this.cloud, this.emulator));
  }

  async clear(hurt: ReadonlySet<Door>): Promise<void> {
    for (const door of this.doors) {
      if (hurt.has(door)) await door.kill();
      else this.pool.giveBack(door);
    }
    await this.emulator.close();
  }

  /** Arguments for an image; the dynamic door is told in them where the emulator is. */
  async argumentsFor(image: string, more: Properties = {}): Promise<Properties> {
    const { region, endpoint } = this.cloud.settings;
    const connection = this.played.door === "dynamic" ? { connection: { region, endpoint } } : {};
    return { ...(await this.cloud.argumentsFor(this.group, image)), ...connection, ...more };
  }

  long(): Properties {
    return LONG[this.played.cloud];
  }

  startElsewhere(image: string): Promise<string> {
    return this.cloud.startElsewhere(this.group, image, LONG_ELSEWHERE[this.played.cloud]);
  }

  up(args: Properties, options?: UpOptions): Promise<string | undefined> {
    return this.life.up(this.door, args, options);
  }
}

export async function play(played: Case, pool: DoorPool): Promise<Verdict> {
  const stage = await Stage.set(played, pool);
  const hurt = new Set<Door>();
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
  const { recorded } = stage.life;
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
