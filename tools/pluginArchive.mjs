// `npm run plugin-archive [FILE]`: the archive for `pulumi plugin install resource instance-refresh VERSION --file …`.
// One file of JavaScript with everything that the plugin needs; the machine that it goes to needs Node alone.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { name, version, license } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const archive = resolve(process.argv[2] ?? join(root, `pulumi-resource-instance-refresh-v${version}.tar.gz`));
const plugin = "pulumi-resource-instance-refresh";

const folder = mkdtempSync(join(tmpdir(), "instance-refresh-plugin-"));
try {
  await build({
    entryPoints: [join(root, "provider/main.ts")],
    outfile: join(folder, plugin),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    // Names of errors and classes are told to people, and compared.
    keepNames: true,
    legalComments: "eof",
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "warning",
  });
  chmodSync(join(folder, plugin), 0o755);
  // Whatever lies above the folder of plugins, this is CommonJS.
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version, license, type: "commonjs" }));
  execFileSync("tar", ["-czf", archive, "-C", folder, plugin, "package.json"]);
  console.log(archive);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
