import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  type ConfigMap,
  LocalWorkspace,
  PulumiCommand,
  type PulumiFn,
  type Stack,
  type UpdateSummary,
} from "@pulumi/pulumi/automation";
import { pulumiCliRoot, pulumiEnvironment } from "../../tools/pulumiEnvironment";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export interface StackOptions {
  /** A program inside the test's process (it needs no language host), or the folder of a project, which is copied. */
  program: PulumiFn | { folder: string };
  config?: ConfigMap;
  /** Laid over the environment of the CLI, the language host and the providers. */
  environment?: Record<string, string>;
}

/** Found once in a process: it asks the CLI for its version. */
let command: Promise<PulumiCommand> | undefined;
function pulumiCommand() {
  const root = pulumiCliRoot();
  command ??= PulumiCommand.get(root === undefined ? {} : { root });
  return command;
}

/** A stack `test` on the real engine with a home, a backend and a work folder of its own, removed after the tests of the file. */
export async function createStack({ program, config = {}, environment = {} }: StackOptions): Promise<Stack> {
  const folder = mkdtempSync(join(tmpdir(), "instance-refresh-"));
  folders.push(folder);
  const workDir = join(folder, "project");
  mkdirSync(workDir);
  if (typeof program !== "function") cpSync(program.folder, workDir, { recursive: true });
  // The program and the dynamic provider's process resolve packages, this one among them, from the project's folder.
  symlinkSync(resolve(__dirname, "../../node_modules"), join(workDir, "node_modules"), "dir");

  const envVars = { ...pulumiEnvironment(folder), ...environment };
  const workspace = { workDir, envVars, pulumiCommand: await pulumiCommand() };
  const stack = await (typeof program === "function"
    ? LocalWorkspace.createStack({ stackName: "test", projectName: "test", program }, workspace)
    : LocalWorkspace.createStack({ stackName: "test", workDir }, workspace));
  if (Object.keys(config).length > 0) await stack.setAllConfig(config);
  readResultsFromFiles(stack, join(folder, ".pulumi"));
  return stack;
}

/** After each operation the Automation API calls the CLI three times to read what the backend's files hold: a third of all time. */
function readResultsFromFiles(stack: Stack, backend: string): void {
  const outputsFromCli = stack.outputs.bind(stack);
  stack.outputs = async () => {
    const [file] = filesBelow(join(backend, "stacks")).filter((each) => each.endsWith(".json"));
    const { checkpoint } = JSON.parse(readFileSync(file as string, "utf8"));
    const resources: { type: string; outputs?: Record<string, unknown> }[] = checkpoint.latest?.resources ?? [];
    const outputs = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
    if (JSON.stringify(outputs).includes(secretSignature)) return outputsFromCli();
    return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value, secret: false }]));
  };
  stack.info = async () => {
    const files = filesBelow(join(backend, "history")).filter((each) => each.endsWith(".history.json"));
    const newest = files.sort().at(-1);
    return newest === undefined ? undefined : (JSON.parse(readFileSync(newest, "utf8")) as UpdateSummary);
  };
}

/** Marks a secret in Pulumi's state. */
const secretSignature = "4dabf18193072939515e22adb298388d";

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
