/** The analysis of `watch`: read from a file, and checked before anything is asked of a cloud. */
import { readFileSync } from "node:fs";
import { type AnalysisArguments, analysisIssues } from "../core/definition/analysisArguments";
import { UsageError } from "./exitCodes";

export const ON_FAILURE = ["rollback", "cancel", "fail"] as const;

export interface AnalysisOptions {
  /** A file of JSON, or `-`. */
  readonly analysis?: string;
  /** Comes before what the file says. */
  readonly onFailure?: (typeof ON_FAILURE)[number];
}

/** @throws UsageError with all that is wrong */
export function analysisFrom({ analysis: file, onFailure }: AnalysisOptions): AnalysisArguments | undefined {
  if (file === undefined) {
    if (onFailure !== undefined) throw new UsageError("--on-failure needs --analysis FILE.");
    return undefined;
  }
  const given = read(file);
  const analysis = onFailure !== undefined && isObject(given) ? { ...given, onFailure } : given;
  const reasons = analysisIssues(analysis).map(({ reason }) => reason);
  if (reasons.length > 0) throw new UsageError(`--analysis ${file}: ${reasons.join("; ")}.`);
  return analysis as AnalysisArguments;
}

function read(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new UsageError(`--analysis ${file}: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which may hold a secret.
    throw new UsageError(`--analysis ${file}: it is not JSON.`);
  }
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
