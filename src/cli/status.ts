import type { Command } from "commander";
import type { Refresh } from "../core/cloud";
import { track } from "../core/lifecycle/trackedRefresh";
import { withConnection } from "./connection";
import { collect } from "./options";
import { logLine } from "./progressText";
import { describeTarget, type TargetOptions, targetsOf } from "./targets";

interface Options extends TargetOptions {
  readonly json?: boolean;
}

/** `instance-refresh status`: how refreshes stand, once. */
export function registerStatus(program: Command): void {
  withConnection(program.command("status [ids...]"))
    .summary("say how instance refreshes stand")
    .description("Says how refreshes stand now. Exits with 0 whatever that is; see `watch` for a gate.")
    .option("--group <name>", "the refresh that runs on this group, else its newest; may be repeated", collect)
    .option("--json", "one JSON object for each refresh, in the cloud's words")
    .action(async (ids: string[], options: Options) => {
      for (const target of await targetsOf(ids, options)) {
        const refresh = await describeTarget(target);
        const line = options.json ? JSON.stringify(jsonOf(refresh)) : logLine(track(undefined, refresh, 0));
        process.stdout.write(`${line}\n`);
      }
    });
}

/** Without the arguments: they may carry secrets, in the environment of containers. */
function jsonOf({ id, group, status, ended, fraction, reason, replaced, total, outputs }: Refresh) {
  return { id, group, status, ended, fraction, reason, replaced, total, ...outputs };
}
