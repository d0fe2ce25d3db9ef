/** What a command costs, seen from outside: wall time, and CPU time and memory of all its processes together. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface Cost {
  /** Wall time. */
  seconds: number;
  /** Of all processes; undefined where there is no /proc. What one does in its last tenth of a second may be missed. */
  cpuSeconds: number | undefined;
  /** Most resident memory at one time, in MB; undefined where there is no /proc. What two processes share counts twice. */
  megabytes: number | undefined;
  output: string;
}

const SAMPLE_MS = 100;
const MEGABYTE_KB = 1024;
/** Linux counts CPU time to programs in hundredths of a second, whatever the kernel's own clock. */
const TICKS_PER_SECOND = 100;
/** Characters of what a failed command said that are worth showing. */
const LAST_WORDS = 2_000;

/** @throws Error with what the command said last, when it fails */
export function measure(command: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
  return new Promise<Cost>((resolve, reject) => {
    const begin = performance.now();
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    const watched = new WatchedProcesses(child.pid as number);
    const sample = setInterval(() => watched.look(), SAMPLE_MS);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(sample);
      const seconds = (performance.now() - begin) / 1000;
      if (code === 0) resolve({ seconds, cpuSeconds: watched.cpuSeconds, megabytes: watched.megabytes, output });
      else
        reject(new Error(`${command} ${args.join(" ")} ended with exit code ${code}:\n${output.slice(-LAST_WORDS)}`));
    });
  });
}

/** A process and all that it started. */
class WatchedProcesses {
  readonly #root: number;
  readonly #ticks = new Map<number, number>();
  megabytes: number | undefined;

  constructor(root: number) {
    this.#root = root;
  }

  get cpuSeconds(): number | undefined {
    if (this.#ticks.size === 0) return undefined;
    return [...this.#ticks.values()].reduce((sum, ticks) => sum + ticks, 0) / TICKS_PER_SECOND;
  }

  look(): void {
    const running = new Map(processes().map((each) => [each.pid, each]));
    const isOurs = (pid: number | undefined): boolean =>
      pid !== undefined && (pid === this.#root || isOurs(running.get(pid)?.parent));
    let megabytes = 0;
    for (const { pid, ticks } of running.values()) {
      if (!isOurs(pid)) continue;
      this.#ticks.set(pid, ticks);
      megabytes += residentMegabytes(pid);
    }
    if (megabytes > 0) this.megabytes = Math.max(megabytes, this.megabytes ?? 0);
  }
}

interface Running {
  pid: number;
  parent: number;
  /** User and system time. */
  ticks: number;
}

function processes(): Running[] {
  const pids = read("/proc/self/stat") === "" ? [] : readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  return pids.flatMap((pid) => {
    // The second field is a name in brackets, which may hold anything.
    const fields = read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ") ?? [];
    const [parent, user, system] = [fields[1], fields[11], fields[12]].map(Number) as [number, number, number];
    return Number.isNaN(system) ? [] : [{ pid: Number(pid), parent, ticks: user + system }];
  });
}

function residentMegabytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / MEGABYTE_KB;
}

/** Empty when there is no such file, as when a process has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
