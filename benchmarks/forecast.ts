/**
 * How true forecasts are: refreshes, drawn from a seed, of groups that the emulator has launched and refreshed before; 300 of
 * them would tell the share to within two percent only. Each is forecast as a user would have it, from what the cloud's API
 * describes, then started, and played by the emulator with launch times, failures and scaling of its own. That is
 * consistency: the emulator and the forecast share the model of how a refresh proceeds, and a real service may proceed
 * otherwise.
 *
 *     node -r ./tools/typescript.cjs benchmarks/forecast.ts [refreshes] [seed]
 */
import { forecastOf } from "../src/app/forecasts";
import { lifecycleOf } from "../src/app/lifecycles";
import type { CloudKey } from "../src/clouds";
import type { Arguments, ConnectionSettings } from "../src/core/cloud";
import { createEmulator, type Emulator } from "../src/emulator";
import { setDesiredCapacity } from "../src/simulation/capacity";
import type { Group } from "../src/simulation/model";
import { createRandom, type Random } from "../src/simulation/random";

/** What is drawn for one group and its refreshes; a forecast sees what the cloud tells of them. */
interface Drawn {
  readonly cloud: CloudKey;
  readonly name: string;
  readonly size: number;
  readonly warmupSeconds: number;
  readonly launchSeconds: readonly [least: number, most: number];
  /** Instances that the group has launched by itself, the others are of long ago. */
  readonly launched: number;
  /** Refreshes that it has been through, disturbed like any other. */
  readonly earlier: readonly DrawnRefresh[];
  readonly refresh: DrawnRefresh;
}

interface DrawnRefresh {
  readonly min: number;
  readonly max: number | undefined;
  readonly checkpoints: readonly number[] | undefined;
  readonly pauseMinutes: number;
  readonly bakeSeconds: number;
  /** How many launches never become healthy, and how likely each is one of them; undefined: as many as chance wants. */
  readonly unhealthy: { readonly rate: number; readonly remaining: number | undefined } | undefined;
  /** Seconds after the start, and the change of the desired capacity. */
  readonly scaling: readonly (readonly [at: number, change: number])[];
}

export interface Outcome {
  readonly drawn: Drawn;
  readonly successful: boolean;
  readonly expectedSeconds: number;
  readonly seconds: number;
  readonly inRange: boolean;
  /** Capacity fell below what was promised, without what its owner had scaled in. */
  readonly overPromised: boolean;
}

/**
 * How much goes wrong. `usual`: one of five refreshes has one to three launches that never become healthy, and one of five
 * is scaled once, by a tenth at most. `hard`: half of them have a share of up to 5 % of bad launches from the beginning
 * to the end, and three of ten are scaled up to three times, by a fifth each.
 */
export type Disturbance = "usual" | "hard";

export async function outcomes(count: number, seed: string, disturbance: Disturbance): Promise<Outcome[]> {
  const measured: Outcome[] = [];
  for (let index = 0; index < count; index++) {
    const name = `${seed} ${disturbance} ${index}`;
    // One each: an emulator brings all its groups to its clock with every call.
    const emulator = await createEmulator({ speed: 0, startTime: Date.UTC(2026, 0, 1), seed: name });
    try {
      measured.push(await new Stage(emulator, draw(createRandom(name), disturbance, index)).outcome());
    } finally {
      await emulator.close();
    }
  }
  return measured;
}

function draw(random: Random, disturbance: Disturbance, index: number): Drawn {
  const cloud = random.fraction() < 0.5 ? "ess" : "autoscaling";
  const size = Math.ceil(200 ** random.fraction()) + 1;
  const least = random.integer(20, 150);
  const refresh = () => drawRefresh(random, cloud, size, disturbance);
  return {
    cloud,
    name: `asg-${index}`,
    size,
    warmupSeconds: cloud === "ess" ? 0 : random.integer(0, 300),
    launchSeconds: [least, least + random.integer(0, least)],
    launched: random.fraction() < 0.2 ? Math.min(size, random.integer(3, 5)) : size,
    earlier: Array.from({ length: random.integer(0, 3) }, refresh),
    refresh: refresh(),
  };
}

function drawRefresh(random: Random, cloud: CloudKey, size: number, disturbance: Disturbance): DrawnRefresh {
  const min = random.integer(50, 100);
  return {
    min,
    max: random.fraction() < 0.3 ? undefined : random.integer(100, Math.min(200, min + 100)),
    checkpoints: random.fraction() < 0.3 ? [random.integer(5, 40), random.integer(41, 90), 100] : undefined,
    pauseMinutes: random.integer(1, 30),
    bakeSeconds: cloud === "autoscaling" && random.fraction() < 0.2 ? random.integer(60, 1800) : 0,
    unhealthy: drawUnhealthy(random, disturbance),
    scaling: random.fraction() < (disturbance === "usual" ? 0.2 : 0.3) ? drawScaling(random, size, disturbance) : [],
  };
}

function drawUnhealthy(random: Random, disturbance: Disturbance): DrawnRefresh["unhealthy"] {
  if (disturbance === "usual") {
    return random.fraction() < 0.2 ? { rate: 0.1, remaining: random.integer(1, 3) } : undefined;
  }
  return random.fraction() < 0.5 ? { rate: random.fraction() * 0.05, remaining: undefined } : undefined;
}

function drawScaling(random: Random, size: number, disturbance: Disturbance): [number, number][] {
  const [times, share] = disturbance === "usual" ? [1, 0.1] : [random.integer(1, 3), 0.2];
  const most = Math.max(1, Math.floor(size * share));
  return Array.from({ length: times }, (): [number, number] => [
    random.integer(30, 1800),
    random.integer(1, most) * (random.fraction() < 0.5 ? -1 : 1),
  ]).sort(([a], [b]) => a - b);
}

/** Longer than anything that is not a refresh takes. */
const REST_MS = 2 * 3_600_000;

/** One group in the emulator, and what happens to it. */
class Stage {
  readonly #emulator: Emulator;
  readonly #drawn: Drawn;
  readonly #settings: ConnectionSettings;
  #images = 0;

  constructor(emulator: Emulator, drawn: Drawn) {
    this.#emulator = emulator;
    this.#drawn = drawn;
    const { url: endpoint, accessKeyId, secretAccessKey } = emulator;
    const region = drawn.cloud === "ess" ? "cn-hangzhou" : "eu-west-1";
    this.#settings = { region, endpoint, credentials: { accessKeyId, secretAccessKey } };
  }

  async outcome(): Promise<Outcome> {
    const { size, launched, earlier, refresh } = this.#drawn;
    await this.#createGroup(size - launched);
    setDesiredCapacity(this.#group, size);
    this.#emulator.clock.advance(REST_MS);
    for (const before of earlier) {
      await this.#play(before, this.#argumentsOf(before));
      // What its owner had changed is put back before the next one.
      setDesiredCapacity(this.#group, size);
      this.#emulator.clock.advance(REST_MS);
    }
    const args = this.#argumentsOf(refresh);
    const forecast = (await forecastOf(this.#drawn.cloud, args, this.#settings))?.forecast;
    if (!forecast) throw new Error(`There is no forecast for ${this.#drawn.name}.`);
    const { expected, least, most } = forecast.duration;
    const { seconds, ...played } = await this.#play(refresh, args, forecast.lowestReady);
    const inRange = seconds >= least && seconds <= most;
    return { drawn: this.#drawn, expectedSeconds: expected, seconds, inRange, ...played };
  }

  /** The group as the model has it, brought to the emulator's clock. */
  get #group(): Group {
    const { cloud, name } = this.#drawn;
    const group = this.#emulator.world(this.#settings.region as string).groups.get(`${cloud}/${name}`);
    if (!group) throw new Error(`There is no group ${name}.`);
    return group;
  }

  #image(version: number): string {
    return `slow-${this.#drawn.launchSeconds.join("to")}-v${version}`;
  }

  async #createGroup(running: number): Promise<void> {
    const { cloud, name, size, warmupSeconds, earlier } = this.#drawn;
    const { region } = this.#settings;
    const capacity = { MinSize: 0, MaxSize: 2 * size, DesiredCapacity: running };
    const specification =
      cloud === "ess"
        ? {
            ScalingGroupId: name,
            ScalingConfiguration: { ImageId: `m-${this.#image(0)}`, InstanceType: "ecs.g7.large" },
          }
        : {
            AutoScalingGroupName: name,
            DefaultInstanceWarmup: warmupSeconds,
            LaunchTemplate: { LaunchTemplateName: name, Version: "1" },
            LaunchTemplateVersions: Array.from({ length: earlier.length + 2 }, (_, version) => ({
              ImageId: `ami-${this.#image(version)}`,
              InstanceType: "m5.large",
            })),
          };
    const response = await fetch(`${this.#emulator.url}/_emulator/groups`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([{ service: cloud, region, ...capacity, ...specification }]),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  #argumentsOf({ min, max, checkpoints, pauseMinutes, bakeSeconds }: DrawnRefresh): Arguments {
    const { cloud, name } = this.#drawn;
    this.#images++;
    const bounds = { minHealthyPercentage: min, ...(max === undefined ? {} : { maxHealthyPercentage: max }) };
    if (cloud === "ess") {
      return {
        scalingGroupId: name,
        desiredConfigurationImageId: `m-${this.#image(this.#images)}`,
        skipMatching: false,
        ...bounds,
        ...(checkpoints && {
          checkpoints: checkpoints.map((percentage) => ({ percentage })),
          checkpointPauseTime: pauseMinutes,
        }),
      };
    }
    return {
      autoscalingGroupName: name,
      desiredConfiguration: { launchTemplate: { name, version: String(this.#images + 1) } },
      preferences: {
        ...bounds,
        ...(checkpoints && { checkpointPercentages: checkpoints, checkpointDelay: String(60 * pauseMinutes) }),
        ...(bakeSeconds && { bakeTime: String(bakeSeconds) }),
      },
    };
  }

  async #play(
    { unhealthy, scaling }: DrawnRefresh,
    args: Arguments,
    promised = 0,
  ): Promise<Pick<Outcome, "successful" | "seconds" | "overPromised">> {
    const { clock } = this.#emulator;
    const { cloud } = await lifecycleOf(this.#drawn.cloud);
    const api = await cloud.connect(this.#settings);
    const group = this.#group;
    let overPromised = false;
    let scaledIn = 0;
    group.unhealthyLaunches = unhealthy && { ...unhealthy };
    group.observe = ({ ready }) => {
      // What the owner scales in is not taken by the refresh; what is scaled out was never promised.
      if (ready < promised - scaledIn) overPromised = true;
    };
    await api.start(args, `${this.#drawn.name} ${this.#images}`);
    const refresh = group.refreshes.at(-1);
    if (!refresh) throw new Error(`No refresh of ${this.#drawn.name} was started.`);
    for (const [at, change] of scaling) {
      clock.advance(Math.max(0, refresh.startTime + at * 1000 - clock.now()));
      if (this.#group.refreshes.at(-1)?.endTime !== undefined) continue;
      if (change < 0) scaledIn -= change;
      setDesiredCapacity(group, Math.max(1, group.desiredCapacity + change));
    }
    while (this.#group.refreshes.at(-1)?.endTime === undefined) clock.advance(REST_MS);
    group.observe = undefined;
    group.unhealthyLaunches = undefined;
    const { status, startTime, endTime = Number.NaN } = refresh;
    return { successful: status === "Successful", seconds: (endTime - startTime) / 1000, overPromised };
  }
}

/** Of those that were successful, the share whose duration was forecast within so much. */
export function shareWithin(all: readonly Outcome[], tolerance: number): number {
  const ended = all.filter(({ successful }) => successful);
  return (
    ended.filter((each) => Math.abs(each.expectedSeconds - each.seconds) <= tolerance * each.seconds).length /
    ended.length
  );
}

export function isUndisturbed({ drawn: { refresh } }: Outcome): boolean {
  return refresh.unhealthy === undefined && refresh.scaling.length === 0;
}

function report(all: readonly Outcome[]): string[] {
  const ended = all.filter(({ successful }) => successful);
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const line = (name: string, isCounted: (outcome: Outcome) => boolean) => {
    const some = ended.filter(isCounted);
    const inRange = some.filter((each) => each.inRange).length / some.length;
    return `${name}: ${some.length} successful; duration within 15 %: ${percent(shareWithin(some, 0.15))}; in the range given: ${percent(inRange)}`;
  };
  return [
    `${all.length} refreshes, ${ended.length} successful; lowest capacity over-promised: ${all.filter(({ overPromised }) => overPromised).length}`,
    line("all", () => true),
    line("undisturbed", isUndisturbed),
    line("with unhealthy launches", ({ drawn }) => drawn.refresh.unhealthy !== undefined),
    line("scaled meanwhile", ({ drawn }) => drawn.refresh.scaling.length > 0),
    line("autoscaling", ({ drawn }) => drawn.cloud === "autoscaling"),
    line("ess", ({ drawn }) => drawn.cloud === "ess"),
    line("ess, never refreshed before", ({ drawn }) => drawn.cloud === "ess" && drawn.earlier.length === 0),
    line("ess, refreshed before", ({ drawn }) => drawn.cloud === "ess" && drawn.earlier.length > 0),
  ];
}

if (require.main === module) {
  const main = async () => {
    const [count = "2400", seed = "benchmark"] = process.argv.slice(2);
    for (const disturbance of ["usual", "hard"] as const) {
      console.log(`${disturbance} disturbances`);
      for (const line of report(await outcomes(Number(count), seed, disturbance))) console.log(`  ${line}`);
    }
  };
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
