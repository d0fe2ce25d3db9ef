/** Puts a cassette against the emulator: the same scenarios are played on it, and both are compared. */
import { cloudModule } from "../clouds";
import type { VendorApi } from "../core/cloud";
import { createEmulator, type Emulator, type EmulatorOptions } from "../emulator";
import type { Bench } from "./bench";
import type { Cassette } from "./cassette";
import { type Comparison, compare } from "./compare";
import type { Player } from "./play";
import { record } from "./record";
import type { Scenario } from "./scenario";

/** The module of each cloud. */
const MODULES: Readonly<Record<Bench["cloud"], string>> = { aws: "autoscaling", ess: "ess" };

export async function replay(bench: Bench, cassette: Cassette): Promise<Comparison> {
  const wanted = bench.scenarios.filter(({ name }) => cassette.partial || cassette.scenarios.includes(name));
  return compare(bench, await recordOnEmulator(bench, wanted), cassette);
}

/** Plays on an emulator whose time is moved by the waits: hours pass in a second. */
export async function recordOnEmulator(
  bench: Bench,
  scenarios: readonly Scenario[],
  options: EmulatorOptions = {},
): Promise<Cassette> {
  const emulator = await createEmulator({ startTime: Date.UTC(2026, 0, 1), ...options, speed: 0 });
  try {
    const player = await playerOn(emulator, bench);
    return await record(player, scenarios, { source: "emulator", origin: "", known: [] });
  } finally {
    await emulator.close();
  }
}

export async function playerOn(emulator: Emulator, bench: Bench): Promise<Player> {
  const { url: endpoint, accessKeyId, secretAccessKey, region, clock } = emulator;
  const credentials = { accessKeyId, secretAccessKey };
  return {
    bench,
    api: await vendorApiOf(bench, { endpoint, region, credentials }),
    clock: { now: () => clock.now(), sleep: async (milliseconds) => clock.advance(milliseconds) },
    site: {
      image: "ami-conformance",
      subnet: "subnet-conformance",
      securityGroup: "sg-conformance",
      machine: bench.machine,
    },
    run: "emulated",
  };
}

export async function vendorApiOf(
  bench: Bench,
  settings: Parameters<NonNullable<Awaited<ReturnType<typeof cloudModule>>["vendorApi"]>>[0],
): Promise<VendorApi> {
  const { vendorApi, name } = await cloudModule(MODULES[bench.cloud]);
  if (!vendorApi) throw new Error(`the API of ${name} cannot be called as the vendor documents it`);
  return vendorApi(settings);
}
