/** Whatever happens to a run: nothing of it is left behind, and nothing foreign is touched. */
import { benches } from "../../src/conformance";
import { play } from "../../src/conformance/play";
import { playerOn } from "../../src/conformance/replay";
import type { Emulator } from "../../src/emulator";
import { cleanUp, emulatorWithForeignGroups, everything, playUntil } from "./kill";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await emulatorWithForeignGroups();
});
afterEach(() => emulator.close());

const cases = [
  ["aws", "automatic-rollback"],
  ["ess", "by-hand"],
] as const;

test.each(cases)(
  "%s: killed at any call of %s, the next clean-up removes all of it and nothing else",
  async (cloud, name) => {
    const bench = benches[cloud];
    const scenario = bench.scenarios.find((each) => each.name === name);
    if (!scenario) throw new Error(name);
    const before = everything(emulator);
    let found = 0;
    // The looks between steps are all alike: of them some are enough here, and all in the slow tests.
    for (let calls = 0; !(await playUntil(emulator, bench, scenario, calls)); calls += calls < 12 ? 1 : 9) {
      found += await cleanUp(emulator, bench);
      expect(everything(emulator)).toEqual(before);
    }
    // The group goes with its last machine.
    await cleanUp(emulator, bench);
    expect(everything(emulator)).toEqual(before);
    expect(found).toBeGreaterThan(10);
  },
);

test("Ctrl-C in the middle removes what was created before the command ends", async () => {
  const before = everything(emulator);
  const [scenario] = benches.aws.scenarios;
  const player = await playerOn(emulator, benches.aws);
  const stopped = new AbortController();
  const sleep = async (milliseconds: number) => {
    emulator.clock.advance(milliseconds);
    if (everything(emulator).length > before.length) stopped.abort();
  };
  if (!scenario) throw new Error("no scenario");
  const stoppedPlayer = { ...player, signal: stopped.signal, clock: { ...player.clock, sleep } };
  await expect(play(stoppedPlayer, scenario)).rejects.toThrow(/abort/i);
  // Its machines still end.
  emulator.clock.advance(600_000);
  expect(await cleanUp(emulator, benches.aws)).toBe(0);
  expect(everything(emulator)).toEqual(before);
});
