/** What `suspend` and `resume` share. Only clouds that can suspend a refresh have them. */
import type { Command } from "commander";
import { nameOf } from "../core/lifecycle/messages";
import { withConnection } from "./connection";
import { exitCodes, UsageError } from "./exitCodes";
import { describeTarget, type TargetOptions, targetsOf } from "./targets";

interface Suspension {
  /** The status that shows that nothing is left to do. */
  readonly already: (status: string) => boolean;
  readonly operation: "suspend" | "resume";
  readonly done: string;
}

export function registerSuspension(program: Command, command: string, summary: string, suspension: Suspension): void {
  withConnection(program.command(command))
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}. Alibaba Cloud ESS only.`)
    .option("--group <name>", "the refresh that runs on this group", (group) => [group])
    .action(async (id: string | undefined, options: TargetOptions) => {
      const [target] = await targetsOf(id === undefined ? [] : [id], options);
      if (!target) return;
      const send = target.api[suspension.operation];
      if (!send) throw new UsageError(`${target.cloud.name} cannot suspend or resume a refresh.`);
      const refresh = await describeTarget(target);
      const name = nameOf(target.cloud, refresh.group, refresh.id);
      if (refresh.stage !== "running") {
        process.stderr.write(`The ${name} is ${refresh.status} already: this command sends nothing.\n`);
        process.exitCode = exitCodes.failed;
        return;
      }
      if (!suspension.already(refresh.status)) {
        await send(refresh);
      }
      process.stdout.write(`The ${name} ${suspension.done}.\n`);
    });
}
