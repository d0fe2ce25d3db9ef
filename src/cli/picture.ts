import type { Command } from "commander";
import { curveOf } from "../app/refreshCurve";
import { withConnection } from "./connection";
import { UsageError } from "./exitCodes";
import { describeTarget, type TargetOptions, targetsOf } from "./targets";

const help = `
Capacity is told by the group's scaling activities: when instances had warmed up, they do not say. ESS tells their times
to the minute. PNG needs @resvg/resvg-js beside this package.`;

/** `instance-refresh picture`: how capacity went during a refresh. */
export function registerPicture(program: Command): void {
  withConnection(program.command("picture <id> <file>"))
    .summary("draw how capacity went during an instance refresh")
    .description("Draws the capacity curve of a refresh that has ended, or up to now, as .svg or .png.")
    .addHelpText("after", help)
    .action(async (id: string, file: string, options: TargetOptions) => {
      const [target] = await targetsOf([id], options);
      if (!target) return;
      const refresh = await describeTarget(target);
      const curve = await curveOf(target.api, refresh);
      if (!curve) throw new UsageError(`The group of ${id} is not known any more.`);
      const { writePicture } = await import("../pictures/writePicture.js");
      await writePicture(curve, file);
    });
}
