import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** The package as a user has it installed, beside a project that depends on it. */
export interface BuiltPackage {
  /** Of a user's program: packages resolve from here. */
  readonly project: string;
  /** Where the engine finds the plugin. */
  readonly pluginFolder: string;
  /** What runs there. */
  readonly pluginMain: string;
  /** What the engine runs for dynamic resources. */
  readonly dynamicProviderMain: string;
  remove(): void;
}

/** Copies the build: one that is made again while a long run goes on would pull the files from under its processes. */
export function copyOfBuild(): BuiltPackage {
  if (!existsSync(join(root, "dist/provider/main.js")))
    throw new Error("There is no build: run `node tools/setUp.mjs`.");
  const folder = mkdtempSync(join(tmpdir(), "instance-refresh-faults-"));
  const installed = join(folder, "package");
  const project = join(folder, "project");
  mkdirSync(installed);
  mkdirSync(join(project, "node_modules"), { recursive: true });
  for (const name of ["package.json", "bin", "dist", "provider/pulumi-resource-instance-refresh"])
    cpSync(join(root, name), join(installed, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(installed, "node_modules"), "dir");
  symlinkSync(join(root, "node_modules/@pulumi"), join(project, "node_modules/@pulumi"), "dir");
  symlinkSync(installed, join(project, "node_modules/pulumi-instance-refresh"), "dir");
  return {
    project,
    pluginFolder: join(installed, "provider"),
    pluginMain: join(installed, "dist/provider/main.js"),
    dynamicProviderMain: require.resolve("@pulumi/pulumi/cmd/dynamic-provider"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
