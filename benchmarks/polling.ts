/** The figures of waiting, with what stands behind them, and their pictures. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { callsAgainstLag, eachWorld, generators, goalFigures, type Row, situations } from "./callsAgainstLag";
import { drawLag } from "./drawLag";
import type { Depth, Figure } from "./figures";
import { OURS, throttled } from "./throttled";

const PICTURES = join(__dirname, "pictures");
/** Refreshes of each situation and generator. */
const COUNT: Record<Depth, number> = { quick: 200, usual: 1_000, thorough: 1_000 };
const COUNT_OF_EACH = 500;
const drawn: Readonly<Record<string, { file: string; title: string }>> = {
  "one refresh": { file: "alone.svg", title: "Waiting for one refresh" },
  "100 ESS refreshes": { file: "together.svg", title: "Waiting for 100 ESS refreshes at once" },
};

export async function lag(depth: Depth): Promise<Figure[]> {
  const figures: Figure[] = [];
  const behind: Figure[] = [];
  for (const [name, generator] of Object.entries(generators)) {
    for (const situation of situations) {
      const what = `${situation.name}, ${name}`;
      const rows = await callsAgainstLag(situation, generator, COUNT[depth]);
      figures.push(...goalFigures(what, situation, rows));
      behind.push(...rows.flatMap((row) => reported(`${what}, ${row.poller}`, row)));
      const picture = name === "other worlds" ? drawn[situation.name] : undefined;
      if (picture && depth !== "quick") writeFileSync(join(PICTURES, picture.file), drawLag(picture.title, rows));
    }
  }
  return [...figures, ...(depth === "quick" ? [] : await lagInEachWorld()), ...behind];
}

/** The goals are for all worlds together; of each by itself it is only reported how far it is from them. */
async function lagInEachWorld(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, generator] of Object.entries(eachWorld)) {
    for (const situation of situations) {
      const rows = await callsAgainstLag(situation, generator, COUNT_OF_EACH);
      figures.push(
        ...goalFigures(`${situation.name}, ${name}`, situation, rows).map((each) => ({ ...each, holds: true })),
      );
    }
  }
  return figures;
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
