// `npm test`: every check of the project, one after the other; with arguments only the tests, with them given to jest.
// `npm run test:unit`: only the tests that need neither the build nor the Pulumi CLI, and no set-up of these.
// A check that fails does not hide the ones after it. The last line counts tests and checks: `N passed, N failed`.
import "./node.cjs";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const isUnit = process.argv[2] === "--unit";
const only = process.argv.slice(isUnit ? 3 : 2);
const count = { passed: 0, failed: 0 };

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (error) console.error(`${command} did not start: ${error.message}`);
  return status === 0;
}

/** Whether a script of the project passes, and what it prints. */
function runScript(name, ...args) {
  return new Promise((resolve) => {
    const script = spawn("npm", ["run", "--silent", name, ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const printed = [];
    for (const stream of [script.stdout, script.stderr]) stream.on("data", (data) => printed.push(data));
    script.on("error", ({ message }) => resolve({ passed: false, printed: message }));
    script.on("close", (code) => resolve({ passed: code === 0, printed: Buffer.concat(printed).toString() }));
  });
}

/** Side by side: most of them use one core. */
async function checkSources() {
  const scripts = {
    "format and lint": runScript("lint"),
    types: runScript("types"),
    "reports of the public API": runScript("api", "--", "--check"),
  };
  for (const [what, script] of Object.entries(scripts)) {
    const { passed, printed } = await script;
    process.stdout.write(printed);
    check(what, passed);
  }
}

function check(what, passed) {
  count[passed ? "passed" : "failed"] += 1;
  if (!passed) console.error(`${what}: failed`);
  return passed;
}

function tests() {
  const folder = mkdtempSync(join(tmpdir(), "instance-refresh-tests-"));
  const results = join(folder, "results.json");
  try {
    const options = isUnit ? ["--selectProjects", "unit", "--", ...only] : only;
    const passed = run(join(root, "node_modules/.bin/jest"), "--json", `--outputFile=${results}`, ...options);
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(results, "utf8"));
    count.passed += numPassedTests;
    // jest can also fail without a failed test, for instance on a file that does not compile.
    count.failed += Math.max(numFailedTests + numRuntimeErrorTestSuites, passed ? 0 : 1);
  } catch {
    check("jest", false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (check("set-up", run(process.execPath, join(root, "tools/setUp.mjs"), ...(isUnit ? ["--packages"] : [])))) {
  if (only.length === 0 && !isUnit) await checkSources();
  tests();
}
console.log(`\n${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed === 0 ? 0 : 1;
