#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { CloudError } from "../core/cloud";
import { version } from "../version";
import { exitCodes, UsageError } from "./exitCodes";
import { failureText } from "./failureText";
import { endQuietly } from "./streams";

type Register = (program: Command) => void;

/** Each is loaded when it is asked for, or listed: the clouds' SDKs take time, and most commands need one or none. */
const subcommands: Readonly<Record<string, () => Promise<Register>>> = {
  init: async () => (await import("./init.js")).registerInit,
  forecast: async () => (await import("./forecast.js")).registerForecast,
  advise: async () => (await import("./advise.js")).registerAdvise,
  watch: async () => (await import("./watch.js")).registerWatch,
  status: async () => (await import("./status.js")).registerStatus,
  cancel: async () => (await import("./cancel.js")).registerCancel,
  rollback: async () => (await import("./rollback.js")).registerRollback,
  history: async () => (await import("./history.js")).registerHistory,
  suspend: async () => (await import("./suspend.js")).registerSuspend,
  resume: async () => (await import("./resume.js")).registerResume,
  dashboard: async () => (await import("./dashboard.js")).registerDashboard,
  picture: async () => (await import("./picture.js")).registerPicture,
  conformance: async () => (await import("./conformance.js")).registerConformance,
  doctor: async () => (await import("./doctor.js")).registerDoctor,
  emulator: async () => (await import("./emulator.js")).registerEmulator,
  completion: async () => (await import("./completion.js")).registerCompletion,
};

const examples = `Examples:
  instance-refresh init web                   a Pulumi project for a group
  instance-refresh forecast web --min 90      what a refresh of a group would do
  instance-refresh watch --group web          follow what runs on it, or wait for it to begin
  instance-refresh dashboard web api          groups in a browser, live
  instance-refresh history web                what ran on it, and how it ended
  instance-refresh rollback --group web       back to what was before
`;

async function main(): Promise<void> {
  const program = new Command("instance-refresh")
    .description("Instance refreshes of AWS EC2 Auto Scaling and Alibaba Cloud ESS.")
    .version(version)
    .addHelpText("before", examples)
    .exitOverride();
  const [asked = ""] = process.argv.slice(2);
  // The script of `completion` is made of all the others.
  const known = Object.hasOwn(subcommands, asked) && asked !== "completion" ? [asked] : Object.keys(subcommands);
  for (const name of known) (await subcommands[name]?.())?.(program);
  await program.parseAsync();
}

function codeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.successful : exitCodes.usage;
  if (error instanceof UsageError) return exitCodes.usage;
  return error instanceof CloudError ? exitCodes.unknown : exitCodes.failed;
}

endQuietly();
main().catch((error: unknown) => {
  // The parser has said by itself what is wrong with a command line.
  if (!(error instanceof CommanderError)) process.stderr.write(`${failureText(error, process.argv.slice(2))}\n`);
  process.exitCode = codeOf(error);
});
