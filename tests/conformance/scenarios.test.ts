/** What holds for the scenarios of the kit before one is played. */
import { benches } from "../../src/conformance";
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
});
