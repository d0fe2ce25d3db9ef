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
  output: string;
}

/** Runs a command as a user would type it, showing what it prints, less what tells nothing. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Ran> {
  console.log(bold(`$ ${[command, ...args].join(" ")}`));
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let rest = "";
    const show = (chunk: Buffer) => {
      output += chunk;
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (isTelling(line)) console.log(dim(`   ${line}`));
    };
    child.stdout.on("data", show);
    child.stderr.on("data", show);
    child.on("error", reject);
    child.on("close", (code) => {
      if (isTelling(rest)) console.log(dim(`   ${rest}`));
      console.log();
      resolve({ code: code ?? 1, output });
    });
  });
}

function isTelling(line: string): boolean {
  return line.trim() !== "" && !/pulumi:pulumi:Stack .* (running|read)/.test(line) && !/^@ /.test(line);
}
