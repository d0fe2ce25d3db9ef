/**
 * `npm run faults:windows`: deployments in and around windows, with kills, lost answers and wrong clocks.
 *   --cases N   how many (100000)
 *   --seed S    what is drawn (1)
 *   --from N    number of the first case (0): a case is repeated by its number
 */
import { parseArgs } from "node:util";
import { emptyTally, simulateCase } from "./simulateCase";

const SHOWN = 100;

async function main(): Promise<boolean> {
  const options = { cases: { type: "string" }, seed: { type: "string" }, from: { type: "string" } } as const;
  const { cases = "100000", seed = "1", from = "0" } = parseArgs({ options }).values;
  const tally = emptyTally();
  const first = Number(from);
  for (let number = first; number < first + Number(cases); number++) await simulateCase(`${seed} ${number}`, tally);
  const { breaches, wronglyHeld, late, failed, ...counted } = tally;
  const lists = { breaches, wronglyHeld, late, failed };
  for (const list of Object.values(lists)) for (const line of list.slice(0, SHOWN)) console.log(line);
  const lengths = Object.entries(lists).map(([name, { length }]) => [name, length] as const);
  const figures = { cases, ...counted, ...Object.fromEntries(lengths) };
  console.log(
    Object.entries(figures)
      .map(([name, figure]) => `${name} ${figure}`)
      .join(", "),
  );
  return breaches.length + wronglyHeld.length + late.length === 0;
}

main().then(
  (passed) => process.exit(passed ? 0 : 1),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
