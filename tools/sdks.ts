/**
 * `npm run sdks [FOLDER]`: the SDKs of other languages from `etc/schema.json`, as the archives that a release
 * publishes; by default into `.cache/sdks`. With `--partial`, a language that this machine cannot generate is skipped.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { repository, version } from "../src/version";
import { pulumiCliRoot, pulumiEnvironment } from "./pulumiEnvironment";

const ROOT = resolve(__dirname, "..");
const SCHEMA = join(ROOT, "etc/schema.json");
const GO_MODULE = `${repository.replace("https://", "")}/sdk/go/instancerefresh`;

export type Language = "nodejs" | "python" | "go" | "dotnet" | "java";

/** Name of the folder in an archive, and so of the archive. Programs of Node.js need none: they have the npm package. */
const ARCHIVES: Partial<Record<Language, string>> = {
  python: `pulumi_instance_refresh-${version}`,
  go: `instance-refresh-sdk-go-${version}`,
  dotnet: `instance-refresh-sdk-dotnet-${version}`,
  java: `instance-refresh-sdk-java-${version}`,
};

/** What the generators leave to the publisher. */
const FINISH: Partial<Record<Language, (folder: string) => void>> = {
  python: (folder) => copyFileSync(join(folder, "pulumi_instance_refresh/README.md"), join(folder, "README.md")),
  go: (folder) => {
    const required = "github.com/blang/semver v3.5.1+incompatible\n\tgithub.com/pulumi/pulumi/sdk/v3 v3.232.0";
    writeFileSync(join(folder, "go.mod"), `module ${GO_MODULE}\n\ngo 1.24\n\nrequire (\n\t${required}\n)\n`);
  },
};

/**
 * Writes the SDK of a language into a folder: by the CLI where its language host can generate, else by the generators
 * that lie in Go modules, which there is none of for Java.
 */
export function generateSdk(language: Language, folder: string): void {
  const work = mkdtempSync(join(tmpdir(), "instance-refresh-sdk-"));
  try {
    const cli = pulumiCliRoot();
    const pulumi = cli === undefined ? "pulumi" : join(cli, "bin/pulumi");
    const args = ["package", "gen-sdk", SCHEMA, "--language", language, "--out", work];
    execFileSync(pulumi, args, { env: { ...process.env, ...pulumiEnvironment(work) }, stdio: "pipe" });
    rmSync(folder, { recursive: true, force: true });
    renameSync(join(work, language), folder);
  } catch (failure) {
    if (language === "java") throw failure;
    generateWithGo(language, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  FINISH[language]?.(folder);
}

function generateWithGo(language: Language, folder: string): void {
  const isDotnet = language === "dotnet";
  const cwd = join(ROOT, "tools/pulumi-cli", isDotnet ? "dotnet" : "engine");
  const values = isDotnet ? [SCHEMA, join(ROOT, "docs/pictures/logo.png"), folder] : [language, SCHEMA, folder];
  const env = { ...process.env, GOWORK: "off" };
  mkdirSync(folder, { recursive: true });
  execFileSync("go", ["run", "-mod=readonly", "-buildvcs=false", "./generateSdk", ...values], {
    cwd,
    env,
    stdio: "pipe",
  });
}

/** Archives of all languages; the languages that could not be generated. */
export function archiveSdks(target: string, languages = Object.keys(ARCHIVES) as Language[]): Language[] {
  mkdirSync(target, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), "instance-refresh-sdks-"));
  const missing: Language[] = [];
  try {
    for (const language of languages) {
      const name = ARCHIVES[language] as string;
      try {
        generateSdk(language, join(work, name));
      } catch {
        missing.push(language);
        continue;
      }
      execFileSync("tar", ["-czf", join(target, `${name}.tar.gz`), "-C", work, name]);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return missing;
}

function main(...args: string[]): void {
  const target = resolve(args.find((each) => !each.startsWith("--")) ?? join(ROOT, ".cache/sdks"));
  const missing = archiveSdks(target);
  for (const file of readdirSync(target)) console.log(join(target, file));
  for (const language of missing)
    console.error(`${language}: not generated; it needs a Pulumi CLI with pulumi-language-${language} beside it`);
  if (missing.length > 0 && !args.includes("--partial")) process.exitCode = 1;
}

if (require.main === module) main(...process.argv.slice(2));
