/** Measures a check of an analysis for real: over HTTP, from Prometheus, or by a program. No answer holds what was sent. */
import type { Measure, Measurement } from "../../core/analysis/policy";
import { measureCommand } from "./command";
import { measureHttp } from "./http";
import { measurePrometheus } from "./prometheus";

export const measure: Measure = async (check, signal) => {
  const { http, prometheus, command, timeoutMs } = check;
  try {
    if (http) return await measureHttp(http, timeoutMs, signal);
    if (prometheus) return await measurePrometheus(prometheus, timeoutMs, signal);
    if (command) return await measureCommand(command, timeoutMs, signal);
  } catch (error) {
    return inconclusive(codeOf(error));
  }
  return inconclusive("nothing to measure");
};

function inconclusive(value: string): Measurement {
  return { outcome: "inconclusive", value };
}

/** The code of an error. Its text may hold an address, a header or a path. */
function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : "could not be measured";
}
