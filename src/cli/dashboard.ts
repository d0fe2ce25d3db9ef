import type { Command } from "commander";
import { cloudSource } from "../app/dashboard/cloudSource";
import type { FollowedTarget } from "../app/dashboard/followedGroup";
import { processClock } from "../core/clock";
import { CloudError } from "../core/cloud";
import type { DashboardGroup, Problem } from "../dashboard/group";
import { serveDashboard } from "../dashboard/server";
import { type ConnectionOptions, withConnection } from "./connection";
import { UsageError } from "./exitCodes";
import { inOptions } from "./failureText";
import { collect, port } from "./options";
import { byId, isRefreshId, namedGroup } from "./targets";

interface Options extends ConnectionOptions {
  readonly group?: readonly string[];
  readonly port: number;
}

const INTERVAL_MS = 1_000;

const help = `
It only reads. It listens on the loopback interface of this machine, and ends with Ctrl-C. Several browser tabs share the calls
to the cloud; while no tab is open there are none.

  instance-refresh dashboard web api                groups of AWS
  instance-refresh dashboard asg-web web            a group of each cloud
  instance-refresh dashboard ir-…                   one refresh
  instance-refresh dashboard web --port 8080        at a port that stays the same`;

/** `instance-refresh dashboard`: groups in a browser, live. */
export function registerDashboard(program: Command): void {
  withConnection(program.command("dashboard [targets...]"))
    .summary("show groups in a browser, live")
    .description(
      "Serves a page with the refresh of each group: instances, capacity, events, time left, how it ended. A target is the name of a group or the id of a refresh.",
    )
    .option("--group <name>", "a group, where its name looks like the id of a refresh; may be repeated", collect)
    .option("--port <number>", "where to listen; 0 is a free port", port, 0)
    .addHelpText("after", help)
    .action(run);
}

async function run(names: string[], options: Options): Promise<void> {
  const { found, missing } = await targetsOf(names, options);
  const source = cloudSource(found, missing, processClock, problemOf);
  const onError = (error: unknown) => void process.stderr.write(`The page failed: ${(error as Error).message}\n`);
  const dashboard = await serveDashboard({ source, onError, intervalMilliseconds: INTERVAL_MS }, options.port);
  process.stdout.write(`${dashboard.url}\n`);
  if (process.stderr.isTTY) process.stderr.write("Open it in a browser. Ctrl-C ends it.\n");
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
  source.close();
  await dashboard.close();
}

interface Targets {
  readonly found: FollowedTarget[];
  readonly missing: DashboardGroup[];
}

/** @throws UsageError when nothing is named; the problem itself when there is nothing else */
async function targetsOf(names: readonly string[], options: Options): Promise<Targets> {
  const given = [
    ...[...new Set(names)].map((name) => ({ name, isGroup: false })),
    ...[...new Set(options.group)].map((name) => ({ name, isGroup: true })),
  ];
  if (given.length === 0) throw new UsageError("Name groups, or the ids of refreshes.");
  const found: FollowedTarget[] = [];
  const missing: DashboardGroup[] = [];
  const problems: unknown[] = [];
  for (const { name, isGroup } of given) {
    try {
      found.push(await targetOf(name, isGroup, options));
    } catch (error) {
      problems.push(error);
      missing.push(missingGroup(name, problemOf(error)));
    }
  }
  if (found.length === 0) throw problems[0];
  return { found, missing };
}

async function targetOf(name: string, isGroup: boolean, options: Options): Promise<FollowedTarget> {
  if (!isGroup && (await isRefreshId(name, options))) {
    const { cloud, api, tools, id } = await byId(name, options);
    return { cloud, api, tools, group: undefined, id };
  }
  const { cloud, api, tools } = await namedGroup(name, options);
  return { cloud, api, tools, group: name };
}

function missingGroup(name: string, problem: Problem): DashboardGroup {
  const nothing = { cloud: "", region: "", stage: undefined, refresh: () => undefined, details: () => undefined };
  return { id: name, name, problem, ...nothing };
}

/** Built from the parts of an error that hold no secret. */
function problemOf(error: unknown): Problem {
  const { message } = error as Error;
  if (!(error instanceof CloudError)) return { what: message, next: undefined };
  return { what: `${message}.`, next: error.next && inOptions(error.next) };
}
