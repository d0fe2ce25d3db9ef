/** Which facts the cassettes of real accounts have shown, and when. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { benches } from "../src/conformance";
import { type Cassette, readCassette } from "../src/conformance/cassette";
import { replay } from "../src/conformance/replay";

export function cassettesIn(folder: string): Cassette[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return files.sort().map((file) => readCassette(readFileSync(join(folder, file), "utf8")));
}

/** Day by fact, of the newest that agrees; what a newer one contradicts is validated no more. */
export async function validatedBy(cassettes: readonly Cassette[]): Promise<Record<string, string>> {
  const days = new Map<string, string>();
  // An emulator proves nothing, and neither does a page, which is a source of its own.
  const evidence = cassettes.filter(({ source, partial }) => source === "account" && !partial);
  for (const cassette of [...evidence].sort((one, other) => (one.date < other.date ? -1 : 1))) {
    const { verdicts } = await replay(benches[cassette.cloud], cassette);
    for (const { fact, verdict } of verdicts) {
      if (verdict === "agrees") days.set(fact, cassette.date);
      else days.delete(fact);
    }
  }
  return Object.fromEntries([...days].sort(([one], [other]) => (one < other ? -1 : 1)));
}

export function validatedFile(days: Readonly<Record<string, string>>): string {
  return `// Written by \`npm run generate\` from the cassettes of real accounts.

/** The day on which an account has shown it, by fact. */
export const validated: Readonly<Record<string, string>> = ${JSON.stringify(days, undefined, 2)};
`;
}
