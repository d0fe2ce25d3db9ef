/** What `cancel` and `rollback` share: the library's own guards, and the wait for what was asked. */
import { type Command, Option } from "commander";
import { isActive, type Refresh } from "../core/cloud";
import { DEFAULT_TIMEOUT_S } from "../core/durations";
import { toolCommand } from "../core/lifecycle/commands";
import { stop } from "../core/lifecycle/follow";
import { nameOf } from "../core/lifecycle/messages";
import type { Run } from "../core/lifecycle/run";
import { withConnection } from "./connection";
import { exitCodes } from "./exitCodes";
import { connectionOf } from "./failureText";
import { duration } from "./options";
import { showToTheEnd } from "./session";
import { silentCall } from "./silentCall";
import { describeTarget, type Target, type TargetOptions, targetsOf } from "./targets";

interface Options extends TargetOptions {
  readonly wait: boolean;
  readonly timeout?: number;
  readonly waitForTransitioningInstances?: boolean;
}

interface Ending {
  /** Whether AWS's choice not to wait for instances in transition is offered. */
  readonly emergency: boolean;
  readonly how: "cancel" | "rollback";
  /** The status that is asked for. */
  readonly wanted: "Cancelled" | "RollbackSuccessful";
}

/** Adds a command that ends one refresh. */
export function registerEnding(program: Command, command: string, summary: string, help: string, ending: Ending): void {
  withConnection(program.command(command))
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}, and waits until it is so. ${help}`)
    .option("--group <name>", "the refresh that runs on this group", (group) => [group])
    .option("--no-wait", "ask for it, and do not wait")
    .addOption(
      new Option(
        "--no-wait-for-transitioning-instances",
        "AWS, in an emergency: do not wait for instances that are being launched or terminated",
      ).hideHelp(!ending.emergency),
    )
    .option("--timeout <duration>", "how long to wait at most, such as 90m; 12 hours when not given", duration)
    .action(async (id: string | undefined, options: Options) => {
      const [target] = await targetsOf(id === undefined ? [] : [id], options);
      if (target) process.exitCode = await end(target, ending, options);
    });
}

async function end(target: Target, { how, wanted }: Ending, options: Options): Promise<number> {
  const refresh = await describeTarget(target);
  const name = nameOf(target.cloud, refresh.group, refresh.id);
  if (!isActive(refresh.stage)) {
    process.stderr.write(`The ${name} has ended: it is ${refresh.status}.\n`);
    return refresh.status === wanted ? exitCodes.successful : exitCodes.failed;
  }
  // Nothing is sent to one that is on its way to an end already; `stop` sees to that.
  if (refresh.stage === "running") await stop(runOf(target, refresh, options), refresh, how);
  else
    process.stderr.write(
      `The ${name} is ${refresh.status} already: this command sends nothing and waits for its end.\n`,
    );
  if (options.wait) return showToTheEnd([target], wanted, options.timeout);
  const watch = toolCommand("watch", target.id, ...connectionOf(process.argv.slice(2)));
  process.stderr.write(`Asked for: ${wanted} of the ${name}. This command does not wait for it.\nNext: ${watch}\n`);
  return exitCodes.successful;
}

function runOf({ cloud, api, tools }: Target, refresh: Refresh, options: Options): Run {
  const timeoutSeconds = options.timeout ?? DEFAULT_TIMEOUT_S;
  const call = silentCall({}, timeoutSeconds);
  const deadline = tools.clock.now() + timeoutSeconds * 1000;
  const { waitForTransitioningInstances } = options;
  const args = waitForTransitioningInstances === false ? { waitForTransitioningInstances } : {};
  return { cloud, api, args, group: refresh.group, call, tools, deadline };
}
