import type { Command } from "commander";
import { withConnection } from "./connection";
import { collect, duration } from "./options";
import { showToTheEnd } from "./session";
import { type TargetOptions, targetsOf } from "./targets";

interface Options extends TargetOptions {
  readonly timeout?: number;
}

const help = `
Exit codes: 0 each one ended Successful; 1 one ended otherwise; 2 the command line is wrong; 3 not known: the time was
over, it was interrupted, or the cloud could not be asked.

  instance-refresh watch ir-…                        a refresh of ESS
  instance-refresh watch web/0d8a…                   a refresh of an Auto Scaling group
  instance-refresh watch --group web --group api     what runs on groups, else their newest`;

/** `instance-refresh watch`: live progress to the end. */
export function registerWatch(program: Command): void {
  withConnection(program.command("watch [ids...]"))
    .summary("follow instance refreshes to their end")
    .description("Shows how refreshes go on: live in a terminal, else one line for each change.")
    .option("--group <name>", "the refresh that runs on this group, else its newest; may be repeated", collect)
    .option("--timeout <duration>", "how long to wait at most, such as 90m; 12 hours when not given", duration)
    .addHelpText("after", help)
    .action(async (ids: string[], options: Options) => {
      process.exitCode = await showToTheEnd(await targetsOf(ids, options), "Successful", options.timeout);
    });
}
