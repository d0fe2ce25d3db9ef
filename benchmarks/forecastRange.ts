/**
 * Whether the range that a forecast prints holds in worlds that do not share its model (`worlds.ts`).
 *
 *     node -r ./tools/typescript.cjs benchmarks/forecastRange.ts [cases of each world] [seed]
 */
import { forecastRefresh } from "../src/forecast/forecast";
import { createRandom } from "../src/simulation/random";
import { drawCase, type World, worlds } from "./worlds";

export interface Coverage {
  readonly world: string;
  /** Earlier refreshes of each group. */
  readonly earlier: number;
  /** Share of durations within the printed range. */
  readonly inRange: number;
  readonly below: number;
  readonly above: number;
  /** The middle of the printed ranges' most over least. */
  readonly width: number;
  /** Refreshes whose capacity fell below what was promised. */
  readonly overPromised: number;
}

export function coverageOf(world: World, earlier: number, cases: number, seed: string): Coverage {
  const random = createRandom(`${seed} ${world.name} ${earlier}`).fraction;
  const results = Array.from({ length: cases }, () => {
    const { snapshot, refresh, seconds, lowestReady } = drawCase(world, earlier, random);
    const { duration, lowestReady: promised } = forecastRefresh(snapshot, refresh).forecast;
    return { seconds, duration, overPromised: lowestReady < promised };
  });
  const share = (isCounted: (result: (typeof results)[number]) => boolean) => results.filter(isCounted).length / cases;
  const widths = results.map(({ duration }) => duration.most / duration.least).sort((a, b) => a - b);
  return {
    world: world.name,
    earlier,
    inRange: share(({ seconds, duration }) => seconds >= duration.least && seconds <= duration.most),
    below: share(({ seconds, duration }) => seconds < duration.least),
    above: share(({ seconds, duration }) => seconds > duration.most),
    width: widths[Math.floor(widths.length / 2)] ?? Number.NaN,
    overPromised: results.filter(({ overPromised }) => overPromised).length,
  };
}

if (require.main === module) {
  const [cases = "300", seed = "worlds"] = process.argv.slice(2);
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  for (const earlier of [3, 0]) {
    console.log(`${earlier} earlier refreshes`);
    for (const world of worlds) {
      const { inRange, below, above, width, overPromised } = coverageOf(world, earlier, Number(cases), seed);
      console.log(
        `  ${world.name}: in range ${percent(inRange)} (below ${percent(below)}, above ${percent(above)}), most over least ${width.toFixed(2)}, over-promised ${overPromised}`,
      );
    }
  }
}
