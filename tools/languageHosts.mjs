// Pulumi's language hosts for programs in Python, Go and YAML: one on the PATH is preferred, else Go builds it, once.
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { go, onPath } from "./pulumiCli.mjs";
import { say } from "./say.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, ".cache/pulumi/languages/bin");

/** The newest of each that lies in a module that can be built by itself. */
const HOSTS = {
  python: { module: "nodejs", package: "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python" },
  go: { module: "go", package: "github.com/pulumi/pulumi/sdk/v3/go/pulumi-language-go" },
  yaml: { module: "yaml", package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml" },
};

async function build(language) {
  const { module, package: name } = HOSTS[language];
  const folder = join(root, "tools/pulumi-cli", module);
  say(`building Pulumi's language host for ${language} with Go, once: usually up to 4 minutes`);
  const file = join(bin, `pulumi-language-${language}`);
  const unfinished = `${file}.${process.pid}`;
  mkdirSync(bin, { recursive: true });
  await go(folder, "build", "-mod=readonly", "-buildvcs=false", "-ldflags", "-s -w", "-o", unfinished, name);
  if (language === "python") {
    // The script that the host runs programs with.
    const sources = await go(folder, "list", "-mod=readonly", "-f", "{{.Dir}}", name);
    copyFileSync(join(sources, "../pulumi-language-python-exec"), join(bin, "pulumi-language-python-exec"));
    chmodSync(join(bin, "pulumi-language-python-exec"), 0o755);
  }
  renameSync(unfinished, file);
}

/** Folders that go on the PATH, so that the engine finds the hosts of these languages. */
export async function provideLanguageHosts(languages) {
  const missing = languages.filter((language) => !onPath(`pulumi-language-${language}`));
  for (const language of missing) if (!existsSync(join(bin, `pulumi-language-${language}`))) await build(language);
  return missing.length > 0 ? [bin] : [];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2);
  console.log(JSON.stringify(await provideLanguageHosts(asked.length > 0 ? asked : Object.keys(HOSTS))));
}
