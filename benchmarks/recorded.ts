/** The figures that have a goal, by version, in `history.json`: `npm run bench -- --record` adds to it, each run compares. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "./figures";

const FILE = join(__dirname, "history.json");
/** All goals are upper bounds. What is timed differs by some percent from run to run. */
const WORSE = 1.1;

interface Recorded {
  version: string;
  date: string;
  machine: string;
  figures: Record<string, number>;
}

/** Adds the figures to those of this version; a figure that was recorded for it before is replaced. */
export function record(figures: readonly Figure[], entry: Omit<Recorded, "figures">, file = FILE): void {
  const history = read(file);
  const before = history.find(({ version }) => version === entry.version)?.figures;
  const others = history.filter(({ version }) => version !== entry.version);
  const measured = Object.fromEntries(withGoals(figures).map((each) => [nameOf(each), rounded(each.measured)]));
  const recorded = { ...entry, figures: { ...before, ...measured } };
  writeFileSync(file, `${JSON.stringify([...others, recorded], undefined, 2)}\n`);
}

/** A line for each figure that is worse, by a tenth or more, than where it was recorded last. */
export function regressions(figures: readonly Figure[], file = FILE): string[] {
  const newestFirst = read(file).reverse();
  return withGoals(figures).flatMap((each) => {
    const last = newestFirst.find((entry) => entry.figures[nameOf(each)] !== undefined);
    const before = last?.figures[nameOf(each)];
    if (before === undefined || each.measured <= before * WORSE) return [];
    return [`${nameOf(each)}: ${rounded(each.measured)} ${each.unit}, ${before} in ${last?.version}`];
  });
}

const withGoals = (figures: readonly Figure[]) => figures.filter(({ goal }) => goal !== undefined);
/** Without the interval that the figure was measured in. */
const nameOf = ({ name }: Figure) => name.replace(/ \[.*\]$/, "");
const rounded = (measured: number) => Number(measured.toPrecision(3));
const read = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Recorded[];
