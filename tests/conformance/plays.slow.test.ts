/** Every scenario of the kit is played on the emulator, and every recording is put against it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { registerConformance } from "../../src/cli/conformance";
import { benches } from "../../src/conformance";
import { durationsOf } from "../../src/conformance/calibrate";
import { readCassette, writeCassette } from "../../src/conformance/cassette";
import { compare, viewOf } from "../../src/conformance/compare";
import { recordOnEmulator, replay } from "../../src/conformance/replay";
import { createEmulator } from "../../src/emulator";
import { run } from "../cli/runCommand";

const folder = join(__dirname, "../../cassettes");
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));

test.each(files)("%s is replayed: each fact agrees, or is decided against it", async (file) => {
  const cassette = readCassette(readFileSync(join(folder, file), "utf8"));
  const { verdicts } = await replay(benches[cassette.cloud], cassette);
  if (cassette.cloud === "aws") expect(verdicts.length).toBeGreaterThan(5);
  expect(verdicts.filter(({ verdict }) => verdict === "deviates")).toEqual([]);
});

describe.each(Object.values(benches).map((bench) => [bench.cloud, bench] as const))("%s", (cloud, bench) => {
  test("a play sees everything that its scenario names, and two plays of the same service agree on every fact", async () => {
    const here = await recordOnEmulator(bench, bench.scenarios);
    const unseen = bench.scenarios.flatMap(({ name, observations }) => {
      const view = viewOf(bench, here, name);
      return observations.filter(({ sees }) => sees(view) === undefined).map(({ fact }) => `${name}: ${fact}`);
    });
    expect(unseen).toEqual([]);
    const late = bench.scenarios.filter(({ name, minutes }) => {
      const entries = here.entries.filter(({ scenario }) => scenario === name);
      return (entries.at(-1)?.at ?? 0) > minutes * 60;
    });
    expect(late.map(({ name }) => name)).toEqual([]);

    const startTime = Date.UTC(2026, 5, 6, 7, 8, 9, 123);
    const there = await recordOnEmulator(bench, bench.scenarios, { seed: "another seed", startTime });
    const { verdicts, unknown } = compare(bench, here, there);
    expect(verdicts.filter(({ verdict }) => verdict === "deviates")).toEqual([]);
    expect(unknown).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(cloud === "aws" ? 100 : 60);
  });
});

test("--calibrate tells how long things took: what the emulator takes, within the time between two polls", async () => {
  const bench = benches.aws;
  const played = bench.scenarios.filter(({ name }) => ["plain", "bake"].includes(name));
  const cassette = await recordOnEmulator(bench, played, { seed: "to be measured" });
  const seen = Object.fromEntries(durationsOf(bench, cassette).map(({ name, seconds }) => [name, seconds]));
  const between = (seconds: readonly number[] = [], least: number, most: number) => {
    expect(seconds.length).toBeGreaterThan(0);
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(most);
  };
  // Polls are 5 to 60 seconds apart, and more often at the beginning.
  between(seen.launch, 20, 85);
  between(seen.termination, 10, 45);
  between(seen["health check"], 30, 180);
  between(seen["warm-up"], 60, 360);

  const file = join(mkdtempSync(join(tmpdir(), "calibrate-")), "cassette.json");
  writeFileSync(file, writeCassette(cassette));
  const emulator = await createEmulator({ speed: 0 });
  const { out, code } = await run(registerConformance, emulator, "conformance", "--replay", file, "--calibrate");
  await emulator.close();
  rmSync(dirname(file), { recursive: true });
  expect(code).toBe(0);
  expect(out).toMatch(/^aws, 2026-01-01, emulator\nlaunch: \d+ to \d+ s, half of them within \d+ s \(\d+ seen\)/);
  expect(out).toMatch(/^termination: \d+ to \d+ s/m);
});
