/** Figures 1 and 2 with what stands behind them, and the pictures of figure 1. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { callsAgainstLag, type Row } from "./callsAgainstLag";
import { drawLag } from "./drawLag";
import type { Figure } from "./figures";
import { throttled } from "./throttled";

const PICTURES = join(__dirname, "pictures");

export async function lag(): Promise<Figure[]> {
  const { figures, alone, together } = await callsAgainstLag();
  writeFileSync(join(PICTURES, "alone.svg"), drawLag("Waiting for one refresh", alone));
  writeFileSync(join(PICTURES, "together.svg"), drawLag("Waiting for 100 ESS refreshes at once", together));
  return [
    ...figures,
    ...alone.flatMap((row) => reported(`one refresh, ${row.poller}`, row)),
    ...together.flatMap((row) => reported(`100 ESS refreshes at once, ${row.poller}`, row)),
  ];
}

export async function throttling(): Promise<Figure[]> {
  const { figures, rows } = await throttled();
  const behind = rows.flatMap((row) => {
    const what = `1,000 ${row.cloud} refreshes at once, ${row.limit} calls/s taken, ${row.poller}`;
    return [
      ...reported(what, row),
      { name: `${what}: part of the calls that was refused`, measured: row.refused, unit: "ratio", holds: true },
      { name: `${what}: waits that met an error`, measured: row.failed, unit: "waits", holds: true },
    ];
  });
  return [...figures, ...behind];
}

function reported(what: string, { calls, medianLag, p95Lag }: Pick<Row, "calls" | "medianLag" | "p95Lag">): Figure[] {
  return [
    { name: `${what}: calls per refresh`, measured: calls, unit: "calls", holds: true },
    { name: `${what}: median lag`, measured: medianLag, unit: "s", holds: true },
    { name: `${what}: p95 lag`, measured: p95Lag, unit: "s", holds: true },
  ];
}
