/**
 * `npm run faults`: the matrix of faults, the cases of adoption, or a part of them.
 *   --seed N    the order of the cases (1)
 *   --cases N   how many cases of the matrix (800; all are some 4400), 24 of them on the whole CLI
 *   --adoption N  how many cases of adoption (all, some 900)
 *   --only TEXT only those whose title holds this text
 */
import { parseArgs } from "node:util";
import { createEmulator } from "../../src/emulator";
import { giveCredentials } from "../provider/pluginProtocol";
import { adoptionCases, adoptionTitle, runAdoptionCase } from "./adoption";
import { type BuiltPackage, copyOfBuild } from "./builtPackage";
import { type CaseResult, tableOf } from "./caseResult";
import { casesOf, inOrderOf, titleOf } from "./cases";
import { commandLineCases } from "./commandLine";
import { HostPool } from "./pool";
import { runCase } from "./runCase";

const SPEED = 100;
const AT_ONCE = 8;
const DEFAULT_CASES = 800;
/** A case that takes longer hangs. */
const LONGEST_CASE_MS = 180_000;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string" },
      cases: { type: "string" },
      adoption: { type: "string" },
      only: { type: "string" },
    },
  });
  const seed = Number(values.seed ?? 1);
  const isAsked = ({ title }: { title: string }) => title.includes(values.only ?? "");
  const onCommandLine = commandLineCases();
  const count = Math.max(Number(values.cases ?? DEFAULT_CASES) - onCommandLine.length, 0);
  const matrix = casesOf(seed, count).map((each) => ({ title: titleOf(each), run: () => runCase(each, pool) }));
  const adoptions = inOrderOf(seed, adoptionCases())
    .slice(0, Number(values.adoption ?? Number.POSITIVE_INFINITY))
    .map((each) => ({ title: adoptionTitle(each), run: () => runAdoptionCase(each, pool) }));
  const overProtocol = [...matrix, ...adoptions];
  const emulator = await createEmulator();
  const environment = giveCredentials(emulator);
  await emulator.close();
  const built = copyOfBuild();
  const pool = new HostPool({ built, speed: SPEED, environment });
  const waiting = { commandLine: onCommandLine.filter(isAsked), protocol: overProtocol.filter(isAsked) };
  const total = waiting.commandLine.length + waiting.protocol.length;
  const results: CaseResult[] = [];
  const begun = Date.now();
  const work = async (cases: { title: string; run(built: BuiltPackage): Promise<CaseResult> }[]) => {
    for (let next = cases.shift(); next; next = cases.shift()) {
      const { title } = next;
      const result = await withinTime(next.run(built)).catch((error: Error) => {
        return { title, dimensions: {}, started: 0, lost: 0, doubled: 0, taken: 0, limit: 0, wrong: [error.message] };
      });
      results.push(result);
      report(result);
      if (results.length % 50 === 0 || title.includes("command line"))
        console.log(`${results.length} of ${total}: ${title}`);
    }
  };
  try {
    const workers = Array.from({ length: AT_ONCE }, () => work(waiting.protocol));
    await Promise.all([work(waiting.commandLine), ...workers]);
  } finally {
    await pool.close();
    built.remove();
  }
  const sum = (count: (result: CaseResult) => number) => results.reduce((all, result) => all + count(result), 0);
  const lost = sum((result) => result.lost);
  const doubled = sum((result) => result.doubled);
  const taken = sum((result) => result.taken);
  const wrong = results.filter((result) => result.wrong.length > 0).length;
  console.log(tableOf(results));
  console.log(
    `seed ${seed}, ${Math.round((Date.now() - begun) / 1000)} s, ${wrong} with another outcome than promised`,
  );
  console.log(`ended before it was recorded, and started again: ${sum(({ limit }) => limit)}`);
  console.log(
    `cases ${results.length}, started ${sum(({ started }) => started)}, lost ${lost}, doubled ${doubled}, taken ${taken}`,
  );
  return lost === 0 && doubled === 0 && taken === 0 && wrong === 0;
}

function withinTime<T>(running: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("it did not come to an end")), LONGEST_CASE_MS);
    running.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

function report({ title, lost, doubled, taken, wrong }: CaseResult): void {
  const found = [...(lost ? ["lost"] : []), ...(doubled ? ["doubled"] : []), ...(taken ? ["taken"] : []), ...wrong];
  if (found.length > 0) console.log(`${title}: ${found.join("; ")}`);
}

main().then(
  (passed) => process.exit(passed ? 0 : 1),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
