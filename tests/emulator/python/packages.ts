import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const cache = join(__dirname, "../../../.cache/python");

/** Runs Python with packages of PyPI. */
export interface Python {
  /** Where the packages are, for `PYTHONPATH`. */
  readonly folder: string;
  /** What a script, given as a path, prints. Throws an Error with what it says when it fails. */
  run(script: string, ...values: readonly string[]): Promise<string>;
}

/**
 * Python with packages of PyPI, in their newest versions when they were first asked for. They are kept in `.cache/python`.
 * A text that says why where there is no Python or no registry; in CI that is an error.
 */
export function pythonWith(...packages: readonly string[]): Python | string {
  const folder = join(cache, packages.join("+"));
  const problem = existsSync(folder) ? checkPython() : install(folder, packages);
  if (problem === undefined) return { folder, run: (script, ...values) => run(folder, [script, ...values]) };
  if (process.env.CI) throw new Error(problem);
  return `skipped: ${problem}`;
}

function checkPython(): string | undefined {
  const { status } = spawnSync("python3", ["--version"]);
  return status === 0 ? undefined : "there is no python3";
}

/** Into a folder of its own first: what is there is complete, also when two tests install at once. */
function install(folder: string, packages: readonly string[]): string | undefined {
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(join(cache, "new-"));
  const options = ["--quiet", "--disable-pip-version-check", "--target", temporary];
  const { status, stderr, error } = spawnSync("python3", ["-m", "pip", "install", ...options, ...packages], {
    encoding: "utf8",
  });
  if (status === 0 && !existsSync(folder)) renameSync(temporary, folder);
  else rmSync(temporary, { recursive: true });
  if (existsSync(folder)) return undefined;
  const said = error?.message ?? stderr.trim().split("\n").at(-1);
  return `python3 -m pip could not install ${packages.join(" ")}: ${said}`;
}

/** Beside this process: what it talks to may be served here. */
async function run(folder: string, values: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("python3", values, {
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: process.env.PATH, PYTHONPATH: folder, NO_PROXY: "127.0.0.1" },
  });
  return stdout;
}
