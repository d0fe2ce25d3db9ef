/** Every scenario of the kit, played on the emulator by the vendors' own operations. */
import { benches } from "../../src/conformance";
import { compare, viewOf } from "../../src/conformance/compare";
import { recordOnEmulator } from "../../src/conformance/replay";
import { facts } from "../../src/facts";

const clouds = Object.values(benches);

describe.each(clouds.map((bench) => [bench.cloud, bench] as const))("%s", (cloud, bench) => {
  test("there are at least fourteen scenarios, each with groups of at most four", () => {
    expect(bench.scenarios.length).toBeGreaterThanOrEqual(14);
    const names = bench.scenarios.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { group } of bench.scenarios) expect(Number(group?.DesiredCapacity ?? 2)).toBeLessThanOrEqual(4);
  });

  test("every fact that a scenario or a text observes is in the table", () => {
    const known = new Set(facts.filter((fact) => fact.cloud === cloud).map(({ id }) => id));
    const named = [...bench.scenarios.flatMap(({ sightings }) => sightings), ...bench.texts].map(({ fact }) => fact);
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });

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
