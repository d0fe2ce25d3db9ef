/** A comparison, as it is printed. */
import type { Fact } from "../facts/fact";
import type { Comparison } from "./compare";

export function reportOf({ verdicts, unknown }: Comparison, facts: readonly Fact[]): string[] {
  const deviating = verdicts.filter(({ verdict }) => verdict === "deviates");
  const sentences = new Map(facts.map(({ id, sentence }) => [id, sentence]));
  return [
    `${facts.length} facts: ${verdicts.length - deviating.length} agree, ${deviating.length} deviate, ${facts.length - verdicts.length} were not seen.`,
    ...deviating.flatMap(({ fact, differences }) => [
      `${fact}: ${sentences.get(fact) ?? "a fact that is not in the table"}`,
      ...differences.map(({ scenario, here, there }) => `  ${scenario}: here ${shown(here)}, there ${shown(there)}`),
    ]),
    ...unknown.map((text) => `No fact knows this text: ${text}`),
  ];
}

function shown(value: unknown): string {
  return typeof value === "string" ? `"${value}"` : JSON.stringify(value);
}
