/** Figure 8: how soon the emulator listens, and how it answers with 10,000 groups of ten instances each. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { createEmulator } from "../src/emulator";
import { essClient } from "../tests/emulator/essClient";
import { type Depth, type Figure, median, quantile } from "./figures";
import { inTurns } from "./paired";

const ROOT = resolve(__dirname, "..");
const GROUPS = 10_000;
const INSTANCES = 10;
/** Groups that are refreshed meanwhile, and described. */
const REFRESHED = 500;
const GOALS = { start: 150, describe: 2 };
const MEGABYTE = 1024 ** 2;

export async function emulator(depth: Depth): Promise<Figure[]> {
  return [...(await starts(depth === "quick" ? 5 : 11)), ...(await describes(depth === "quick" ? 1 : 4))];
}

async function starts(rounds: number): Promise<Figure[]> {
  const commands = { node: ["-e", "console.log()"], emulator: [join(ROOT, "bin/instance-refresh"), "emulator"] };
  const measured = await inTurns(["node", "emulator"], rounds, (name) => firstLine(commands[name]));
  const start = median(measured.emulator);
  return [
    {
      name: "a bare Node process, from its start to its first line",
      measured: median(measured.node),
      unit: "ms",
      holds: true,
    },
    atMost("the emulator, from its start until it listens", start, GOALS.start, "ms"),
  ];
}

/** Milliseconds until a process prints its first line. */
async function firstLine(args: readonly string[]): Promise<number> {
  const begin = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  await once(child.stdout, "data");
  const milliseconds = performance.now() - begin;
  child.kill();
  await ended;
  return milliseconds;
}

async function describes(rounds: number): Promise<Figure[]> {
  const names = Array.from({ length: GROUPS }, (_, index) => `asg-${index}`);
  const before = process.memoryUsage().rss;
  const begin = performance.now();
  const running = await createEmulator({
    speed: 60,
    groups: names.map((ScalingGroupId) => ({
      service: "ess",
      ScalingGroupId,
      DesiredCapacity: INSTANCES,
      ScalingConfiguration: { ImageId: "m-1", InstanceType: "ecs.g7.large" },
    })),
  });
  try {
    const made = performance.now() - begin;
    const call = essClient(running);
    for (const ScalingGroupId of names.slice(0, REFRESHED)) {
      await call("StartInstanceRefresh", { ScalingGroupId, DesiredConfiguration: { ImageId: "m-2" } });
    }
    const times: number[] = [];
    for (let index = 0; index < rounds * REFRESHED; index++) {
      const before = performance.now();
      await call("DescribeInstanceRefreshes", { ScalingGroupId: names[index % REFRESHED] });
      times.push(performance.now() - before);
    }
    const what = `${GROUPS} groups with ${GROUPS * INSTANCES} instances`;
    return [
      { name: `${what}: the emulator makes them`, measured: made, unit: "ms", holds: true },
      { name: `${what}: memory`, measured: (process.memoryUsage().rss - before) / MEGABYTE, unit: "MB", holds: true },
      atMost(
        `${what}, ${REFRESHED} refreshed: a describe with the vendor's client, median`,
        median(times),
        GOALS.describe,
        "ms",
      ),
      {
        name: `${what}, ${REFRESHED} refreshed: the same, p95`,
        measured: quantile(times, 0.95),
        unit: "ms",
        holds: true,
      },
    ];
  } finally {
    await running.close();
  }
}

function atMost(name: string, measured: number, most: number, unit: string): Figure {
  return { name, measured, goal: `at most ${most}`, unit, holds: measured <= most };
}
