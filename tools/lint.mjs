// `npm run lint`: format and lint, then what nothing uses, the import rules, and the English of the pages. A check that fails does not hide the ones after it.
import "./node.cjs";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const importRules = (name) => ["depcruise", "src", "provider", "--config", `tools/importRules/${name}.cjs`];

const checks = [
  ["biome", "check", "--error-on-warnings", "."],
  ["knip"],
  importRules("rules"),
  importRules("lazySdks"),
];

for (const [command, ...args] of checks) {
  const { status, error } = spawnSync(join(root, "node_modules/.bin", command), args, { cwd: root, stdio: "inherit" });
  if (error) console.error(`${command} did not start: ${error.message}`);
  if (status !== 0) process.exitCode = 1;
}
await import("./prose.mjs");
