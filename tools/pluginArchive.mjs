// `npm run plugin-archive [FILE]`: the archive for `pulumi plugin install resource instance-refresh VERSION --file …`.
// Everything that the plugin needs, in few files of JavaScript; the machine that it goes to needs Node alone.
import "./node.cjs";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { name, version, license, engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const archive = resolve(process.argv[2] ?? join(root, `pulumi-resource-instance-refresh-v${version}.tar.gz`));
const plugin = "pulumi-resource-instance-refresh";
const oldest = engines.node.replace(/^\D+/, "");

// Packages in CommonJS call it for Node's own modules.
const requireInModules =
  'import { createRequire as createRequireOfNode } from "node:module"; const require = createRequireOfNode(import.meta.url);';

const executable = `#!/usr/bin/env node
if (process.versions.node.localeCompare("${oldest}", "en", { numeric: true }) < 0) {
  console.error(\`${plugin} needs Node.js ${oldest} or newer; this is Node.js \${process.version}.\`);
  process.exit(1);
}
import("./plugin/main.mjs");
`;

const folder = mkdtempSync(join(tmpdir(), "instance-refresh-plugin-"));
try {
  await build({
    entryPoints: { main: join(root, "provider/main.ts") },
    outdir: join(folder, "plugin"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // A cloud's SDK stays a file of its own, read when the cloud is used: half the time of a start, and 30 MB.
    splitting: true,
    format: "esm",
    platform: "node",
    target: `node${oldest}`,
    minify: true,
    // Names of errors and classes are told to people, and compared.
    keepNames: true,
    legalComments: "eof",
    banner: { js: requireInModules },
    logLevel: "warning",
  });
  writeFileSync(join(folder, plugin), executable, { mode: 0o755 });
  // Whatever lies above the folder of plugins, the executable is CommonJS.
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version, license, type: "commonjs" }));
  execFileSync("tar", ["-czf", archive, "-C", folder, plugin, "plugin", "package.json"]);
  console.log(archive);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
