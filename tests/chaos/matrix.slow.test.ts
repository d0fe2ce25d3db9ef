/** A sample of the matrix: every kind of fault, once or more. The whole is `npm run faults`. */
import { createEmulator } from "../../src/emulator";
import { giveCredentials } from "../provider/pluginProtocol";
import { adoptionCases, adoptionTitle, runAdoptionCase } from "./adoption";
import { type BuiltPackage, copyOfBuild } from "./builtPackage";
import { allCases, type Case, titleOf } from "./cases";
import { HostPool } from "./pool";
import { runCase } from "./runCase";

const SPEED = 100;

/** For every fault that hits once, at a Start or where else it matters most, one cloud and one host after the other. */
function sample(): Case[] {
  const once = allCases().filter(({ operation, moment, fault }) => {
    const isOnce = !("count" in fault) || fault.count === 1;
    return isOnce && operation === "create" && (moment.operation.startsWith("Start") || fault.kind === "LostWrite");
  });
  const kinds = [...new Set(once.map(({ fault }) => fault.kind))];
  const pairs = (["ess", "autoscaling"] as const).flatMap((cloud) =>
    (["plugin", "dynamic"] as const).map((host) => ({ cloud, host })),
  );
  return kinds.flatMap((kind, index) => {
    const { cloud, host } = pairs[index % pairs.length] as (typeof pairs)[number];
    const isPlugin = kind === "Interrupt" ? "plugin" : host;
    return once
      .filter((each) => each.fault.kind === kind && each.cloud === cloud && each.host === isPlugin)
      .slice(0, 1);
  });
}

let built: BuiltPackage;
let pool: HostPool;
beforeAll(async () => {
  const emulator = await createEmulator();
  const environment = giveCredentials(emulator);
  await emulator.close();
  built = copyOfBuild();
  pool = new HostPool({ built, speed: SPEED, environment });
});
afterAll(async () => {
  await pool.close();
  built.remove();
});

test.each(sample().map((each) => [titleOf(each), each] as const))(
  "%s: the next run ends with one refresh, recorded, and the right outcome",
  async (_, asked) => {
    expect(await runCase(asked, pool)).toMatchObject({ lost: 0, doubled: 0, wrong: [] });
  },
);

/** One case for each thing that others do; the next program, kill, cloud and host each time. */
function adoptionSample() {
  const all = adoptionCases();
  const others = [...new Set(all.map((each) => each.others))];
  return others.flatMap((each, index) => {
    const cases = all.filter((other) => other.others === each);
    const step = Math.floor(cases.length / 2);
    return [0, 1].map((half) => cases[(half * step + index * 13) % cases.length] as (typeof cases)[number]);
  });
}

test.each(adoptionSample().map((each) => [adoptionTitle(each), each] as const))(
  "%s: the next run adopts what is ours, and nothing else",
  async (_, asked) => {
    expect(await runAdoptionCase(asked, pool)).toMatchObject({ lost: 0, doubled: 0, taken: 0, wrong: [] });
  },
);
