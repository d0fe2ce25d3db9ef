/** Runs the commands of a job as a runner does: one shell each, until one fails. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Job } from "./files";

export interface Ran {
  code: number;
  output: string;
}

export interface Running {
  /** Ends it as a runner that dies does: everything at once, and nothing is told. */
  kill(): void;
  readonly ended: Promise<Ran>;
}

/** @param environment of the machine; the job's own comes over it */
export function start(job: Job, cwd: string, environment: Record<string, string>): Running {
  let child: ChildProcess | undefined;
  let killed = false;
  const run = async (): Promise<Ran> => {
    let output = "";
    for (const command of job.commands) {
      if (killed) return { code: 137, output };
      output += `$ ${command}\n`;
      child = spawn("bash", ["-e", "-o", "pipefail", "-c", command], {
        cwd,
        env: { ...process.env, ...environment, ...job.env },
        detached: true,
      });
      for (const stream of [child.stdout, child.stderr])
        stream?.on("data", (chunk) => {
          output += chunk;
        });
      const code = await new Promise<number>((resolve, reject) => {
        child?.on("error", reject);
        child?.on("exit", (status) => resolve(status ?? 137));
      });
      if (code !== 0) return { code, output };
    }
    return { code: 0, output };
  };
  return {
    kill() {
      killed = true;
      // The group of the shell that this started: the CLI and all that it has started.
      if (child?.pid) process.kill(-child.pid, "SIGKILL");
    },
    ended: run(),
  };
}
