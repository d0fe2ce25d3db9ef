import type { Command } from "commander";
import type { Arguments, Refresh } from "../core/cloud";
import { durationText } from "../core/durations";
import { oneLine, progressOf, secondsTaken } from "../core/lifecycle/messages";
import { type ConnectionOptions, withConnection } from "./connection";
import { whole } from "./options";
import { namedGroup, refreshesOf } from "./targets";

interface Options extends ConnectionOptions {
  readonly limit: number;
  readonly json?: boolean;
}

const help = `
  instance-refresh history web
  instance-refresh history asg-… --limit 50 --json

The cloud forgets old refreshes: AWS six weeks after their end.`;

/** `instance-refresh history`: what ran on a group. */
export function registerHistory(program: Command): void {
  withConnection(program.command("history <group>"))
    .summary("list what ran on a group, and how it ended")
    .description(
      "Lists the instance refreshes of a group, the newest first: when, for how long, how it ended, to what.",
    )
    .option("--limit <number>", "how many at most", whole, 10)
    .option("--json", "one JSON object for each refresh")
    .addHelpText("after", help)
    .action(async (name: string, options: Options) => {
      const group = await namedGroup(name, options);
      const refreshes = (await refreshesOf(group)).slice(0, options.limit);
      if (refreshes.length === 0 && !options.json) process.stdout.write(`${group.text} has no instance refresh.\n`);
      for (const refresh of refreshes) {
        process.stdout.write(`${options.json ? JSON.stringify(entryOf(refresh)) : linesOf(refresh).join("\n")}\n`);
      }
    });
}

function entryOf(refresh: Refresh) {
  const { id, group, status, ended, fraction, reason, startTime } = refresh;
  const configuration = configurationOf(refresh.arguments);
  return { id, group, status, ended, fraction, reason, startTime, seconds: secondsTaken(refresh), configuration };
}

function linesOf(refresh: Refresh): string[] {
  const { id, status, startTime, reason } = refresh;
  const seconds = secondsTaken(refresh);
  const took = seconds === undefined ? "" : durationText(seconds);
  const configuration = Object.entries(configurationOf(refresh.arguments)).map(([name, value]) => `${name} ${value}`);
  const facts = [startTime?.slice(0, 19).replace("T", " ") ?? "?", status, progressOf(refresh), took, id];
  return [
    facts.filter(Boolean).join("  "),
    `  ${configuration.join(", ") || "the configuration of the group"}`,
    ...(reason ? [`  ${oneLine(reason)}`] : []),
  ];
}

/** Names and versions only. What lies in lists, as containers do, may hold secrets. */
function configurationOf(args: Arguments): Record<string, string | number> {
  const found: Record<string, string | number> = {};
  const add = (value: unknown, path: string) => {
    if (typeof value === "string" || typeof value === "number") found[path] = value;
    else if (value !== null && typeof value === "object" && !Array.isArray(value))
      for (const [name, inner] of Object.entries(value)) add(inner, path ? `${path}.${name}` : name);
  };
  for (const [name, value] of Object.entries(args)) {
    const [, member] = /^desiredConfiguration(.*)$/.exec(name) ?? [];
    if (member !== undefined) add(value, member.charAt(0).toLowerCase() + member.slice(1));
  }
  return found;
}
