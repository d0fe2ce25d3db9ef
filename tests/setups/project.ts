/** Projects of users: folders with the packed package, the real engine, and the emulator as their cloud. */
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { createEmulator, type Emulator } from "../../src/emulator";
import { pulumiEnvironment } from "../../tools/pulumiEnvironment";
import { environmentOf, fast } from "../constructs/emulated";
import { treeOf } from "../project/tree";

const ROOT = resolve(__dirname, "../..");
const QUIET = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];

/** Everything: a sample without it, so that the whole suite stays short. */
export const isWhole = process.env.SETUPS === "all";

/** Runs a command of a user in a folder; an error holds all that it said. */
export async function run(folder: string, env: NodeJS.ProcessEnv, file: string, ...args: string[]): Promise<string> {
  const running = promisify(execFile)(file, args, { cwd: folder, env });
  const { stdout } = await running.catch((failure: Error & { stdout: string }) => {
    throw new Error(`${failure.message}\n${failure.stdout}`);
  });
  return stdout;
}

/** The archive of the package, packed once. */
let archive: string | undefined;
export function packed(): string {
  if (archive) return archive;
  const target = treeOf({});
  // Its scripts would build again and disturb the tests beside this one; set-up has built.
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", target, "--loglevel=error"];
  const [{ filename }] = JSON.parse(execFileSync("npm", pack, { cwd: ROOT, encoding: "utf8" }));
  archive = join(target, filename);
  return archive;
}

/** A folder with the packed package and what it needs, installed once: an installation takes npm most of a minute. */
let installed: string | undefined;
function base(): string {
  installed ??= installedWith(packed());
  return installed;
}

/** A folder with packages that npm has installed. */
export function installedWith(...packages: string[]): string {
  const folder = treeOf({ "package.json": '{ "name": "web", "private": true }' });
  execFileSync("npm", ["install", ...packages, ...QUIET], { cwd: folder, stdio: "pipe" });
  return folder;
}

/** A project with these files and the packed package. */
export function projectOf(files: Readonly<Record<string, string>>): string {
  const folder = treeOf(files);
  execFileSync("cp", ["-al", join(base(), "node_modules"), join(folder, "node_modules")]);
  return folder;
}

/** A program's files: `main` is JavaScript. */
export const program = (main: string): Record<string, string> => ({
  "Pulumi.yaml": JSON.stringify({
    name: "web",
    runtime: { name: "nodejs", options: { typescript: false } },
    main: ".",
  }),
  "index.js": main,
});

/** What a program declares: one refresh of the emulator's only group. */
export const declared = (from: string) => `
const { ess } = require("${from}");
const args = { scalingGroupId: "asg-web", desiredConfigurationImageId: process.env.IMAGE };
exports.status = new ess.InstanceRefresh("web", args).status;
`;

/** A stack of a project, on the emulator. */
export class UserStack {
  private constructor(
    readonly folder: string,
    readonly emulator: Emulator,
    readonly env: Record<string, string | undefined>,
  ) {}

  /** @param options `project`: false when there is none yet */
  static async of(folder: string, { path = [] as string[], project = true } = {}): Promise<UserStack> {
    const emulator = await createEmulator({
      ...fast(),
      groups: [
        {
          service: "ess",
          ScalingGroupId: "asg-web",
          DesiredCapacity: 2,
          MultiAZPolicy: "PRIORITY",
          ScalingConfiguration: { ImageId: "m-1", InstanceType: "ecs.g7.large" },
        },
      ],
    });
    const engine = pulumiEnvironment(treeOf({}));
    const PATH = [...path, engine.PATH].join(delimiter);
    const stack = new UserStack(folder, emulator, { ...process.env, ...engine, ...environmentOf(emulator), PATH });
    if (project) await stack.pulumi("stack", "init", "test");
    return stack;
  }

  pulumi(...args: string[]): Promise<string> {
    const env = { IMAGE: "m-2", ...this.env } as NodeJS.ProcessEnv;
    return run(this.folder, env, "pulumi", ...args, "--non-interactive");
  }

  up(): Promise<string> {
    return this.pulumi("up", "--yes", "--skip-preview");
  }

  /** Up, a preview that finds nothing to do, another image, and the end; a refresh for each image. */
  async live(): Promise<void> {
    await this.up();
    await this.pulumi("preview", "--expect-no-changes");
    this.env.IMAGE = "m-3";
    await this.up();
    await this.pulumi("destroy", "--yes", "--skip-preview");
    const starts = this.emulator.requests.filter(
      ({ operation, acted }) => operation === "StartInstanceRefresh" && acted,
    );
    expect(starts).toHaveLength(2);
  }
}

/** Writes more files into a project. */
export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
