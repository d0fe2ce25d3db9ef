#!/usr/bin/env node
import { Command } from "commander";
import { version } from "../version";

type Register = (program: Command) => void;

/** Each is loaded when it is asked for, or listed: the clouds' SDKs take time, and most commands need one or none. */
const subcommands: Readonly<Record<string, () => Promise<Register>>> = {
  emulator: async () => (await import("./emulator.js")).registerEmulator,
};

async function main(): Promise<void> {
  const program = new Command("instance-refresh")
    .description("Instance refreshes of AWS EC2 Auto Scaling and Alibaba Cloud ESS.")
    .version(version);
  const [asked = ""] = process.argv.slice(2);
  const known = Object.hasOwn(subcommands, asked) ? [asked] : Object.keys(subcommands);
  for (const name of known) (await subcommands[name]?.())?.(program);
  await program.parseAsync();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
