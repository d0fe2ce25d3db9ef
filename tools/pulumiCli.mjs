// Finds a Pulumi CLI or builds one, and records which, for `tools/pulumiEnvironment.ts`.
import { execFile, execFileSync } from "node:child_process";
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { SetUpError, say } from "./say.mjs";

const oldestUsable = [3, 150];

/** The newest CLI that Go modules give; its language host is of the last version whose source lies in a module. */
const built = "3.232.0";
const binaries = [
  {
    module: "engine",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    // Without it the CLI prints an empty version, which the Automation API refuses.
    flags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${built}`,
  },
  { module: "nodejs", package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs", flags: "-s -w" },
];

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function onPath(name, folders = process.env.PATH.split(delimiter)) {
  return folders
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** Says why a `pulumi` on the PATH cannot be used; undefined when it can. */
function whyNot(pulumi) {
  let version;
  try {
    version = execFileSync(pulumi, ["version"], {
      encoding: "utf8",
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch (failure) {
    return `\`pulumi version\` failed: ${failure.message}`;
  }
  const [, major, minor] = /^v?(\d+)\.(\d+)\./.exec(version)?.map(Number) ?? [];
  if (!(major > oldestUsable[0] || (major === oldestUsable[0] && minor >= oldestUsable[1]))) {
    return `its version is "${version}", ${oldestUsable.join(".")} or newer is needed`;
  }
  // The engine looks for its language hosts on the PATH and beside itself.
  const places = [...process.env.PATH.split(delimiter), dirname(realpathSync(pulumi))];
  for (const host of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
    if (!onPath(host, places)) return `${host} is neither beside it nor on the PATH`;
  }
  return undefined;
}

async function whileSaying(line, work) {
  const started = Date.now();
  const reminder = setInterval(() => say(`${line}, ${Math.round((Date.now() - started) / 1000)} s so far`), 30_000);
  try {
    return await work;
  } finally {
    clearInterval(reminder);
  }
}

/** Runs Go in the folder of a module; what it prints. */
export async function go(folder, ...args) {
  try {
    // A `go.work` above the clone would replace our modules.
    const { stdout } = await promisify(execFile)("go", args, {
      cwd: folder,
      env: { ...process.env, GOWORK: "off" },
      maxBuffer: 2 ** 26,
    });
    return stdout.trim();
  } catch (failure) {
    throw new SetUpError(
      `\`go ${args[0]}\` failed in ${folder}:\n${failure.stderr ?? failure.message}\n${howToGetOne}`,
    );
  }
}

const howToGetOne =
  "Install the Pulumi CLI (https://www.pulumi.com/docs/iac/download-install/) or Go 1.25 or newer (https://go.dev/dl/), put it on the PATH, and try again.";

async function build(modules, folder) {
  const unfinished = `${folder}.${process.pid}`;
  const bin = join(unfinished, "bin");
  mkdirSync(bin, { recursive: true });
  try {
    for (const { module, package: name, flags } of binaries) {
      const output = join(bin, name.split("/").pop());
      await whileSaying(
        `building ${name.split("/").pop()}`,
        go(join(modules, module), "build", "-mod=readonly", "-buildvcs=false", "-ldflags", flags, "-o", output, name),
      );
    }
    // The script that starts the process of dynamic resources; a module cache holds it without the right to run it.
    const sdk = await go(
      join(modules, "nodejs"),
      "list",
      "-mod=readonly",
      "-m",
      "-f",
      "{{.Dir}}",
      "github.com/pulumi/pulumi/sdk/v3",
    );
    const script = join(bin, "pulumi-resource-pulumi-nodejs");
    copyFileSync(join(sdk, "nodejs/dist/pulumi-resource-pulumi-nodejs"), script);
    chmodSync(script, 0o755);
    // Renamed when complete, so that a set-up that was interrupted, or runs twice at once, leaves no half of a CLI.
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/**
 * A usable `pulumi` on the PATH is preferred, else what was built before, else Go builds one into `.cache/pulumi`.
 * Writes `.cache/pulumi/cli.json`: `{ "root": string | null }`, the folder (from the project's root) whose `bin` goes first on the PATH.
 */
export async function providePulumiCli(root) {
  const cache = join(root, ".cache/pulumi");
  const record = (folder) => {
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, "cli.json"), `${JSON.stringify({ root: folder && relative(root, folder) })}\n`);
  };
  const own = onPath("pulumi");
  const reason = own && whyNot(own);
  if (own && !reason) return record(null);

  if (reason) say(`${own} is not used: ${reason}`);
  const folder = join(cache, built);
  if (!existsSync(folder)) {
    if (!onPath("go"))
      throw new SetUpError(
        `There is no Pulumi CLI${reason ? " that can be used" : ""}, and no Go to build one. ${howToGetOne}`,
      );
    say(`building the Pulumi CLI ${built} with Go, once: usually 2 to 6 minutes, seconds when Go has built it before`);
    await build(join(root, "tools/pulumi-cli"), folder);
  }
  record(folder);
}
