import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { exports as entries } from "../../package.json";
import { treeOf } from "./tree";

const root = resolve(__dirname, "../..");

const program = `import { ess } from "pulumi-instance-refresh";
const args: ess.InstanceRefreshArgs = { scalingGroupId: "asg-1", minHealthyPercentage: 90 };
// @ts-expect-error The types are there: a percentage is a number.
const wrong: ess.InstanceRefreshArgs = { scalingGroupId: "asg-1", minHealthyPercentage: "ninety" };
export { args, wrong };
`;

test("the packed package is installed by a second project, which finds every entry in it and compiles against its types", () => {
  const project = treeOf({
    "package.json": JSON.stringify({ name: "second-project", private: true }),
    "program.ts": program,
    "resolve.js": "for (const name of process.argv.slice(2)) console.log(require.resolve(name));",
  });
  const run = (file: string, ...args: string[]) => execFileSync(file, args, { cwd: project, encoding: "utf8" });

  mkdirSync(join(project, "packed"));
  // Its scripts would build anew, under the feet of the tests beside this one; set-up has built.
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", join(project, "packed")];
  const [packed] = JSON.parse(execFileSync("npm", [...pack, "--loglevel=error"], { cwd: root, encoding: "utf8" }));
  const paths: string[] = packed.files.map(({ path }: { path: string }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(["LICENSE", "CHANGELOG.md", "dist/src/index.js", "dist/src/index.d.ts"]),
  );
  expect(
    paths.filter((path) => /^(src|tests|tools|examples|benchmarks|dist\/(tests|tools|examples))\//.test(path)),
  ).toEqual([]);

  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  run("npm", "install", join(project, "packed", packed.filename), ...quiet);

  const names = Object.keys(entries).map((entry) => entry.replace(/^\./, "pulumi-instance-refresh"));
  expect(
    run(process.execPath, "resolve.js", ...names)
      .trim()
      .split("\n"),
  ).toHaveLength(names.length);
  expect(run(process.execPath, "-p", 'typeof require("pulumi-instance-refresh").ess.InstanceRefresh').trim()).toBe(
    "function",
  );
  const types = Object.values(entries).flatMap((entry) => (typeof entry === "object" ? [entry.types] : []));
  expect(types.filter((file) => !existsSync(join(project, "node_modules/pulumi-instance-refresh", file)))).toEqual([]);

  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const options = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "node16"];
  expect(spawnSync(process.execPath, [tsc, ...options, "program.ts"], { cwd: project, encoding: "utf8" }).stdout).toBe(
    "",
  );
}, 300_000);
