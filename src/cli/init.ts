/** `instance-refresh init`: a Pulumi project for a group, made from what the group is. */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { type ConnectionOptions, settingsOf, withConnection } from "./connection";
import { UsageError } from "./exitCodes";
import { filesOf, nextCommands } from "./initFiles";
import { startingArguments } from "./startingArguments";
import { namedGroup } from "./targets";

interface Options extends ConnectionOptions {
  readonly directory: string;
}

const help = `
It asks the cloud about the group, and changes nothing there. It never overwrites a file: a package.json, a tsconfig.json
and a .gitignore that exist stay as they are, and where there is a program or a Pulumi.yaml nothing is written.

  instance-refresh init web
  instance-refresh init asg-… --region cn-hangzhou --directory rollout`;

/** What a project has only once: where one of these exists, there is a project already. */
const PROGRAM = ["Pulumi.yaml", "Pulumi.yml", "index.ts", "index.js"];

export function registerInit(program: Command): void {
  withConnection(program.command("init <group>"))
    .summary("write a Pulumi project for a group")
    .description("Writes a TypeScript project whose refresh asks for what the group launches from now.")
    .option("--directory <folder>", "where to write it", ".")
    .addHelpText("after", help)
    .action(run);
}

async function run(name: string, options: Options): Promise<void> {
  const { directory } = options;
  const taken = PROGRAM.filter((file) => existsSync(join(directory, file)));
  if (taken.length > 0)
    throw new UsageError(
      `${directory} has ${taken.join(" and ")} already: nothing was written. Name another folder with --directory.`,
    );
  const group = await namedGroup(name, options);
  const starting = await startingArguments(group);
  if (!starting) throw new UsageError(`${group.text} does not exist. Check its name, --region, --profile and --cloud.`);
  const connection = { region: group.api.region, ...settingsOf(options) };
  const files = filesOf({ group, args: { ...starting.args, connection } });
  await mkdir(directory, { recursive: true });
  const lines: string[] = [];
  for (const [file, text] of Object.entries(files)) lines.push(await written(join(directory, file), text));
  lines.push(...starting.leftOut.map((reason) => `Left out: ${reason}.`));
  lines.push(...starting.obstacles.map((reason) => `Warning: a refresh would be refused as things are: ${reason}.`));
  lines.push("Next:", ...nextCommands(directory).map((command) => `  ${command}`));
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** Not even a file that came into being meanwhile is overwritten. */
async function written(file: string, text: string): Promise<string> {
  try {
    await writeFile(file, text, { flag: "wx" });
    return `wrote ${file}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return `kept ${file}, which exists`;
    throw error;
  }
}
