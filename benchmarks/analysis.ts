/**
 * How many bad rollouts an analysis stops, and how soon; and how many good ones it stops.
 *
 *     node -r ./tools/typescript.cjs benchmarks/analysis.ts [rollouts of each] [seed]
 */
import { type Cloud, playRollout } from "./analysedRollout";
import { BAD_KINDS, GOOD_KINDS, type Kind } from "./measuredService";

export interface Row {
  readonly cloud: Cloud;
  readonly isBad: boolean;
  readonly kind: Kind;
  readonly rollouts: number;
  readonly stopped: number;
  readonly inTime: number;
  readonly beforePause: number;
  /** Milliseconds from the onset to the stop. */
  readonly delays: readonly number[];
}

/** @param count bad rollouts of both clouds, and as many good ones */
export async function analysed(count: number, seed: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const cloud of ["ess", "autoscaling"] as const) {
    for (const isBad of [true, false]) {
      const kinds = isBad ? BAD_KINDS : GOOD_KINDS;
      for (const [index, kind] of kinds.entries()) {
        const half = Math.round(count / 2);
        const rollouts = Math.floor(half / kinds.length) + (index < half % kinds.length ? 1 : 0);
        rows.push(await rowOf(cloud, isBad, kind, rollouts, seed));
      }
    }
  }
  return rows;
}

async function rowOf(cloud: Cloud, isBad: boolean, kind: Kind, rollouts: number, seed: string): Promise<Row> {
  let [stopped, inTime, beforePause] = [0, 0, 0];
  const delays: number[] = [];
  for (let index = 0; index < rollouts; index++) {
    const played = await playRollout(cloud, isBad, kind, `${seed} ${cloud} ${isBad} ${kind} ${index}`);
    if (played.stopped) stopped++;
    if (played.inTime) inTime++;
    if (played.beforePause) beforePause++;
    if (played.delay !== undefined) delays.push(played.delay);
  }
  return { cloud, isBad, kind, rollouts, stopped, inTime, beforePause, delays };
}

export function sumOf(rows: readonly Row[], member: "rollouts" | "stopped" | "inTime" | "beforePause"): number {
  return rows.reduce((sum, row) => sum + row[member], 0);
}

function quantile(values: readonly number[], share: number): string {
  const sorted = [...values].sort((one, other) => one - other);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return value === undefined ? "-" : `${Math.round(value / 1000)} s`;
}

const percent = (part: number, all: number) => `${((100 * part) / all).toFixed(2)} %`;

async function main(): Promise<void> {
  const [count = "10000", seed = "analysis"] = process.argv.slice(2);
  const rows = await analysed(Number(count), seed);
  console.log("| cloud | bad rollouts | number | stopped in time | before the pause | median | 99 of 100 |");
  console.log("|---|---|---|---|---|---|---|");
  for (const { cloud, kind, rollouts, inTime, beforePause, delays } of rows.filter(({ isBad }) => isBad)) {
    const figures = [rollouts, percent(inTime, rollouts), percent(beforePause, rollouts)];
    console.log(`| ${[cloud, kind, ...figures, quantile(delays, 0.5), quantile(delays, 0.99)].join(" | ")} |`);
  }
  console.log("\n| cloud | good rollouts | number | stopped |\n|---|---|---|---|");
  for (const { cloud, kind, rollouts, stopped } of rows.filter(({ isBad }) => !isBad))
    console.log(`| ${[cloud, kind, rollouts, percent(stopped, rollouts)].join(" | ")} |`);
  const [bad, good] = [rows.filter(({ isBad }) => isBad), rows.filter(({ isBad }) => !isBad)];
  const all = sumOf(bad, "rollouts");
  console.log(`\nOf ${all} bad ones ${percent(sumOf(bad, "inTime"), all)} were stopped in time,`);
  console.log(`${percent(sumOf(bad, "beforePause"), all)} before the pause of the checkpoint.`);
  console.log(
    `Of ${sumOf(good, "rollouts")} good ones ${percent(sumOf(good, "stopped"), sumOf(good, "rollouts"))} were.`,
  );
}

if (require.main === module)
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
