/**
 * `npm run faults:inputs`: generated arguments, put to check and to the emulator.
 *   --seed N    what is generated (1)
 *   --cases N   how many for each cloud (20000)
 */
import { parseArgs } from "node:util";
import { runDifferential } from "./differential";

async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: { seed: { type: "string" }, cases: { type: "string" } } });
  let passed = true;
  for (const cloud of ["ess", "autoscaling"] as const) {
    const { generated, accepted, disagreements, broken } = await runDifferential(
      cloud,
      Number(values.cases ?? 20_000),
      Number(values.seed ?? 1),
    );
    for (const [what, inputs] of [...broken, ...disagreements]) console.log(`${what}\n  ${JSON.stringify(inputs)}`);
    console.log(
      `${cloud}: generated ${generated}, accepted ${accepted}, disagreements ${disagreements.size}, broken ${broken.size}`,
    );
    passed &&= disagreements.size === 0 && broken.size === 0;
  }
  return passed;
}

main().then(
  (passed) => process.exit(passed ? 0 : 1),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
