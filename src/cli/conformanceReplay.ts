/** Compares a cassette with the emulator and the table of facts. */
import { readFileSync } from "node:fs";
import { benches } from "../conformance";
import { calibrationText, durationsOf } from "../conformance/calibrate";
import { readCassette } from "../conformance/cassette";
import { replay } from "../conformance/replay";
import { reportOf } from "../conformance/report";
import { type ConformanceOptions, factsOf } from "./conformanceOptions";
import { exitCodes, UsageError } from "./exitCodes";

export async function replayCommand(file: string, { calibrate, json }: ConformanceOptions): Promise<void> {
  const cassette = read(file);
  const bench = benches[cassette.cloud];
  const { date, source, origin } = cassette;
  if (calibrate) {
    const lines = calibrationText(durationsOf(bench, cassette));
    process.stdout.write(`${[`${cassette.cloud}, ${date}, ${source}`, ...lines].join("\n")}\n`);
    return;
  }
  const comparison = await replay(bench, cassette);
  if (json) process.stdout.write(`${JSON.stringify({ cloud: cassette.cloud, date, source, ...comparison })}\n`);
  else {
    const head = `${cassette.cloud}, ${date}, ${source}${origin ? `: ${origin}` : ""}`;
    process.stdout.write(`${[head, ...reportOf(comparison, factsOf(bench))].join("\n")}\n`);
  }
  if (comparison.verdicts.some(({ verdict }) => verdict === "deviates")) process.exitCode = exitCodes.failed;
}

function read(file: string) {
  try {
    return readCassette(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
}
