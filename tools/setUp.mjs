// Makes a fresh clone ready: Node, packages, build, Pulumi CLI; in CI also Chromium. With `--packages`: Node and packages. It runs before `npm ci` has, so it may import nothing but Node.
import "./node.cjs";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { provideChromium } from "./chromium.mjs";
import { providePulumiCli } from "./pulumiCli.mjs";
import { SetUpError, say } from "./say.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function npm(...args) {
  const { status, error } = spawnSync("npm", args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (error) throw new SetUpError(`npm did not start: ${error.message}`);
  if (status !== 0) throw new SetUpError(`\`npm ${args.join(" ")}\` ended with exit code ${status}.`);
}

/** Compares npm's own record of `node_modules` with the lock: dates say nothing after a checkout or a pull. */
function packagesAreInstalled() {
  const record = join(root, "node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  const { "": _project, ...locked } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  return Object.entries(locked).every(([path, { version, optional }]) =>
    installed[path] ? installed[path].version === version : optional === true,
  );
}

function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function buildIsUpToDate() {
  const built = join(root, "dist");
  if (!existsSync(built)) return false;
  const sources = ["src", "provider", "tsconfig.json", "tsconfig.build.json"].map((name) => join(root, name));
  return Math.max(...sources.filter(existsSync).map(newest)) < statSync(built).mtimeMs;
}

try {
  if (!packagesAreInstalled()) {
    say("installing the packages (npm ci), usually half a minute to two minutes");
    npm("ci", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error");
  }
  if (!process.argv.includes("--packages")) {
    if (!buildIsUpToDate()) {
      say("building (npm run build), usually a few seconds");
      npm("run", "build", "--silent");
    }
    await providePulumiCli(root);
    provideChromium();
  }
} catch (failure) {
  if (!(failure instanceof SetUpError)) throw failure;
  say(failure.message);
  process.exitCode = 1;
}
