/**
 * How fast the simulation and the emulator are, on this machine: `node -r ./tools/typescript.cjs benchmarks/simulation.ts`.
 * Prints a table; fails nothing, because a figure of a busy machine is no fault of the code.
 */
import { createEmulator } from "../src/emulator";
import { advance } from "../src/simulation/advance";
import { createGroup } from "../src/simulation/createGroup";
import type { Configuration, Preferences } from "../src/simulation/model";
import { startRefresh } from "../src/simulation/refresh";
import { autoScalingRules, essRules, type Rules } from "../src/simulation/rules";
import { essClient } from "../tests/emulator/essClient";
import { type Figure, median } from "./figures";

const day = 86_400_000;
const repeats = 5;

function configuration(key: string): Configuration {
  return { key, healthy: true, launchSeconds: [20, 90], instanceTypes: [{ name: "m5.large", weight: 1 }] };
}

/** Milliseconds to refresh a group from its start to its end. */
function refresh(rules: Rules, size: number, preferences: Preferences): number {
  const group = createGroup({
    id: "web",
    rules,
    now: 0,
    seed: "benchmark",
    minSize: 0,
    maxSize: 2 * size,
    desiredCapacity: size,
    configuration: configuration("before"),
    running: true,
  });
  const begin = performance.now();
  const { progress } = startRefresh(group, { id: "refresh", preferences, desired: configuration("after") });
  advance(group, 13 * day);
  if (progress.updated !== size) throw new Error(`Only ${progress.updated} of ${size} were replaced.`);
  return performance.now() - begin;
}

/** Milliseconds that the vendor's client takes for one Describe, while every group is being refreshed. */
async function describe(groups: number): Promise<number[]> {
  const names = Array.from({ length: groups }, (_, index) => `asg-${index}`);
  const emulator = await createEmulator({
    speed: 60,
    groups: names.map((ScalingGroupId) => ({
      service: "ess",
      ScalingGroupId,
      DesiredCapacity: 100,
      ScalingConfiguration: { ImageId: "m-1", InstanceType: "ecs.g7.large" },
    })),
  });
  try {
    const call = essClient(emulator);
    for (const ScalingGroupId of names) {
      await call("StartInstanceRefresh", { ScalingGroupId, DesiredConfiguration: { ImageId: "m-2" } });
    }
    const times: number[] = [];
    for (let round = 0; round < repeats; round++) {
      for (const ScalingGroupId of names) {
        const begin = performance.now();
        await call("DescribeInstanceRefreshes", { ScalingGroupId });
        times.push(performance.now() - begin);
      }
    }
    return times;
  } finally {
    await emulator.close();
  }
}

function quantile(times: readonly number[], share: number): string {
  const sorted = [...times].sort((left, right) => left - right);
  return `${(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(1)} ms`;
}

async function main(): Promise<void> {
  const wide = { minHealthyPercentage: 90, maxHealthyPercentage: 110 };
  const narrow = { minHealthyPercentage: 99, maxHealthyPercentage: 100, checkpoints: [20, 50, 100] };
  const rows: (readonly [string, readonly number[]])[] = [];
  for (const size of [1_000, 10_000, 100_000]) {
    for (const [name, rules, preferences] of [
      ["autoscaling, 90 to 110 percent", autoScalingRules, wide],
      ["autoscaling, 99 to 100 percent, checkpoints", autoScalingRules, narrow],
      ["ess, its defaults", essRules, {}],
    ] as const) {
      rows.push([
        `${size} instances, ${name}`,
        Array.from({ length: repeats }, () => refresh(rules, size, preferences)),
      ]);
    }
  }
  rows.push(["Describe over HTTP, 100 groups of 100 being refreshed", await describe(100)]);
  console.log("| what | median | 95th percentile |\n|---|---|---|");
  for (const [what, times] of rows) console.log(`| ${what} | ${quantile(times, 0.5)} | ${quantile(times, 0.95)} |`);
}

/** Figure 7: how many instances a second of machine time refreshes, and whether its cost grows with their number only. */
export async function simulation(): Promise<Figure[]> {
  const sizes = [100, 1_000, 10_000, 100_000];
  // Node compiles what it meets for the first time.
  refresh(essRules, 1_000, {});
  const perSecond = sizes.map((size) => {
    // Small ones are over too soon to be timed once.
    const times = Array.from({ length: Math.max(repeats, 2_000 / size) }, () => refresh(essRules, size, {}));
    return { size, rate: size / (median(times) / 1000) };
  });
  const [thousand, most] = [perSecond[1], perSecond.at(-1)].map((each) => each?.rate ?? Number.NaN) as [number, number];
  return [
    ...perSecond.map(({ size, rate }) => ({
      name: `simulation of ${size} instances`,
      measured: rate,
      unit: "instances refreshed in a second",
      holds: true,
    })),
    {
      name: "simulation: cost of an instance among 100000, over that among 1000",
      measured: thousand / most,
      goal: "at most 2",
      unit: "ratio",
      holds: thousand / most <= 2,
    },
  ];
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
