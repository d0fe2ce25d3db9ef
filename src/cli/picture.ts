import type { Command } from "commander";
import type { CloudName } from "../app/lifecycles";
import type { GroupActivities } from "../core/activities";
import type { ConnectionSettings, Refresh } from "../core/cloud";
import { settingsOf, withConnection } from "./connection";
import { UsageError } from "./exitCodes";
import { describeTarget, type TargetOptions, targetsOf } from "./targets";

const HISTORIES: Record<
  CloudName,
  () => Promise<(refresh: Refresh, settings: ConnectionSettings) => Promise<GroupActivities | undefined>>
> = {
  ess: async () => (await import("../clouds/ess/activities.js")).activities,
  autoscaling: async () => (await import("../clouds/autoscaling/activities.js")).activities,
};

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
      const historyOf = await HISTORIES[target.name]();
      const past = await historyOf(refresh, { ...settingsOf(options), region: target.api.region });
      if (!past) throw new UsageError(`The group of ${id} is not known any more.`);
      const [{ curveOfActivities }, { writePicture }] = await Promise.all([
        import("../pictures/curveOfActivities.js"),
        import("../pictures/writePicture.js"),
      ]);
      await writePicture(curveOfActivities(`${refresh.group}: ${refresh.status}`, past), file);
    });
}
