/** What a command costs, seen from outside: its wall time, and the memory of all its processes together. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface Cost {
  /** Wall time, in seconds. */
  seconds: number;
  /** Most resident memory that its processes had at one time, in MB; undefined where there is no /proc. */
  megabytes: number | undefined;
  output: string;
}

const SAMPLE_MS = 100;
const MEGABYTE_KB = 1024;
/** Characters of what a failed command said that are worth showing. */
const LAST_WORDS = 2_000;

/** @throws Error with what the command said, when it fails */
export function measure(command: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
  return new Promise<Cost>((resolve, reject) => {
    const begin = performance.now();
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let megabytes: number | undefined;
    const sample = setInterval(() => {
      const now = residentOf(child.pid as number);
      if (now !== undefined) megabytes = Math.max(now, megabytes ?? 0);
    }, SAMPLE_MS);
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(sample);
      const seconds = (performance.now() - begin) / 1000;
      if (code === 0) resolve({ seconds, megabytes, output });
      else
        reject(new Error(`${command} ${args.join(" ")} ended with exit code ${code}:\n${output.slice(-LAST_WORDS)}`));
    });
  });
}

/** Of a process and all that it started. What two of them share is counted for each. */
function residentOf(root: number): number | undefined {
  const parents = new Map<number, number>();
  try {
    for (const entry of readdirSync("/proc")) if (/^\d+$/.test(entry)) parents.set(Number(entry), parentOf(entry));
  } catch {
    return undefined;
  }
  const isOurs = (pid: number | undefined): boolean => pid !== undefined && (pid === root || isOurs(parents.get(pid)));
  return [...parents.keys()].filter(isOurs).reduce((sum, pid) => sum + resident(pid), 0);
}

function parentOf(pid: string): number {
  return Number(/^PPid:\s+(\d+)/m.exec(statusOf(pid))?.[1] ?? 0);
}

function resident(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(statusOf(String(pid)))?.[1] ?? 0) / MEGABYTE_KB;
}

/** Empty when the process has ended meanwhile. */
function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}
