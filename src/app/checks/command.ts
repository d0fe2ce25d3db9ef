/** Runs a program without a shell. Its output goes nowhere: it may hold a secret. */
import { spawn } from "node:child_process";
import type { Check, Measurement } from "../../core/analysis/policy";

export function measureCommand(
  { run, environment = {} }: NonNullable<Check["command"]>,
  timeout: number,
  signal: AbortSignal,
): Promise<Measurement> {
  const [program = "", ...rest] = run;
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...environment };
    const child = spawn(program, rest, { env, stdio: "ignore", killSignal: "SIGKILL", signal });
    // Node's own time-out goes on after a program that did not start.
    const late = setTimeout(() => child.kill("SIGKILL"), timeout);
    child.once("error", (error) => {
      clearTimeout(late);
      reject(error);
    });
    child.once("exit", (code) => {
      clearTimeout(late);
      if (code === null) resolve({ outcome: "inconclusive", value: "ended by a signal, or too late" });
      else resolve({ outcome: code === 0 ? "passed" : code === 1 ? "failed" : "inconclusive", value: `exit ${code}` });
    });
  });
}
