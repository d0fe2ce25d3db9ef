import type { Command } from "commander";
import type { Refresh } from "../core/cloud";
import { track } from "../core/lifecycle/trackedRefresh";
import { withConnection } from "./connection";
import { exitCodes } from "./exitCodes";
import { problemOf } from "./failureText";
import { collect } from "./options";
import { logLine } from "./progressText";
import { describeTarget, resolveTargets, type TargetOptions } from "./targets";

interface Options extends TargetOptions {
  readonly json?: boolean;
}

/** `instance-refresh status`: how refreshes stand, once. */
export function registerStatus(program: Command): void {
  withConnection(program.command("status [ids...]"))
    .summary("say how instance refreshes stand")
    .description(
      "Says how refreshes stand now. Exits with 0 whatever that is, and with 3 when one of several is not known. In a pipeline that waits, use `watch`.",
    )
    .option("--group <name>", "the refresh that runs on this group, else its newest; may be repeated", collect)
    .option("--json", "one JSON object for each refresh, in the cloud's words")
    .action(async (ids: string[], options: Options) => {
      const resolved = await resolveTargets(ids, options);
      for (const { name, target, problem } of resolved) {
        try {
          if (!target) throw problem;
          const refresh = await describeTarget(target);
          const line = options.json ? JSON.stringify(jsonOf(refresh)) : logLine(track(undefined, refresh, 0));
          process.stdout.write(`${line}\n`);
        } catch (error) {
          if (resolved.length === 1) throw error;
          process.stderr.write(`${problemOf(name, (error as Error).message)}\n`);
          process.exitCode = exitCodes.unknown;
        }
      }
    });
}

/** Without the arguments: they may carry secrets, in the environment of containers. */
function jsonOf({ id, group, status, ended, fraction, reason, replaced, total, outputs }: Refresh) {
  return { id, group, status, ended, fraction, reason, replaced, total, ...outputs };
}
