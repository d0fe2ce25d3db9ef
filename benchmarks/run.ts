/**
 * All figures, each beside its goal: `npm run bench`, or some of them: `npm run bench -- start size`. `--quick` measures less,
 * `--thorough` more often; `--record` keeps the figures in the history. With `--json`, an array of {name, measured, goal,
 * unit, holds} and nothing else.
 */
import { cpus, loadavg, platform, release, totalmem } from "node:os";
import { version } from "../package.json";
import { emulator } from "./emulator";
import type { Depth, Figure } from "./figures";
import { hosts } from "./hosts";
import { lag, throttling } from "./polling";
import { record, regressions } from "./recorded";
import { simulation } from "./simulation";
import { size } from "./size";
import { starting } from "./start";
import { state } from "./state";
import { waiting } from "./waiting";

const benchmarks: Readonly<Record<string, (depth: Depth) => Promise<Figure[]>>> = {
  lag,
  throttled: throttling,
  hosts,
  waiting,
  start: starting,
  state,
  size,
  simulation,
  emulator,
};
const QUICK = ["lag", "hosts", "start", "simulation", "emulator"];
const OPTIONS = ["--json", "--quick", "--thorough", "--record"];

const digits = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3, useGrouping: false });

function rowOf({ name, measured, goal, unit, holds }: Figure): string {
  return `| ${name} | ${digits.format(measured)} | ${goal ?? ""} | ${unit} | ${goal === undefined ? "" : holds ? "yes" : "NO"} |`;
}

function machine(): string {
  const [first] = cpus();
  const memory = `${Math.round(totalmem() / 1024 ** 3)} GB`;
  return `${cpus().length} × ${first?.model ?? "?"}, ${memory}, ${platform()} ${release()}, Node ${process.version}`;
}

const load = () =>
  `load ${loadavg()
    .map((each) => each.toFixed(1))
    .join(" ")}`;

async function main(): Promise<void> {
  const given = process.argv.slice(2);
  const isJson = given.includes("--json");
  const depth: Depth = given.includes("--quick") ? "quick" : given.includes("--thorough") ? "thorough" : "usual";
  const names = given.filter((each) => !OPTIONS.includes(each));
  const unknown = names.find((name) => !Object.hasOwn(benchmarks, name));
  if (unknown) throw new Error(`There is no benchmark ${unknown}; there are ${Object.keys(benchmarks).join(", ")}.`);
  const print = isJson ? () => {} : console.log;
  print(`npm run bench${given.map((each) => ` ${each}`).join("")}\n${machine()}, ${load()}`);
  const all: Figure[] = [];
  for (const name of names.length > 0 ? names : depth === "quick" ? QUICK : Object.keys(benchmarks)) {
    const begin = performance.now();
    const figures = (await benchmarks[name]?.(depth)) ?? [];
    all.push(...figures);
    print(`\n${name}: ${((performance.now() - begin) / 1000).toFixed(0)} s, ${load()}\n`);
    print(["| figure | measured | goal | unit | holds |", "|---|---|---|---|---|", ...figures.map(rowOf)].join("\n"));
  }
  if (isJson)
    console.log(
      JSON.stringify(
        all.map((figure) => ({ goal: null, ...figure })),
        undefined,
        2,
      ),
    );
  const missed = all.filter(({ holds }) => !holds).map(({ name }) => name);
  print(`\nMissed: ${missed.join("; ") || "none"}`);
  print(`Worse than recorded before: ${regressions(all).join("; ") || "none"}`);
  if (given.includes("--record"))
    record(all, { version, date: new Date().toISOString().slice(0, 10), machine: `${machine()}, ${load()}` });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
