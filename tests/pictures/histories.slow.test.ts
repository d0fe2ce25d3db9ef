/** Pictures of refreshes that have run, against what the simulation knows: generated histories of both clouds. */
import { curveOf } from "../../src/app/refreshCurve";
import type { CapacityCurve, CapacityPoint } from "../../src/pictures/capacityCurve";
import { LifecycleHarness } from "../clouds/lifecycleHarness";
import { seededRandom } from "../seededRandom";

const HISTORIES = 8;
const MINUTE = 60_000;

type Choose = <T>(...choices: T[]) => T;

function chooser(seed: number): Choose {
  const random = seededRandom(seed);
  return (...choices) => choices[Math.floor(random() * choices.length)] as (typeof choices)[number];
}

function preferencesOf(cloud: string, choose: Choose): Record<string, unknown> {
  const MinHealthyPercentage = choose(50, 80, 90, 100);
  const MaxHealthyPercentage = choose(100, 110, 130, 150);
  const checkpoints = choose<number[]>([], [50, 100], [20, 60, 100]);
  if (cloud === "ess") {
    return {
      MinHealthyPercentage,
      MaxHealthyPercentage,
      ...(checkpoints.length > 0 && {
        Checkpoints: checkpoints.map((Percentage) => ({ Percentage })),
        CheckpointPauseTime: choose(5, 20),
      }),
    };
  }
  const preferences = {
    MinHealthyPercentage,
    MaxHealthyPercentage,
    InstanceWarmup: choose(0, 45),
    AutoRollback: choose(true, false),
    ...(choose(true, false) && { BakeTime: 300 }),
    ...(checkpoints.length > 0 && { CheckpointDelay: choose(300, 1200) }),
  };
  return Object.fromEntries([
    ...Object.entries(preferences).map(([name, value]) => [`Preferences.${name}`, String(value)]),
    ...checkpoints.map((value, index) => [`Preferences.CheckpointPercentages.member.${index + 1}`, String(value)]),
  ]);
}

/** What counts on the curve at a time. */
function at({ points }: CapacityCurve, time: number): CapacityPoint {
  return points.findLast((point) => point.time <= time) ?? (points[0] as CapacityPoint);
}

const VALUES: Readonly<Record<string, (point: CapacityPoint) => number>> = {
  "in service": (point) => point.old + point.new + point.warming,
  launching: (point) => point.launching,
};

/** Where the drawn curve is not within the true one, as far as the resolution of the times allows. */
function wrong(drawn: CapacityCurve, truth: CapacityCurve, resolution: number): string[] {
  const found: string[] = [];
  for (let time = 0; time < truth.end - resolution; time += 7_000) {
    const window = [
      at(truth, time - 1_000),
      ...truth.points.filter((point) => point.time > time - 1_000 && point.time <= time + resolution),
    ];
    for (const [name, value] of Object.entries(VALUES)) {
      const seen = value(at(drawn, time));
      const [least, most] = [Math.min(...window.map(value)), Math.max(...window.map(value))];
      if (seen < least || seen > most) {
        found.push(`${name} after ${time / 1000} s: ${seen}, not ${least === most ? least : `${least} to ${most}`}`);
      }
    }
  }
  const [seen, real] = [drawn.points.at(-1), truth.points.at(-1)] as [CapacityPoint, CapacityPoint];
  // In a rollback what warms up is of the old configuration. A launch that ends the refresh may be drawn as over.
  const isRollback = drawn.marks.some(({ name }) => name === "rollback");
  const text = (point: CapacityPoint) => {
    const coming = point.warming + point.launching;
    const [old, fresh] = isRollback ? [point.old + coming, point.new] : [point.old, point.new + coming];
    return `${old} old, ${fresh} new`;
  };
  if (text(seen) !== text(real)) found.push(`at the end: ${text(seen)}; it was ${text(real)}`);
  return found;
}

describe.each([
  ["ess", MINUTE],
  ["autoscaling", 1_000],
] as const)("%s", (name, resolution) => {
  test.each(Array.from({ length: HISTORIES }, (_, seed) => seed))("history %i is drawn as it was", async (seed) => {
    const choose = chooser(seed);
    const harness = await LifecycleHarness.start(name, choose(3, 5, 8, 12), { seed: `history ${seed}` });
    try {
      const { cloud, emulator, group } = harness;
      const key = `${name}/${group}`;
      const truths: CapacityCurve[] = [];
      for (let index = 0; index < 3; index++) {
        emulator.clock.advance(choose(3, 11) * MINUTE);
        const image = choose("second", "third", "fourth", "unhealthy");
        const id = await cloud
          .startElsewhere(group, `${image}-${index}`, preferencesOf(name, choose))
          .catch(() => undefined);
        if (id === undefined) continue;
        const action = choose("nothing", "nothing", "cancel", "rollback");
        const when = choose(2, 6, 13) * MINUTE;
        for (let time = 0; ; time += MINUTE / 2) {
          emulator.clock.advance(MINUTE / 2);
          if (time === when && action === "cancel") await cloud.cancelElsewhere(group, id).catch(() => undefined);
          if (time === when && action === "rollback") await cloud.rollbackElsewhere(group, id).catch(() => undefined);
          const { status } = (await cloud.refreshes(group))[0] ?? { status: "" };
          if (/^(Successful|Failed|Cancelled|RollbackSuccessful|RollbackFailed)$/.test(status)) break;
        }
        const truth = emulator.capacityCurve(cloud.settings.region ?? "", key);
        if (truth) truths.unshift(truth);
      }
      const api = await cloud.cloud.connect(cloud.settings);
      const refreshes = (await api.refreshes(group)).slice(0, truths.length);
      for (const [index, refresh] of refreshes.entries()) {
        const drawn = await curveOf(api, refresh);
        if (!drawn) throw new Error("There is no curve.");
        const found = wrong(drawn, truths[index] as CapacityCurve, resolution);
        expect({ refresh: `${index} before the newest, ${refresh.status}`, found: found.slice(0, 5) }).toEqual({
          refresh: `${index} before the newest, ${refresh.status}`,
          found: [],
        });
      }
      expect(truths.length).toBeGreaterThan(0);
    } finally {
      await harness.close();
    }
  });
});
