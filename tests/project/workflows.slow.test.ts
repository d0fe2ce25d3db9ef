import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { treeOf } from "./tree";

const ROOT = resolve(__dirname, "../..");

/** What the linter of GitHub's workflows, which Go builds, says about a file. */
function lint(file: string): string {
  const build = ["run", "-C", join(ROOT, "tools/actionlint"), "-mod=readonly", "-buildvcs=false"];
  const args = [...build, "github.com/rhysd/actionlint/cmd/actionlint", "-no-color", "-oneline", file];
  const { stdout, stderr, status } = spawnSync("go", args, {
    env: { ...process.env, GOWORK: "off" },
    encoding: "utf8",
  });
  return status === 0 ? "" : `${stdout}${stderr}`;
}

test.each(["ci", "release"])("the workflow %s has no error that its linter knows", (name) => {
  expect(lint(join(ROOT, ".github/workflows", `${name}.yml`))).toBe("");
});

test("the linter finds a step that GitHub would refuse", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
  const job = "jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: 'echo ${{ matrix.node }}' }] } }";
  expect(lint(join(treeOf({ "faulty.yml": `on: push\n${job}\n` }), "faulty.yml"))).toMatch(
    /property "node" is not defined/,
  );
});

test("a release needs a dated section of the change log, and the tag of its version", () => {
  const release = join(ROOT, "tools/release.mjs");
  const folder = treeOf({});
  const { stderr, status } = spawnSync(process.execPath, [release, folder, "v99.0.0"], { encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr).toMatch(/CHANGELOG.md begins with|The tag is v99.0.0, but package.json has/);
});
