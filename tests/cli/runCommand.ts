import { Command, CommanderError } from "commander";
import { exitCodes, UsageError } from "../../src/cli/exitCodes";
import type { Emulator } from "../../src/emulator";

/** What a command printed, and how it ended. */
export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/** Runs a command in this process, without a terminal, against the emulator. */
export async function run(register: (program: Command) => void, emulator: Emulator, ...words: string[]): Promise<Ran> {
  const environment = { ...process.env };
  const out: string[] = [];
  const err: string[] = [];
  const written = [
    jest.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0),
    jest.spyOn(process.stderr, "write").mockImplementation((text) => err.push(String(text)) > 0),
  ];
  Object.assign(process.env, {
    ALIBABA_CLOUD_ACCESS_KEY_ID: emulator.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: emulator.secretAccessKey,
    AWS_ACCESS_KEY_ID: emulator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: emulator.secretAccessKey,
  });
  const reached = ["--endpoint", emulator.url, "--region", emulator.region];
  // What a command says to type next is made of what was typed.
  const typed = process.argv;
  process.argv = ["node", "instance-refresh", ...words, ...reached];
  try {
    process.exitCode = 0;
    const program = new Command("instance-refresh").exitOverride();
    register(program);
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof CommanderError)) throw error;
    process.exitCode = exitCodes.usage;
    err.push(error.message);
  } finally {
    for (const each of written) each.mockRestore();
    process.env = environment;
    process.argv = typed;
  }
  const code = Number(process.exitCode);
  process.exitCode = 0;
  return { out: out.join(""), err: err.join(""), code };
}
