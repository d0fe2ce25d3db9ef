import type { Command } from "commander";
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
      const past = await target.api.activities(refresh);
      if (!past) throw new UsageError(`The group of ${id} is not known any more.`);
      const [{ curveOfActivities }, { writePicture }] = await Promise.all([
        import("../pictures/curveOfActivities.js"),
        import("../pictures/writePicture.js"),
      ]);
      await writePicture(curveOfActivities(`${refresh.group}: ${refresh.status}`, past), file);
    });
}
