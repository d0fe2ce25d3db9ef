/** How users have their projects: each installs the packed package. A sample here, all of them by `npm run setups`. */
import { execFileSync } from "node:child_process";
import { renameSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { treeOf } from "../project/tree";
import { declared, installedWith, isWhole, packed, program, projectOf, run, UserStack, write } from "./project";

const ROOT = resolve(__dirname, "../..");
const PACKAGE = "node_modules/pulumi-instance-refresh";
const whole = isWhole ? test : test.skip;

let stack: UserStack | undefined;
afterEach(async () => {
  await stack?.emulator.close();
  stack = undefined;
});

/** A library of one's own, whose only use is to declare the refresh. */
const fleet = (archive: string) => ({
  "package.json": JSON.stringify({
    name: "fleet",
    version: "1.0.0",
    main: "index.js",
    dependencies: { "pulumi-instance-refresh": `file:${archive}` },
  }),
  "index.js": 'exports.ess = require("pulumi-instance-refresh").ess;',
});

const NEEDED =
  /needs the package pulumi-instance-refresh where the program is.*Run `npm install pulumi-instance-refresh@/s;

test("the package is removed in the same commit as its refresh: `up` and `destroy` say in one line what to do", async () => {
  const folder = projectOf(program(declared("pulumi-instance-refresh")));
  stack = await UserStack.of(folder);
  await stack.up();
  write(folder, { "index.js": "" });
  renameSync(join(folder, PACKAGE), join(folder, "removed"));
  const said = new RegExp(`pulumi-instance-refresh is not installed in .*${folder}`);
  await expect(stack.up()).rejects.toThrow(said);
  await expect(stack.pulumi("destroy", "--yes", "--skip-preview")).rejects.toThrow(said);
  renameSync(join(folder, "removed"), join(folder, PACKAGE));
  await stack.up();
});

whole("a project that `init` has written installs, compiles, and its preview replaces nothing", async () => {
  const folder = projectOf({ "package.json": '{ "main": "index.js" }' });
  stack = await UserStack.of(folder, { project: false });
  const { env } = stack;
  const command = join(folder, "node_modules/.bin/pulumi-instance-refresh");
  const reached = ["--region", stack.emulator.region, "--endpoint", stack.emulator.url];
  const said = await run(folder, env as NodeJS.ProcessEnv, command, "init", "asg-web", ...reached);
  const [, next = ""] = said.split("Next:\n");
  const typed = next
    .replace("npm install ", `npm install ${packed()} --prefer-offline --no-audit --no-fund `)
    .replace(/ pulumi-instance-refresh(?= |$)/m, "");
  const script = ["set -e", typed, "node_modules/.bin/tsc --noEmit"].join("\n");
  const preview = await run(folder, env as NodeJS.ProcessEnv, "bash", "-c", script);
  expect(preview).toContain("none of 2 instances needs to be replaced");
  expect(preview).not.toMatch(/warning/i);
});

whole(
  "a library in a linked folder has the package, the program has not: `up` says what to add, and then works",
  async () => {
    const library = projectOf(fleet(packed()));
    const folder = projectOf(program(declared("fleet")));
    symlinkSync(library, join(folder, "node_modules/fleet"), "dir");
    renameSync(join(folder, PACKAGE), join(folder, "not-yet"));
    stack = await UserStack.of(folder);
    await expect(stack.up()).rejects.toThrow(NEEDED);
    renameSync(join(folder, "not-yet"), join(folder, PACKAGE));
    await stack.live();
  },
);

whole(
  "a library in a workspace of pnpm has the package, the program has not: `up` says what to add, and then works",
  async () => {
    const pnpm = join(installedWith("pnpm@10"), "node_modules/.bin/pnpm");
    const app = (more: object) =>
      JSON.stringify({
        name: "app",
        private: true,
        main: "index.js",
        dependencies: { "@pulumi/pulumi": "^3.270.0", fleet: "workspace:*", ...more },
      });
    const files = (at: string, each: Record<string, string>) =>
      Object.fromEntries(Object.entries(each).map(([path, text]) => [`${at}/${path}`, text]));
    const workspace = treeOf({
      "pnpm-workspace.yaml": "packages: [app, fleet]\n",
      ...files("fleet", fleet(packed())),
      ...files("app", { ...program(declared("fleet")), "package.json": app({}) }),
    });
    const folder = join(workspace, "app");
    await run(workspace, process.env, pnpm, "install", "--prefer-offline");
    stack = await UserStack.of(folder);
    await expect(stack.up()).rejects.toThrow(NEEDED);
    write(folder, { "package.json": app({ "pulumi-instance-refresh": `file:${packed()}` }) });
    await run(workspace, process.env, pnpm, "install", "--prefer-offline", "--no-frozen-lockfile");
    await stack.live();
  },
);

/** The program and all that it imports in one file, as for a small image; only Pulumi stays a package. */
function bundled(folder: string, from: string): void {
  write(folder, { "source.js": declared(from) });
  const options = ["--bundle", "--platform=node", "--external:@pulumi/pulumi", "--log-level=error"];
  const files = ["source.js", "--outfile=index.js", "--allow-overwrite"];
  execFileSync(join(ROOT, "node_modules/.bin/esbuild"), [...files, ...options], { cwd: folder, stdio: "pipe" });
}

whole("a bundled program needs the package beside it, as `up` says without it", async () => {
  const folder = projectOf(program(""));
  bundled(folder, "pulumi-instance-refresh");
  stack = await UserStack.of(folder);
  renameSync(join(folder, PACKAGE), join(folder, "removed"));
  await expect(stack.up()).rejects.toThrow(NEEDED);
  renameSync(join(folder, "removed"), join(folder, PACKAGE));
  await stack.live();
});

whole("a bundled program with the plugin's class needs no package beside it", async () => {
  const folder = projectOf(program(""));
  bundled(folder, "pulumi-instance-refresh/plugin");
  stack = await UserStack.of(folder, { path: [join(ROOT, "provider")] });
  renameSync(join(folder, PACKAGE), join(folder, "removed"));
  await stack.live();
});

whole("the newest Node runs programs and providers", async () => {
  const node = installedWith(`node-${process.platform}-${process.arch}@latest`);
  const bin = join(node, `node_modules/node-${process.platform}-${process.arch}/bin`);
  const folder = projectOf(program(declared("pulumi-instance-refresh")));
  stack = await UserStack.of(folder, { path: [bin] });
  await stack.live();
});

const typed = `
import * as pulumi from "@pulumi/pulumi";
import { autoscaling, ess } from "pulumi-instance-refresh";
import * as plugin from "pulumi-instance-refresh/plugin";
const args: ess.InstanceRefreshArgs = { scalingGroupId: "asg-1", minHealthyPercentage: 90 };
export const status: pulumi.Output<string> = new ess.InstanceRefresh("web", args).status;
new plugin.autoscaling.InstanceRefresh("web", { autoscalingGroupName: "web" });
export const preferences: autoscaling.Preferences = { minHealthyPercentage: 90 };
`;

const VERSIONS = ["5.0", "5.9", "6", "latest"];

whole("TypeScript from 5.0 to the newest compiles a strict project that checks libraries too", async () => {
  const compilers = installedWith(...VERSIONS.map((version) => `typescript-${version}@npm:typescript@${version}`));
  for (const version of VERSIONS) {
    const module = version === "5.0" ? "node16" : "nodenext";
    const compilerOptions = { strict: true, noEmit: true, target: "es2022", module, moduleResolution: module };
    const files = { "index.ts": typed, "tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }) };
    const tsc = join(compilers, `node_modules/typescript-${version}/bin/tsc`);
    await run(projectOf(files), process.env, process.execPath, tsc, "-p", ".");
  }
});

const automation = (where: string) => `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const { ess } = require("pulumi-instance-refresh");
const program = async () => ({
  status: new ess.InstanceRefresh("web", { scalingGroupId: "asg-web", desiredConfigurationImageId: "m-2" }).status,
});
const settings = { name: "web", runtime: "nodejs", main: ${where} };
LocalWorkspace.createOrSelectStack({ stackName: "automation", projectName: "web", program }, { projectSettings: settings })
  .then((stack) => stack.up())
  .then(({ outputs }) => console.log(outputs.status.value))
  .catch((error) => { console.error(error.message); process.exitCode = 1; });
`;

whole(
  "an inline Automation program runs from any folder when it says where it is; else Pulumi finds no package",
  async () => {
    const folder = projectOf({
      ...program(""),
      "there.js": automation("__dirname"),
      "nowhere.js": automation("undefined"),
    });
    stack = await UserStack.of(folder);
    const from = (file: string) => run("/", stack?.env as NodeJS.ProcessEnv, process.execPath, join(folder, file));
    await expect(from("nowhere.js")).rejects.toThrow("Cannot find module '@pulumi/pulumi/cmd/dynamic-provider'");
    expect((await from("there.js")).trim()).toBe("Successful");
  },
);

whole("a local Automation program runs from any folder", async () => {
  const start = `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
LocalWorkspace.createOrSelectStack({ stackName: "local", workDir: __dirname })
  .then((stack) => stack.up())
  .then(({ outputs }) => console.log(outputs.status.value));
`;
  const folder = projectOf({ ...program(declared("pulumi-instance-refresh")), "start.js": start });
  stack = await UserStack.of(folder);
  const env = { ...stack.env, IMAGE: "m-2" } as NodeJS.ProcessEnv;
  expect((await run("/", env, process.execPath, join(folder, "start.js"))).trim()).toBe("Successful");
});
