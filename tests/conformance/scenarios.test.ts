/** What holds for the scenarios of the kit before one is played. */
import { benches } from "../../src/conformance";
import type { Cassette } from "../../src/conformance/cassette";
import { compare } from "../../src/conformance/compare";
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
    const named = [...bench.scenarios.flatMap(({ observations }) => observations), ...bench.texts].map(
      ({ fact }) => fact,
    );
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });
});

test("a text that an account shows by chance is no deviation, and one that differs in a word is", () => {
  const causes = (...texts: string[]): Cassette => ({
    format: 1,
    cloud: "aws",
    date: "2026-11-28",
    source: "emulator",
    origin: "",
    partial: false,
    scenarios: ["failing-image"],
    entries: texts.map((Cause) => ({
      scenario: "failing-image",
      step: "review",
      at: 0,
      service: "autoscaling",
      operation: "DescribeScalingActivities",
      parameters: {},
      status: 200,
      answer: { Activities: [{ Cause }] },
    })),
  });
  const checks = "an instance was taken out of service in response to an EC2 instance status checks failure.";
  const replaced = "an instance was launched in response to an unhealthy instance needing to be replaced.";
  const deviationsOf = (...texts: string[]) =>
    compare(benches.aws, causes(checks), causes(...texts))
      .verdicts.filter(({ fact }) => fact === "aws-cause-unhealthy")
      .flatMap(({ differences }) => differences.filter(({ scenario }) => scenario === "texts"));
  expect(deviationsOf(checks, replaced)).toEqual([]);
  expect(deviationsOf(checks.replace("EC2 ", ""))).toHaveLength(1);
});
