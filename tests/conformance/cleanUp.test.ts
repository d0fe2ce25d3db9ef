/** Whatever happens to a run: nothing of it is left behind, and nothing foreign is touched. */
import { benches } from "../../src/conformance";
import { play } from "../../src/conformance/play";
import { playerOn } from "../../src/conformance/replay";
import type { Emulator } from "../../src/emulator";
import { cleanUp, emulatorWithForeignGroups, everything } from "./kill";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await emulatorWithForeignGroups();
});
afterEach(() => emulator.close());

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
