/** Plays on an account: plan, question, scenarios, cassette, comparison, and everything removed again. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Bench } from "../conformance/bench";
import { type Cassette, readCassette, writeCassette } from "../conformance/cassette";
import { leftoversOf, removeAll } from "../conformance/cleanUp";
import { type Plan, planOf, planText } from "../conformance/plan";
import { record } from "../conformance/record";
import { replay } from "../conformance/replay";
import { reportOf } from "../conformance/report";
import { findingsIn } from "../conformance/scan";
import type { Scenario } from "../conformance/scenario";
import { type Account, accountOf, confirmed, knownTexts } from "./conformanceAccount";
import { benchOf, type ConformanceOptions, factsOf } from "./conformanceOptions";
import { exitCodes, UsageError } from "./exitCodes";

export async function playCommand(options: ConformanceOptions): Promise<void> {
  const bench = benchOf(options);
  const before = readBefore(bench, options);
  const scenarios = chosen(bench, options.only).filter(({ name }) => !before?.scenarios.includes(name));
  if (before && scenarios.length === 0) {
    say([`${fileOf(bench, options)} has all of these scenarios already.`]);
    return compareWith(bench, before);
  }
  const plan = planOf(bench, scenarios, options.atOnce);
  const account = await accountOf(bench, options);
  say(planText(bench, plan, { region: account.api.region, account: account.id }));
  refuseAbove(options.budget, plan, bench);
  if (options.dryRun) return;
  const site = siteOf(bench, options);
  const left = await leftoversOf({ ...account, bench });
  if (left.length > 0)
    say([
      `What an earlier run has left is removed first: ${left.map(({ kind, name }) => `${kind} ${name}`).join(", ")}.`,
    ]);
  if (!(await confirmed("Play?", options.yes))) return;
  await removeAll({ ...account, bench });
  const run = randomBytes(5).toString("hex");
  const cassette = await interruptible(async (signal) => {
    const player = { ...account, bench, site, run, signal };
    try {
      return await record(player, scenarios, recording(account, options, run, before));
    } finally {
      const rest = await removeAll(player, { runs: [run] });
      if (rest.length > 0)
        say([`Not removed yet: ${rest.map(({ kind, name }) => `${kind} ${name}`).join(", ")}. Run conformance clean.`]);
    }
  });
  if (!cassette) {
    process.exitCode = exitCodes.unknown;
    return say([`Stopped. Everything was removed; --resume goes on.`]);
  }
  say([`Written to ${fileOf(bench, options)}.`]);
  await compareWith(bench, cassette);
}

async function compareWith(bench: Bench, cassette: Cassette): Promise<void> {
  process.stdout.write(`${reportOf(await replay(bench, cassette), factsOf(bench)).join("\n")}\n`);
}

function recording(account: Account, options: ConformanceOptions, run: string, before: Cassette | undefined) {
  const bench = benchOf(options);
  const known = knownTexts(account, options, run);
  return {
    source: options.endpoint === undefined ? ("account" as const) : ("emulator" as const),
    origin: options.origin ?? "",
    known,
    atOnce: options.atOnce,
    before,
    onBegin: ({ name, shows }: Scenario) => say([`${name}: ${shows}`]),
    onEnd: (_: Scenario, cassette: Cassette) => writeSafely(fileOf(bench, options), cassette, known),
  };
}

/** @throws Error when the scan still finds something: nothing is written then */
function writeSafely(file: string, cassette: Cassette, known: ReturnType<typeof knownTexts>): void {
  const text = writeCassette(cassette);
  const findings = findingsIn(text, known);
  if (findings.length > 0)
    throw new Error(
      `The cassette was not written, as it still tells something of the account: ${findings.slice(0, 5).join("; ")}. Please report this as a bug.`,
    );
  // Whole or not at all: the process may be killed.
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}

function readBefore(bench: Bench, options: ConformanceOptions): Cassette | undefined {
  const file = fileOf(bench, options);
  if (!existsSync(file) || options.dryRun) return undefined;
  if (!options.resume)
    throw new UsageError(`${file} is there already: go on with it by --resume, or name another by --out.`);
  const before = readCassette(readFileSync(file, "utf8"));
  if (before.cloud !== bench.cloud) throw new UsageError(`${file} is of the other cloud, ${before.cloud}.`);
  return before;
}

function chosen({ scenarios }: Bench, only: readonly string[] | undefined): readonly Scenario[] {
  const unknown = only?.filter((name) => !scenarios.some((each) => each.name === name)) ?? [];
  if (unknown.length > 0)
    throw new UsageError(
      `There is no scenario ${unknown.join(", ")}; there are ${scenarios.map(({ name }) => name).join(", ")}.`,
    );
  return scenarios.filter(({ name }) => !only || only.includes(name));
}

function siteOf(bench: Bench, { image, subnet, securityGroup, machine = bench.machine }: ConformanceOptions) {
  const missing = [
    ...(image ? [] : ["--image"]),
    ...(subnet ? [] : ["--subnet"]),
    ...(securityGroup || !bench.needsSecurityGroup ? [] : ["--security-group"]),
  ];
  if (!image || !subnet || missing.length > 0) throw new UsageError(`Also needed: ${missing.join(", ")}.`);
  return { image, subnet, machine, ...(securityGroup ? { securityGroup } : {}) };
}

function refuseAbove(budget: number | undefined, { cost }: Plan, { prices }: Bench): void {
  if (budget === undefined || cost <= budget) return;
  throw new UsageError(
    `It may cost ${cost.toFixed(2)} ${prices.currency}, above the budget of ${budget}: choose scenarios by --only.`,
  );
}

/** @returns undefined when Ctrl-C has stopped it */
async function interruptible<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const stopped = new AbortController();
  const stop = () => {
    say(["Stopping: what was created is removed. This takes a minute."]);
    stopped.abort();
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    return await run(stopped.signal);
  } catch (error) {
    if (stopped.signal.aborted) return undefined;
    throw error;
  } finally {
    process.removeListener("SIGINT", stop);
    process.removeListener("SIGTERM", stop);
  }
}

function fileOf({ cloud }: Bench, { out }: ConformanceOptions): string {
  return out ?? `conformance-${cloud}.json`;
}

/** The plan and the progress; the comparison alone is the output. */
function say(lines: readonly string[]): void {
  process.stderr.write(`${lines.join("\n")}\n`);
}
