/** Scenarios, killed at every one of their calls: two of each cloud here, and all of them by `npm run conformance`. */
import { benches } from "../../src/conformance";
import type { Emulator } from "../../src/emulator";
import { cleanUp, emulatorWithForeignGroups, everything, playUntil } from "./kill";
import { namedOf } from "./whole";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await emulatorWithForeignGroups();
});
afterEach(() => emulator.close());

/** Between them they create everything that the kit creates. */
const SAMPLE = { aws: ["automatic-rollback", "hooks"], ess: ["checkpoints", "by-hand"] };

const cases = Object.values(benches).flatMap((bench) =>
  namedOf(bench.scenarios, SAMPLE[bench.cloud]).map(
    (scenario) => [bench.cloud, scenario.name, bench, scenario] as const,
  ),
);

test.each(cases)("%s: %s is killed at every call and leaves nothing behind", async (_cloud, _name, bench, scenario) => {
  const before = everything(emulator);
  // Polls that repeat the one before differ in nothing: a few of each wait are enough.
  const short = {
    ...scenario,
    steps: scenario.steps.map((step) => ("until" in step ? { ...step, minutes: Math.min(step.minutes, 0.5) } : step)),
  };
  for (let calls = 0; !(await playUntil(emulator, bench, short, calls)); calls++) {
    await cleanUp(emulator, bench);
    expect(everything(emulator)).toEqual(before);
  }
  // The group goes with its last machine.
  await cleanUp(emulator, bench);
  expect(everything(emulator)).toEqual(before);
});
