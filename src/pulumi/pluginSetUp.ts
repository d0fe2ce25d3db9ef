/** Whether Pulumi will find the plugin: where it has to download it, a person is told how to use the one of this package. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { version } from "../version";

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
const EXECUTABLE = "pulumi-resource-instance-refresh";

/** `name: instance-refresh`, of an entry below `plugins`: to read it as YAML would load a parser in every program. */
const NAMED = /\bname["']?:\s*["']?instance-refresh["']?\s*([,}\n]|$)/;

/**
 * What to add to the project's file; undefined where the plugin is named there, installed, or on the PATH.
 * @param folder of the program; the project's file may be in one above it
 */
export function missingPlugin(folder: string, environment: NodeJS.ProcessEnv): string | undefined {
  const file = projectFile(folder);
  if (file === undefined || NAMED.test(readFileSync(file, "utf8"))) return undefined;
  if (isInstalled(environment) || isOnPath(environment)) return undefined;
  return `Pulumi will download the plugin instance-refresh ${version}, as ${file} does not name it. To use the one of the package instead, add to that file:
plugins:
  providers:
    - { name: instance-refresh, path: node_modules/pulumi-instance-refresh/provider }`;
}

function projectFile(folder: string): string | undefined {
  const found = PROJECT_FILES.map((name) => join(folder, name)).find((file) => existsSync(file));
  if (found !== undefined || dirname(folder) === folder) return found;
  return projectFile(dirname(folder));
}

function isInstalled({ PULUMI_HOME = join(homedir(), ".pulumi") }: NodeJS.ProcessEnv): boolean {
  const plugins = join(PULUMI_HOME, "plugins");
  return existsSync(plugins) && readdirSync(plugins).includes(`resource-instance-refresh-v${version}`);
}

function isOnPath({ PATH = "" }: NodeJS.ProcessEnv): boolean {
  return PATH.split(delimiter).some((folder) => folder !== "" && existsSync(join(folder, EXECUTABLE)));
}
