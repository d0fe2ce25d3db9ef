import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { treeOf } from "./tree";

const script = pathToFileURL(resolve(__dirname, "../../tools/pulumiCli.mjs"));
const builtBefore = { ".cache/pulumi/3.232.0/bin/pulumi": "" };
const hosts = { "bin/pulumi-language-nodejs": "", "bin/pulumi-resource-pulumi-nodejs": "" };
const pulumi = (version: string) => ({ "bin/pulumi": `#!/bin/sh\necho ${version}\n` });

/** Lets set-up look for a CLI in a clone where only `bin` is on the PATH, so that there is no Go. */
function lookForCli(files: Record<string, string>) {
  const clone = treeOf(files);
  for (const file of Object.keys(files)) chmodSync(join(clone, file), 0o755);
  const program = `(await import("${script}")).providePulumiCli(${JSON.stringify(clone)}).catch((e) => console.error(e.message))`;
  const { stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    env: { PATH: join(clone, "bin") },
  });
  const record = join(clone, ".cache/pulumi/cli.json");
  return { said: stderr, chosen: existsSync(record) ? JSON.parse(readFileSync(record, "utf8")).root : "nothing" };
}

test("a user's own CLI is preferred to the one that set-up built before", () => {
  expect(lookForCli({ ...pulumi("v3.150.0"), ...hosts, ...builtBefore })).toEqual({ said: "", chosen: null });
});

test.each([
  ["too old", { ...pulumi("v3.149.9"), ...hosts }, 'its version is "v3.149.9", 3.150 or newer is needed'],
  ["without a version", { ...pulumi(""), ...hosts }, 'its version is ""'],
  ["without its language host", pulumi("v4.0.0"), "pulumi-language-nodejs is neither beside it nor on the PATH"],
])("a user's CLI that is %s is passed over with the reason", (_what, files, reason) => {
  const { said, chosen } = lookForCli({ ...files, ...builtBefore });
  expect(said).toContain(reason);
  expect(chosen).toBe(".cache/pulumi/3.232.0");
});

test("the CLI that was built before is used again without a word", () => {
  expect(lookForCli(builtBefore)).toEqual({ said: "", chosen: ".cache/pulumi/3.232.0" });
});

test("with neither a CLI nor Go a person is told how to get one", () => {
  const { said, chosen } = lookForCli({ "package.json": "{}" });
  expect(said).toMatch(/There is no Pulumi CLI, and no Go to build one\. Install the Pulumi CLI .* or Go 1\.25/);
  expect(chosen).toBe("nothing");
});
