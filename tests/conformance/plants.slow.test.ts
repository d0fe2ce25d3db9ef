/** The judge is judged: the emulator is wrong in one thing, and the kit has to name the fact. All of it by `npm run conformance`. */
import { benches } from "../../src/conformance";
import type { Bench } from "../../src/conformance/bench";
import type { Cassette } from "../../src/conformance/cassette";
import { compare } from "../../src/conformance/compare";
import { recordOnEmulator } from "../../src/conformance/replay";
import { awsPlants, essPlants, type Plant } from "./plants";
import { sampleOf } from "./whole";

const LEAST = 0.95;

test("the emulator is made wrong in at least a hundred ways", () => {
  expect(awsPlants.length + essPlants.length).toBeGreaterThanOrEqual(100);
  const known = Object.values(benches).flatMap(factsSeenBy);
  expect([...awsPlants, ...essPlants].filter(({ fact }) => !known.includes(fact)).map(({ fact }) => fact)).toEqual([]);
});

/** The suite plants one of so many: all of them take minutes. */
const NTH = 8;
const missed: string[] = [];
let played = 0;
const here = new Map<Bench, Cassette>();
const cases = [
  ...sampleOf(awsPlants, NTH).map((plant) => [plant.fact, plant.what, benches.aws, plant] as const),
  ...sampleOf(essPlants, NTH).map((plant) => [plant.fact, plant.what, benches.ess, plant] as const),
];

test.each(cases)("%s is compared while the emulator is wrong: %s", async (fact, what, bench, plant) => {
  const ours = here.get(bench) ?? (await recordOnEmulator(bench, bench.scenarios));
  here.set(bench, ours);
  played += 1;
  if (!(await isNamed(bench, ours, plant))) missed.push(`${fact}: ${what}`);
});

test("at least 95 % of the planted deviations are named by their fact", () => {
  process.stdout.write(`${played - missed.length} of ${played} planted deviations are named.\n${missed.join("\n")}\n`);
  expect(missed.length).toBeLessThanOrEqual(Math.floor(played * (1 - LEAST)));
});

/** Of the scenarios that can show it, those that observe the fact; another seed, as an account has other times. */
async function isNamed(bench: Bench, here: Cassette, { fact, deviation }: Plant): Promise<boolean> {
  const observing = bench.scenarios.filter(({ observations }) => observations.some((each) => each.fact === fact));
  const isText = bench.texts.some((rule) => rule.fact === fact);
  const scenarios = isText
    ? bench.scenarios.filter(({ name }) => TELLING.has(name) || observing.some((each) => each.name === name))
    : observing;
  const there = await recordOnEmulator(bench, scenarios, { seed: "of an account", deviation }).catch((error: unknown) =>
    String(error),
  );
  if (typeof there === "string") throw new Error(`${fact} cannot be played: ${there}`);
  return compare(bench, here, there).verdicts.some((each) => each.fact === fact && each.verdict === "deviates");
}

/** Scenarios in which most texts of a cloud come up. */
const TELLING: ReadonlySet<string> = new Set([
  "plain",
  "rollback",
  "cancel",
  "bake",
  "checkpoints",
  "hooks",
  "suspended-process",
  "by-hand",
]);

function factsSeenBy({ scenarios, texts }: Bench): string[] {
  return [...scenarios.flatMap(({ observations }) => observations), ...texts].map(({ fact }) => fact);
}
