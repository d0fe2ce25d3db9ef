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
    const child = spawn(program, rest, { env, stdio: "ignore", timeout, killSignal: "SIGKILL", signal });
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === null) resolve({ outcome: "inconclusive", value: "ended by a signal, or too late" });
      else resolve({ outcome: code === 0 ? "passed" : code === 1 ? "failed" : "inconclusive", value: `exit ${code}` });
    });
  });
}
