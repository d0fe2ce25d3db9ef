// `npm run release FOLDER TAG`: everything that a release publishes, in a folder that may already hold executables made on
// another system; its notes beside it. `npm run release:dry [FOLDER]`: the same without a tag, and without what this
// machine cannot make.
import "./node.cjs";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { archiveExecutables, SYSTEMS } from "./executables.mjs";
import { say } from "./say.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** The newest section of the change log, when it may be released as this tag. */
function notesFor(tag) {
  const [, title, notes] = /^## (.*)\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(
    readFileSync(join(root, "CHANGELOG.md"), "utf8"),
  );
  if (tag === undefined) return notes;
  const today = /^\[(.*)\] - \d{4}-\d{2}-\d{2}$/.exec(title)?.[1];
  if (today !== version)
    throw new Error(`CHANGELOG.md begins with "${title}", not with a dated section of ${version}.`);
  if (tag !== `v${version}`) throw new Error(`The tag is ${tag}, but package.json has ${version}.`);
  return notes;
}

function npm(...args) {
  return execFileSync("npm", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

async function main(args) {
  const isDry = args.includes("--dry");
  const [folder = join(root, ".cache/release"), tag] = args.filter((each) => each !== "--dry");
  if (!isDry && tag === undefined) throw new Error("Say which tag is released: npm run release FOLDER TAG");
  const target = resolve(folder);
  const notes = notesFor(tag);
  if (isDry) rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });

  say("the npm package");
  npm("pack", "--pack-destination", target, "--loglevel=error");
  say("the plugin for systems with Node");
  const plugin = join(target, `pulumi-resource-instance-refresh-v${version}-node.tar.gz`);
  execFileSync(process.execPath, [join(root, "tools/pluginArchive.mjs"), plugin], { stdio: "ignore" });
  say("the executables");
  const has = (system) => existsSync(join(target, `pulumi-resource-instance-refresh-v${version}-${system}.tar.gz`));
  await archiveExecutables(
    target,
    Object.keys(SYSTEMS).filter((system) => !has(system)),
  );
  say("the SDKs");
  const sdks = ["-r", join(root, "tools/typescript.cjs"), join(root, "tools/sdks.ts"), target];
  execFileSync(process.execPath, [...sdks, ...(isDry ? ["--partial"] : [])], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  say("the schema, and the bill of materials");
  copyFileSync(join(root, "etc/schema.json"), join(target, "schema.json"));
  const sbom = npm(
    "sbom",
    "--omit",
    "dev",
    "--sbom-format",
    "cyclonedx",
    "--sbom-type",
    "library",
    "--package-lock-only",
  );
  writeFileSync(join(target, `${name}-${version}.cdx.json`), sbom);
  writeFileSync(join(dirname(target), "notes.md"), notes);

  const checksums = `${name}-${version}-checksums.txt`;
  const files = readdirSync(target).filter((file) => file !== checksums);
  const lines = files.sort().map((file) => {
    const sum = createHash("sha256")
      .update(readFileSync(join(target, file)))
      .digest("hex");
    return `${sum}  ${file}\n`;
  });
  writeFileSync(join(target, checksums), lines.join(""));
  for (const file of readdirSync(target).sort()) console.log(join(target, file));
}

try {
  await main(process.argv.slice(2));
} catch (failure) {
  say(failure.message);
  process.exitCode = 1;
}
