import { execFile, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { exports as entries } from "../../package.json";
import { pulumiEnvironment } from "../../tools/pulumiEnvironment";
import { linksOf } from "../docs/markdown";
import { treeOf } from "./tree";

const root = resolve(__dirname, "../..");

const program = `import { ess } from "pulumi-instance-refresh";
const args: ess.InstanceRefreshArgs = { scalingGroupId: "asg-1", minHealthyPercentage: 90 };
// @ts-expect-error The types are there: a percentage is a number.
const wrong: ess.InstanceRefreshArgs = { scalingGroupId: "asg-1", minHealthyPercentage: "ninety" };
export { args, wrong };
`;

const deployed = `const { ess } = require("pulumi-instance-refresh");
const rollout = new ess.InstanceRefresh("web", { scalingGroupId: "asg-web", desiredConfigurationImageId: "m-second" });
exports.status = rollout.status;
`;

const groups = [
  {
    service: "ess",
    ScalingGroupId: "asg-web",
    DesiredCapacity: 4,
    ScalingConfiguration: { ImageId: "m-first", InstanceType: "ecs.g7.large" },
  },
];

const project = treeOf({
  "package.json": JSON.stringify({ name: "second-project", private: true, main: "index.js" }),
  "Pulumi.yaml": JSON.stringify({ name: "second-project", runtime: "nodejs" }),
  "index.js": deployed,
  "groups.json": JSON.stringify(groups),
  "program.ts": program,
  "resolve.js": "for (const name of process.argv.slice(2)) console.log(require.resolve(name));",
});
const run = (file: string, ...args: string[]) => execFileSync(file, args, { cwd: project, encoding: "utf8" });
let paths: string[];

beforeAll(() => {
  mkdirSync(join(project, "packed"));
  // Its scripts would build again, under the feet of the tests beside this one; set-up has built.
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", join(project, "packed")];
  const [packed] = JSON.parse(execFileSync("npm", [...pack, "--loglevel=error"], { cwd: root, encoding: "utf8" }));
  paths = packed.files.map(({ path }: { path: string }) => path);
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  run("npm", "install", join(project, "packed", packed.filename), ...quiet);
});

test("the package holds what is run and read, and nothing of how it is made", () => {
  expect(paths).toEqual(
    expect.arrayContaining(["LICENSE", "CHANGELOG.md", "dist/src/index.js", "dist/src/index.d.ts"]),
  );
  expect(
    paths.filter((path) =>
      /^(src|tests|tools|benchmarks|dist\/(tests|tools|examples))\/(?!.*README\.md$|pictures\/)/.test(path),
    ),
  ).toEqual([]);
});

test("no link of a packed page leads to a file that is not packed", () => {
  const isThere = (path: string) => paths.some((packed) => packed === path || packed.startsWith(`${path}/`));
  const pages = paths.filter((path) => path.endsWith(".md"));
  const dead = pages.flatMap((page) =>
    linksOf(readFileSync(join(root, page), "utf8"))
      .map((target) => target.split("#")[0] ?? "")
      .filter((target) => target !== "" && !/^[a-z]+:/.test(target) && !isThere(join(dirname(page), target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(pages.length).toBeGreaterThan(10);
  expect(dead).toEqual([]);
});

test("the plugin can be started on Windows too: a command lies beside the script, and starts it with what it was given", () => {
  const script = "provider/pulumi-resource-instance-refresh";
  expect(paths).toEqual(expect.arrayContaining([script, `${script}.cmd`]));
  const command = readFileSync(join(project, "node_modules/pulumi-instance-refresh", `${script}.cmd`), "utf8");
  expect(command.split("\r\n").filter((line) => line && !line.startsWith("@rem"))).toEqual([
    '@node "%~dp0pulumi-resource-instance-refresh" %*',
  ]);
});

test("a second project finds every entry of the installed package, and compiles against its types", () => {
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
});

test("a second project rolls a group with `pulumi up`, against the emulator of the installed package", async () => {
  const command = join(project, "node_modules/.bin/instance-refresh");
  const emulator = spawn(command, ["emulator", "--speed", "1000", "--groups", "groups.json"], {
    cwd: project,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const line = await once(createInterface({ input: emulator.stdout }), "line");
    const { url, region, accessKeyId, secretAccessKey } = JSON.parse(String(line));
    const env = {
      ...process.env,
      ...pulumiEnvironment(project),
      ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: secretAccessKey,
      ALIBABA_CLOUD_ENDPOINT_ESS: url,
      ALIBABA_CLOUD_REGION_ID: region,
      INSTANCE_REFRESH_CLOCK_SPEED: "1000",
    };
    const pulumi = (...args: string[]) =>
      promisify(execFile)("pulumi", [...args, "--non-interactive"], { cwd: project, env });
    await pulumi("stack", "init", "test");
    await pulumi("up", "--yes", "--skip-preview");
    expect((await pulumi("stack", "output", "status")).stdout.trim()).toBe("Successful");
  } finally {
    emulator.kill();
  }
});
