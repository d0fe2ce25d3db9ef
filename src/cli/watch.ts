import { type Command, Option } from "commander";
import { type AnalysisOptions, analysisFrom, ON_FAILURE } from "./analysis";
import { pendingGroup, pendingId } from "./beginning";
import { withConnection } from "./connection";
import { UsageError } from "./exitCodes";
import { collect, duration } from "./options";
import { showToTheEnd } from "./session";
import { NOTHING_NAMED, type TargetOptions } from "./targets";

interface Options extends TargetOptions, AnalysisOptions {
  readonly timeout?: number;
  readonly next?: boolean;
}

const help = `
Exit codes: 0 each one ended Successful; 1 one ended otherwise, or its analysis failed; 2 the command line is wrong; 3 not known: time
ran out, it was interrupted, or the cloud could not be asked.

  instance-refresh watch ir-…                        a refresh of ESS
  instance-refresh watch web/0d8a…                   a refresh of an Auto Scaling group
  instance-refresh watch --group web --group api     what runs on groups, else their newest
  instance-refresh watch --group web --next          what begins on a group from now on
  instance-refresh watch --group web --analysis checks.json --on-failure cancel
                                                     measure meanwhile, and cancel when that is bad

On a group without an instance refresh the command waits for one. A problem with one of several does not hide the others.`;

/** `instance-refresh watch`: live progress to the end. */
export function registerWatch(program: Command): void {
  withConnection(program.command("watch [ids...]"))
    .summary("follow instance refreshes to their end")
    .description("Shows how refreshes go on: live in a terminal, else one line for each change.")
    .option("--group <name>", "the refresh that runs on this group, else its newest; may be repeated", collect)
    .option("--next", "with --group: leave out what has ended, and wait for the next to begin")
    .option("--timeout <duration>", "how long to wait at most, such as 90m; 12 hours when not given", duration)
    .option(
      "--analysis <file>",
      "measure meanwhile: the argument `analysis` of the resource, as JSON; - for standard input",
    )
    .addOption(
      new Option("--on-failure <what>", "with --analysis: what to do when it fails (default: rollback)").choices(
        ON_FAILURE,
      ),
    )
    .addHelpText("after", help)
    .action(async (ids: string[], options: Options) => {
      const { group: groups = [], next = false, timeout } = options;
      if (ids.length + groups.length === 0) throw new UsageError(NOTHING_NAMED);
      const analysis = analysisFrom(options);
      const targets = [
        ...ids.map((id) => pendingId(id, options)),
        ...groups.map((group) => pendingGroup(group, options, next)),
      ];
      process.exitCode = await showToTheEnd(targets, "Successful", timeout, analysis);
    });
}
