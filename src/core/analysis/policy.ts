/** The analysis of a refresh, with its defaults filled in and its durations in milliseconds. */
import type { AnalysisArguments } from "../definition/analysisArguments";
import { secondsOf } from "../durations";

type CheckArguments = AnalysisArguments["checks"][number];

/** What a check measures, for the function that measures it. */
export interface Check {
  readonly name: string;
  readonly intervalMs: number;
  readonly initialDelayMs: number;
  readonly timeoutMs: number;
  readonly failureLimit: number;
  readonly successCount: number;
  readonly http: CheckArguments["http"];
  readonly prometheus: CheckArguments["prometheus"];
  readonly command: CheckArguments["command"];
}

export interface Analysis {
  readonly checks: readonly Check[];
  readonly onFailure: "rollback" | "cancel" | "fail";
  readonly onInconclusive: "pause" | "fail" | "ignore";
  readonly promote: boolean;
}

/** One measurement. `value` is for a person: it never holds what was sent. */
export interface Measurement {
  readonly outcome: "passed" | "failed" | "inconclusive";
  readonly value: string;
}

/** Measures once. It answers, whatever goes wrong: an error is an outcome. */
export type Measure = (check: Check, signal: AbortSignal) => Promise<Measurement>;

/** @param given checked before */
export function analysisOf(given: AnalysisArguments | undefined): Analysis | undefined {
  if (!given) return undefined;
  const { checks, onFailure = "rollback", onInconclusive = "ignore", promote = false } = given;
  return { checks: checks.map(checkOf), onFailure, onInconclusive, promote };
}

function checkOf(given: CheckArguments): Check {
  const milliseconds = (text: string) => secondsOf(text) * 1000;
  return {
    name: given.name,
    intervalMs: milliseconds(given.interval ?? "60s"),
    initialDelayMs: milliseconds(given.initialDelay ?? "0s"),
    timeoutMs: milliseconds(given.timeout ?? "10s"),
    failureLimit: given.failureLimit ?? 0,
    successCount: given.successCount ?? 1,
    http: given.http,
    prometheus: given.prometheus,
    command: given.command,
  };
}
