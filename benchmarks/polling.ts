/** The figures of waiting, with what stands behind them, and their pictures. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { callsAgainstLag, type Generator, goalFigures, type Row, situations } from "./callsAgainstLag";
import { drawLag } from "./drawLag";
import type { Figure } from "./figures";
import { OURS, throttled } from "./throttled";

const PICTURES = join(__dirname, "pictures");
/** Refreshes of each situation and generator. */
const COUNT = 1_000;
const drawn: Readonly<Record<string, { file: string; title: string }>> = {
  "one refresh": { file: "alone.svg", title: "Waiting for one refresh" },
  "100 ESS refreshes": { file: "together.svg", title: "Waiting for 100 ESS refreshes at once" },
};

export async function lag(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const behind: Figure[] = [];
  for (const generator of ["other worlds", "the model"] satisfies Generator[]) {
    for (const situation of situations) {
      const what = `${situation.name}, ${generator}`;
      const rows = await callsAgainstLag(situation, generator, COUNT);
      figures.push(...goalFigures(what, situation, rows));
      behind.push(...rows.flatMap((row) => reported(`${what}, ${row.poller}`, row)));
      const picture = generator === "other worlds" ? drawn[situation.name] : undefined;
      if (picture) writeFileSync(join(PICTURES, picture.file), drawLag(picture.title, rows));
    }
  }
  return [...figures, ...behind];
}

export async function throttling(): Promise<Figure[]> {
  const { figures, rows } = await throttled();
  const behind = rows.flatMap((row) => {
    const what = `1,000 ${row.cloud} refreshes at once, ${row.limit} calls/s taken, ${row.poller}`;
    return [
      { name: `${what}: calls per refresh`, measured: row.calls, unit: "calls", holds: true },
      ...(row.poller === OURS
        ? []
        : [{ name: `${what}: part of the calls that was refused`, measured: row.refused, unit: "ratio", holds: true }]),
      { name: `${what}: waits that met an error`, measured: row.failed, unit: "waits", holds: true },
      { name: `${what}: p95 lag`, measured: row.p95Lag, unit: "s", holds: true },
    ];
  });
  return [...figures, ...behind];
}

function reported(what: string, { calls, meanLag, medianLag, p95Lag, medianBadLag }: Row): Figure[] {
  return [
    { name: `${what}: calls per refresh`, measured: calls, unit: "calls", holds: true },
    { name: `${what}: mean lag`, measured: meanLag, unit: "s", holds: true },
    { name: `${what}: median lag`, measured: medianLag, unit: "s", holds: true },
    { name: `${what}: p95 lag`, measured: p95Lag, unit: "s", holds: true },
    { name: `${what}: median lag of bad news`, measured: medianBadLag, unit: "s", holds: true },
  ];
}
