import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type ConfigMap, LocalWorkspace, PulumiCommand, type PulumiFn, type Stack } from "@pulumi/pulumi/automation";
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
  const root = pulumiCliRoot();
  const workspace = { workDir, envVars, pulumiCommand: await PulumiCommand.get(root === undefined ? {} : { root }) };
  const stack = await (typeof program === "function"
    ? LocalWorkspace.createStack({ stackName: "test", projectName: "test", program }, workspace)
    : LocalWorkspace.createStack({ stackName: "test", workDir }, workspace));
  await stack.setAllConfig(config);
  return stack;
}
