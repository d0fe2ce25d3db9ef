/** Cases that run the whole CLI: the engine, the language host and the host are killed as a person or a machine would. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createEmulator, type Emulator } from "../../src/emulator";
import { pulumiEnvironment } from "../../tools/pulumiEnvironment";
import { TEST_CLOUDS } from "../clouds/lifecycleHarness";
import type { TestCloud } from "../clouds/testCloud";
import { environmentOf } from "../constructs/emulated";
import type { CloudName } from "../provider/pluginProtocol";
import type { BuiltPackage } from "./builtPackage";
import { type AtNextRun, type CaseResult, type Listed, lostRefreshes, repeatedStarts } from "./caseResult";
import type { HostName } from "./host";
import { refreshesOf } from "./runCase";

const SPEED = 100;
/** A host whose engine was killed has to be gone by then. */
const EXIT_MS = 15_000;
const HELD_BACK_MS = 200;

const GROUP = { ess: "DescribeScalingGroups", autoscaling: "DescribeAutoScalingGroups" } as const;

type KilledProcess = "CLI" | "provider" | "program";

/** Who is killed (-9), and at which call: once it has been acted on, and before it is answered. */
const KILLS: readonly { who: KilledProcess; at(cloud: CloudName): string; skip: number }[] = [
  { who: "CLI", at: (cloud) => GROUP[cloud], skip: 0 },
  { who: "CLI", at: () => "StartInstanceRefresh", skip: 0 },
  { who: "CLI", at: () => "DescribeInstanceRefreshes", skip: 2 },
  { who: "provider", at: () => "StartInstanceRefresh", skip: 0 },
  { who: "program", at: () => "DescribeInstanceRefreshes", skip: 1 },
];

export interface CommandLineCase {
  title: string;
  run(built: BuiltPackage): Promise<CaseResult>;
}

/** Clouds × hosts × moments. */
export function commandLineCases(): CommandLineCase[] {
  return (["ess", "autoscaling"] as const).flatMap((cloud) =>
    (["dynamic", "plugin"] as const).flatMap((host) => {
      const name = `${cloud} ${host} on the command line`;
      const kills = KILLS.map((kill) => {
        const operation = kill.at(cloud);
        const title = `${name}: kill -9 of the ${kill.who} at ${operation}#${kill.skip + 1}`;
        return cased(title, cloud, host, (run) => killed(run, kill.who, operation, kill.skip));
      });
      return [...kills, cased(`${name}: a lost write of the state`, cloud, host, lostWrite)];
    }),
  );
}

function cased(
  title: string,
  cloud: CloudName,
  host: HostName,
  injectFault: (setup: CommandLine) => Promise<string[]>,
): CommandLineCase {
  const run = async (built: BuiltPackage): Promise<CaseResult> => {
    const setup = await CommandLine.create(title, cloud, host, built);
    try {
      const wrong = await injectFault(setup);
      setup.emulator.faultInjection.clear();
      const atNextRun = { refreshes: setup.refreshes(), recorded: setup.recorded()?.id };
      const { code, said } = await setup.pulumi("up", "--yes", "--skip-preview");
      if (code !== 0) wrong.push(`the next up failed: ${said.slice(-800)}`);
      return resultOf(title, host, setup, atNextRun, wrong);
    } finally {
      await setup.close();
    }
  };
  return { title, run };
}

async function killed(setup: CommandLine, who: KilledProcess, operation: string, skip: number): Promise<string[]> {
  const { faultInjection } = setup.emulator;
  const operations = [`${setup.cloud.service}:${operation}`];
  faultInjection.add({ operations, kind: "Slow", skip, count: 1, delayMilliseconds: HELD_BACK_MS });
  const up = setup.start("up", "--yes", "--skip-preview");
  let isOver = false;
  up.ended.then(() => {
    isOver = true;
  });
  while (!isOver && faultInjection.list()[0]?.hit === 0) await sleep(5);
  if (isOver) return [`up ended before the moment: ${(await up.ended).said.slice(-800)}`];
  const family = familyOf(up.process.pid as number);
  const wrong: string[] = [];
  if (who === "CLI") {
    up.process.kill("SIGKILL");
    await up.ended;
    const provider = family.find((each) => isProvider(each.command));
    if (!provider) wrong.push("there was no provider");
    else if (!(await isGone(provider.pid))) wrong.push("the host of a killed engine lived on");
    const cancelled = await setup.pulumi("cancel", "--yes");
    if (cancelled.code !== 0) wrong.push(`cancel failed: ${cancelled.said}`);
  } else {
    const found = family.find(({ command }) =>
      who === "provider" ? isProvider(command) : command.includes("pulumi/cmd/run"),
    );
    if (found) process.kill(found.pid, "SIGKILL");
    else wrong.push(`there was no ${who} to kill`);
    if ((await up.ended).code === 0) wrong.push(`up went well without its ${who}`);
  }
  return wrong;
}

async function lostWrite(setup: CommandLine): Promise<string[]> {
  const before = readFileSync(setup.stateFile);
  const { code, said } = await setup.pulumi("up", "--yes", "--skip-preview");
  writeFileSync(setup.stateFile, before);
  return code === 0 ? [] : [`the first up failed: ${said.slice(-800)}`];
}

function resultOf(
  title: string,
  host: HostName,
  setup: CommandLine,
  atNextRun: AtNextRun,
  wrong: string[],
): CaseResult {
  const refreshes = setup.refreshes();
  const statuses = refreshes.map(({ status }) => status).join();
  if (statuses !== "Successful") wrong.push(`the cloud has ${statuses} instead of Successful`);
  const recorded = setup.recorded();
  if (recorded?.outputs.status !== "Successful") wrong.push(`the state says ${recorded?.outputs.status}`);
  return {
    title,
    dimensions: { cloud: setup.cloud.service, host, operation: "on the command line" },
    started: refreshes.length,
    lost: lostRefreshes(refreshes, recorded?.id, refreshes.at(-1)?.id),
    ...repeatedStarts(refreshes, atNextRun),
    // Nobody else acts on the group.
    taken: 0,
    wrong,
  };
}

class CommandLine {
  readonly #started: ChildProcess[] = [];

  private constructor(
    readonly emulator: Emulator,
    readonly cloud: TestCloud,
    readonly group: string,
    readonly folder: string,
    readonly environment: NodeJS.ProcessEnv,
  ) {}

  static async create(seed: string, name: CloudName, host: HostName, built: BuiltPackage): Promise<CommandLine> {
    const emulator = await createEmulator({ speed: SPEED, seed });
    const cloud = (TEST_CLOUDS[name] as (emulator: Emulator) => TestCloud)(emulator);
    const group = await cloud.createGroup(2);
    const folder = mkdtempSync(join(tmpdir(), "instance-refresh-cli-"));
    const project = join(folder, "project");
    mkdirSync(project);
    symlinkSync(join(built.project, "node_modules"), join(project, "node_modules"), "dir");
    const plugins = { providers: [{ name: "instance-refresh", path: built.pluginFolder }] };
    const description = { name: "project", runtime: "nodejs", ...(host === "plugin" ? { plugins } : {}) };
    writeFileSync(join(project, "Pulumi.yaml"), JSON.stringify(description));
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "project", main: "index.js" }));
    const args = JSON.stringify(await cloud.argumentsFor(group, "second"));
    const from = host === "plugin" ? "pulumi-instance-refresh/plugin" : "pulumi-instance-refresh";
    writeFileSync(
      join(project, "index.js"),
      `const { ${name} } = require("${from}");\nnew ${name}.InstanceRefresh("web", ${args});\n`,
    );
    const environment = {
      ...process.env,
      ...pulumiEnvironment(folder),
      ...environmentOf(emulator),
      INSTANCE_REFRESH_CLOCK_SPEED: String(SPEED),
    };
    const setup = new CommandLine(emulator, cloud, group, folder, environment);
    const { code, said } = await setup.pulumi("stack", "init", "test");
    if (code !== 0) throw new Error(said);
    return setup;
  }

  /** The emulator's own record, oldest first: all of the one request. */
  refreshes(): Listed[] {
    return refreshesOf(this.emulator, this.cloud, this.group);
  }

  get stateFile(): string {
    return join(this.folder, ".pulumi/stacks/project/test.json");
  }

  start(...args: string[]): { process: ChildProcess; ended: Promise<{ code: number | null; said: string }> } {
    const child = spawn(
      "pulumi",
      [...args, "--non-interactive", "--stack", "test"].slice(0, args[0] === "stack" ? -2 : undefined),
      {
        cwd: join(this.folder, "project"),
        env: this.environment,
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    this.#started.push(child);
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    // `exit`, not `close`: what a killed CLI leaves behind may hold its output open.
    const ended = once(child, "exit").then(([code]) => ({ code: code as number | null, said }));
    return { process: child, ended };
  }

  pulumi(...args: string[]): Promise<{ code: number | null; said: string }> {
    return this.start(...args).ended;
  }

  /** The refresh as the state has it. */
  recorded(): { id: string; outputs: Record<string, unknown> } | undefined {
    if (!existsSync(this.stateFile)) return undefined;
    const { checkpoint } = JSON.parse(readFileSync(this.stateFile, "utf8"));
    const resources: { id: string; type: string; outputs: Record<string, unknown> }[] =
      checkpoint.latest?.resources ?? [];
    return resources.find(({ type }) => type.endsWith(":InstanceRefresh"));
  }

  async close(): Promise<void> {
    for (const child of this.#started) if (child.exitCode === null) child.kill("SIGKILL");
    await this.emulator.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const isProvider = (command: string) =>
  command.includes("cmd/dynamic-provider") || /node .*pulumi-resource-instance-refresh/.test(command);

/** The descendants of a process. */
function familyOf(ancestor: number): { pid: number; command: string }[] {
  const all = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .flatMap((found) =>
      found ? [{ pid: Number(found[1]), parent: Number(found[2]), command: found[3] as string }] : [],
    );
  const family = new Set([ancestor]);
  for (let size = 0; size < family.size; ) {
    size = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all.filter(({ pid }) => family.has(pid) && pid !== ancestor);
}

async function isGone(pid: number): Promise<boolean> {
  for (const until = Date.now() + EXIT_MS; Date.now() < until; await sleep(50)) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
  }
  return false;
}
