import type { Command } from "commander";
import { curveOf } from "../app/refreshCurve";
import { withConnection } from "./connection";
import { UsageError } from "./exitCodes";
import { describeTarget, type TargetOptions, targetsOf } from "./targets";

const help = `
The picture is drawn from the group's scaling activities; when instances had warmed up follows from the length of the warm-up.
ESS gives the times of activities to the minute. PNG needs @resvg/resvg-js beside this package.`;

/** `instance-refresh picture`: how capacity went during a refresh. */
export function registerPicture(program: Command): void {
  withConnection(program.command("picture <names...>").usage("[options] <id> <file> | --group <name> <file>"))
    .summary("draw how capacity went during an instance refresh")
    .description("Draws the capacity curve of a refresh that has ended, or up to now, as .svg or .png.")
    .option("--group <name>", "the refresh that runs on this group, else its newest", (group) => [group])
    .addHelpText("after", help)
    .action(async (names: string[], options: TargetOptions) => {
      const file = names.at(-1);
      if (file === undefined || names.length !== (options.group ? 1 : 2))
        throw new UsageError("Name the id of a refresh and a file, or a file and --group.");
      const [target] = await targetsOf(names.slice(0, -1), options);
      if (!target) return;
      const refresh = await describeTarget(target);
      const curve = await curveOf(target.api, refresh);
      if (!curve) throw new UsageError(`The group of ${target.id} is not known any more.`);
      const { writePicture } = await import("../pictures/writePicture.js");
      await writePicture(curve, file);
      process.stdout.write(`wrote ${file}\n`);
    });
}
