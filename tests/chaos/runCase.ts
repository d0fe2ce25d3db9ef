/** Runs one case: prepares, injects the fault, clears it, runs the CLI again, and counts from the emulator's own record. */
import { createEmulator, type Emulator } from "../../src/emulator";
import { TEST_CLOUDS } from "../clouds/lifecycleHarness";
import type { TestCloud } from "../clouds/testCloud";
import { settingsOf } from "../provider/pluginProtocol";
import {
  type AtNextRun,
  type CaseResult,
  type Listed,
  lostRefreshes,
  type OthersRefresh,
  repeatedStarts,
  takenFromOthers,
} from "./caseResult";
import { type Case, titleOf } from "./cases";
import { EngineResource, type UpOptions } from "./engineResource";
import type { Host, Properties } from "./host";
import { injectFault } from "./injectFault";
import { LONG, LONG_ELSEWHERE, type Operation, operations } from "./operations";
import type { HostPool } from "./pool";

/** A run during which a fault goes on forever is given so much time, in seconds of the emulator. */
export const FAULTY_RUN_S = 900;

/** What a case needs: an emulator of its own, a group, a resource, and hosts from the pool. */
export class CaseSetup {
  readonly hosts = new Set<Host>();
  host!: Host;
  readonly others: OthersRefresh[] = [];

  private constructor(
    readonly asked: Case,
    readonly pool: HostPool,
    readonly emulator: Emulator,
    readonly cloud: TestCloud,
    readonly group: string,
    readonly resource: EngineResource,
  ) {}

  static async create(asked: Case, pool: HostPool): Promise<CaseSetup> {
    const emulator = await createEmulator({ speed: pool.options.speed, seed: titleOf(asked) });
    const cloud = (TEST_CLOUDS[asked.cloud] as (emulator: Emulator) => TestCloud)(emulator);
    const group = await cloud.createGroup(2);
    const resource = new EngineResource(asked.host, asked.cloud, group);
    const setup = new CaseSetup(asked, pool, emulator, cloud, group, resource);
    await setup.nextRun();
    return setup;
  }

  /** The host of the next run of the CLI: another process. */
  async nextRun(): Promise<void> {
    this.host = await this.pool.take(this.asked.host, this.hosts);
    this.hosts.add(this.host);
    if (this.asked.host === "plugin")
      await this.host.configure(settingsOf(this.asked.cloud, this.cloud, this.emulator));
  }

  async close(unusable: ReadonlySet<Host>): Promise<void> {
    for (const host of this.hosts) {
      if (unusable.has(host)) await host.kill();
      else this.pool.giveBack(host);
    }
    await this.emulator.close();
  }

  /** Arguments for an image; the dynamic host is told in them where the emulator is. */
  async argumentsFor(image: string, more: Properties = {}): Promise<Properties> {
    const { region, endpoint } = this.cloud.settings;
    const connection = this.asked.host === "dynamic" ? { connection: { region, endpoint } } : {};
    return { ...(await this.cloud.argumentsFor(this.group, image)), ...connection, ...more };
  }

  long(): Properties {
    return LONG[this.asked.cloud];
  }

  /** Somebody else starts a refresh; what the program asks to be done with it. */
  async startElsewhere(image: string, asked: OthersRefresh["asked"], preferences?: Properties): Promise<string> {
    const id = await this.cloud.startElsewhere(this.group, image, preferences);
    this.others.push({ id, asked });
    return id;
  }

  longElsewhere(): Properties {
    return LONG_ELSEWHERE[this.asked.cloud];
  }

  /** The emulator's own record, oldest first. */
  refreshes(): Listed[] {
    return refreshesOf(this.emulator, this.cloud, this.group);
  }

  up(args: Properties, options?: UpOptions): Promise<string | undefined> {
    return this.resource.up(this.host, args, options);
  }
}

export async function runCase(asked: Case, pool: HostPool): Promise<CaseResult> {
  const setup = await CaseSetup.create(asked, pool);
  const unusable = new Set<Host>();
  try {
    const operation: Operation = operations[asked.operation];
    const resume = await operation.prepare(setup);
    const before = new Set(setup.refreshes().map(({ id }) => id));
    const wrong = await injectFault(setup, operation, resume, unusable);
    setup.emulator.faultInjection.clear();
    const atNextRun: AtNextRun = { refreshes: setup.refreshes(), recorded: setup.resource.recorded?.id };
    await setup.nextRun();
    const failure = await operation.run(setup, resume, {});
    if (failure !== undefined) wrong.push(`the next run failed: ${failure}`);
    return resultOf(setup, operation, before, atNextRun, wrong);
  } catch (error) {
    throw new Error(`${titleOf(asked)}: ${(error as Error).message}`, { cause: error });
  } finally {
    await setup.close(unusable);
  }
}

function resultOf(
  setup: CaseSetup,
  operation: Operation,
  before: ReadonlySet<string>,
  atNextRun: AtNextRun,
  wrong: string[],
): CaseResult {
  const refreshes = setup.refreshes();
  // Not the calls: in ESS a Start that is repeated with its token starts nothing. Others start theirs in the preparation.
  const ours = refreshes.filter(({ id }) => !before.has(id));
  const statuses = refreshes.map(({ status }) => status);
  if (statuses.join() !== operation.statuses.join())
    wrong.push(`the cloud has ${statuses.join(", ")} instead of ${operation.statuses.join(", ")}`);
  const { recorded } = setup.resource;
  const newest = refreshes.at(-1);
  if (operation.endsRecorded && recorded?.outputs.status !== newest?.status)
    wrong.push(`the state says ${recorded?.outputs.status}, the cloud ${newest?.status}`);
  if (!operation.endsRecorded && recorded !== undefined) wrong.push(`the state still holds ${recorded.id}`);
  const { cloud, host, operation: name, fault } = setup.asked;
  // The state must hold the newest one of the request; an older one may be forgotten only when it has ended.
  const held = operation.endsRecorded ? newest?.id : undefined;
  const surplus = operation.starts === 0 ? ours.length : 0;
  const { doubled, limit } = repeatedStarts(ours, atNextRun);
  return {
    title: titleOf(setup.asked),
    dimensions: { cloud, host, operation: name, fault: fault.kind },
    started: ours.length,
    lost: lostRefreshes(ours, recorded?.id, held),
    doubled: Math.max(doubled, surplus),
    taken: takenFromOthers(setup.others, refreshes, [atNextRun.recorded, recorded?.id]),
    limit,
    wrong,
  };
}

/** The emulator's own record of a group's refreshes, oldest first, by the ids that the state has. */
export function refreshesOf(emulator: Emulator, cloud: TestCloud, group: string): Listed[] {
  const found = emulator.world(cloud.settings.region as string).groups.get(`${cloud.service}/${group}`);
  const prefix = cloud.service === "autoscaling" ? `${group}/` : "";
  return (found?.refreshes ?? []).map(({ id, status, startTime, endTime }) => ({
    id: prefix + id,
    status,
    startTime,
    endTime,
  }));
}
