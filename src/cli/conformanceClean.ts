/** Removes what runs of the kit have left behind. */
import { leftoversOf, removeAll } from "../conformance/cleanUp";
import { accountOf, confirmed } from "./conformanceAccount";
import { benchOf, type ConformanceOptions } from "./conformanceOptions";
import { exitCodes } from "./exitCodes";

function leftText(number: number, region: string): string {
  if (number === 0) return `Nothing is left in ${region}.`;
  return number === 1 ? `1 thing is left in ${region}.` : `${number} things are left in ${region}.`;
}

export async function cleanCommand(options: ConformanceOptions): Promise<void> {
  const bench = benchOf(options);
  const cleaner = { ...(await accountOf(bench, options)), bench };
  const found = await leftoversOf(cleaner);
  const lines = found.map(({ kind, name, run }) => `  ${kind} ${name} (run ${run})`);
  process.stdout.write(`${[leftText(found.length, cleaner.api.region), ...lines].join("\n")}\n`);
  if (found.length === 0 || options.dryRun || !(await confirmed("Remove them?", options.yes))) return;
  const rest = await removeAll(cleaner);
  process.stdout.write(`${found.length - rest.length} of ${found.length} are removed.\n`);
  if (rest.length > 0) process.exitCode = exitCodes.failed;
}
