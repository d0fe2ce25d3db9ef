/** Every scenario of the kit is played on the emulator, and every recording is put against it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { benches } from "../../src/conformance";
import { readCassette } from "../../src/conformance/cassette";
import { compare, viewOf } from "../../src/conformance/compare";
import { recordOnEmulator, replay } from "../../src/conformance/replay";

const folder = join(__dirname, "../../cassettes");
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));

test.each(files)("%s is replayed: each fact agrees, or is said to be decided against it", async (file) => {
  const cassette = readCassette(readFileSync(join(folder, file), "utf8"));
  const { verdicts } = await replay(benches[cassette.cloud], cassette);
  if (cassette.cloud === "aws") expect(verdicts.length).toBeGreaterThan(5);
  expect(verdicts.filter(({ verdict }) => verdict === "deviates")).toEqual([]);
});

describe.each(Object.values(benches).map((bench) => [bench.cloud, bench] as const))("%s", (cloud, bench) => {
  test("a play sees everything that its scenario names, and two plays of the same service agree on every fact", async () => {
    const here = await recordOnEmulator(bench, bench.scenarios);
    const unseen = bench.scenarios.flatMap(({ name, sightings }) => {
      const view = viewOf(bench, here, name);
      return sightings.filter(({ sees }) => sees(view) === undefined).map(({ fact }) => `${name}: ${fact}`);
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
