// Loaded first by whatever starts a process of this project: where the machine's Node is too old, the same command goes
// on with the Node described in `tools/node`, installed once into `.cache/node`. Nothing but Node may be imported here.
const { spawnSync } = require("node:child_process");
const { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } = require("node:fs");
const { constants } = require("node:os");
const { delimiter, join } = require("node:path");

const root = join(__dirname, "..");
const oldest = require("../package.json").engines.node.replace(/^\D+/, "");

function fail(message) {
  process.stderr.write(`set-up: ${message}\n`);
  process.exit(1);
}

/** The folder that goes first on the PATH, so that every child finds the same Node. */
function provideNode() {
  const howToGetOne = `Install Node.js ${oldest} or newer (https://nodejs.org/en/download), and try again.`;
  const description = join(__dirname, "node");
  const [version] = Object.values(JSON.parse(readFileSync(join(description, "package.json"))).optionalDependencies);
  const folder = join(root, ".cache/node", version);
  const bin = join(folder, "node_modules/.bin");
  if (existsSync(join(bin, "node"))) return bin;

  process.stderr.write(
    `set-up: this is Node.js ${process.version}, ${oldest} or newer is needed: installing ${version}\n`,
  );
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    for (const file of ["package.json", "package-lock.json"])
      copyFileSync(join(description, file), join(unfinished, file));
    const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
    const { status } = spawnSync("npm", ["ci", ...quiet], { cwd: unfinished, stdio: ["ignore", "ignore", "inherit"] });
    if (status !== 0 || !existsSync(join(unfinished, "node_modules/.bin/node"))) {
      fail(`npm could not install Node.js ${version} for ${process.platform} ${process.arch}. ${howToGetOne}`);
    }
    // Renamed when complete: a set-up that was interrupted, or runs twice at once, leaves no half of a Node.
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return bin;
}

if (process.versions.node.localeCompare(oldest, "en", { numeric: true }) < 0) {
  const bin = provideNode();
  // The terminal interrupts the whole group: this process ends with its child, not before it.
  process.on("SIGINT", () => {});
  const { status, signal, error } = spawnSync(join(bin, "node"), [...process.execArgv, ...process.argv.slice(1)], {
    stdio: "inherit",
    env: { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) },
  });
  if (error) fail(`${join(bin, "node")} did not start: ${error.message}`);
  process.exit(status ?? 128 + constants.signals[signal]);
}
