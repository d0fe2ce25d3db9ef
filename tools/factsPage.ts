/** The page that lists what simulation and emulator hold true of the clouds, and where each fact comes from. */
import type { Fact, FactKind } from "../src/facts/fact";

const clouds: Readonly<Record<Fact["cloud"], string>> = { aws: "AWS EC2 Auto Scaling", ess: "Alibaba Cloud ESS" };
const kinds: Readonly<Record<FactKind, string>> = {
  validated: "shown by a user's run against a real account",
  recorded: "an answer of the real service that somebody outside this project wrote down",
  documented: "said by a page or a published model of the vendor",
  decided: "said by nothing that we know: we chose",
};

/** When the sources of all documented facts were last read. */
const SOURCES_READ = "2026-11-28";

export function factsPage(facts: readonly Fact[]): string {
  const count = (cloud: Fact["cloud"], kind: FactKind) =>
    facts.filter((fact) => fact.cloud === cloud && fact.kind === kind).length;
  const validated = facts.filter(({ kind }) => kind === "validated").length;
  const names = Object.keys(clouds) as Fact["cloud"][];
  return [
    "# What the emulator and the forecast hold true",
    `${validated} of ${facts.length} facts are validated against a real account. The forecast and the emulator share one model of a refresh, and this is every rule of it: when the model is wrong here, both are.`,
    table(
      ["kind", "meaning", ...names.map((cloud) => clouds[cloud])],
      (Object.keys(kinds) as FactKind[]).map((kind) => [
        kind,
        kinds[kind],
        ...names.map((cloud) => String(count(cloud, kind))),
      ]),
    ),
    `On ${SOURCES_READ} each documented fact was compared with a text: the vendors' pages, their published models, or notes taken from both. What no text confirmed became a decision, or a record where public projects show it.`,
    "Each fact has a test in this repository, which fails when the code no longer follows the fact. If you have an account, [one command](conformance.md) checks the facts: it plays small refreshes, compares, and removes everything again.",
    ...names.flatMap((cloud) => [
      `## ${clouds[cloud]}`,
      table(
        ["id", "fact", "kind", "source"],
        facts
          .filter((fact) => fact.cloud === cloud)
          .map(({ id, sentence, kind, validated, source }) => [
            `\`${id}\``,
            sentence,
            validated ? `${kind} ${validated}` : kind,
            source,
          ]),
      ),
    ]),
  ]
    .join("\n\n")
    .concat("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
