/** How the demo tells its story: what is run, what Pulumi shows, what was checked. */
import { spawn } from "node:child_process";

const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const styled = (code: number) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
const bold = styled(1);
const dim = styled(2);

let passed = 0;
let failed = 0;

export function act(title: string): void {
  console.log(`\n${bold(`── ${title}`)}\n`);
}

export function tell(text: string): void {
  console.log(text);
}

/** Counts and prints whether something is as it should be. */
export function check(what: string, holds: boolean, seen?: unknown): void {
  if (holds) passed++;
  else failed++;
  console.log(`   ${holds ? "✓" : "✗"} ${what}${seen === undefined ? "" : dim(` (${String(seen)})`)}`);
}

/** The closing line. Zero when everything held. */
export function theEnd(): number {
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** A command that ran to its end. */
export interface Ran {
  code: number;
  stdout: string;
  /** Both streams, as a terminal would show them. */
  output: string;
}

/** Runs a command as a user would type it, showing what it prints, without the lines that tell nothing. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; quiet?: boolean },
): Promise<Ran> {
  const { quiet = false, ...spawnOptions } = options;
  console.log(bold(`$ ${[command, ...args].join(" ")}`));
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...spawnOptions, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let output = "";
    let rest = "";
    let shown = "";
    const show = (line: string) => {
      if (!quiet && isTelling(line) && line !== shown) console.log(dim(`   ${line}`));
      shown = line;
    };
    const take = (chunk: Buffer) => {
      output += chunk;
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(show);
    };
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
      take(chunk);
    });
    child.stderr.on("data", take);
    child.on("error", reject);
    child.on("close", (code) => {
      show(rest);
      console.log();
      resolve({ code: code ?? 1, stdout, output });
    });
  });
}

/** Not the engine's dots, nor the stack's own row while nothing happens to it. */
function isTelling(line: string): boolean {
  return (
    line.trim() !== "" &&
    !/^@ /.test(line) &&
    !/pulumi:pulumi:Stack \S+ (running|refreshing|read)?\s*(\(\d+s\))?\s*$/.test(line)
  );
}
