import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { treeOf } from "../project/tree";

const ROOT = resolve(__dirname, "../..");

/** As `pulumi new aws-typescript` has them. */
const STOCK = {
  strict: true,
  target: "es2016",
  module: "commonjs",
  moduleResolution: "node",
  experimentalDecorators: true,
  forceConsistentCasingInFileNames: true,
  esModuleInterop: false,
  noEmit: true,
  // TypeScript 6 still understands what the template says.
  ignoreDeprecations: "6.0",
};

const program = `
import * as pulumi from "@pulumi/pulumi";
import { autoscaling, ess } from "pulumi-instance-refresh";
import * as plugin from "pulumi-instance-refresh/plugin";
const args: ess.InstanceRefreshArgs = { scalingGroupId: "asg-1", minHealthyPercentage: 90 };
export const status: pulumi.Output<string> = new ess.InstanceRefresh("web", args).status;
export const provider = new plugin.Provider("beijing", { alicloudRegion: "cn-beijing" });
new plugin.autoscaling.InstanceRefresh("web", { autoscalingGroupName: "web" }, { provider });
const connection: autoscaling.Connection = { region: "eu-west-1" };
// @ts-expect-error a percentage is a number
export const wrong: autoscaling.InstanceRefreshArgs = { connection, autoscalingGroupName: "web", preferences: { minHealthyPercentage: "90" } };
`;

const constructs = `
import { autoscaling, Rollout } from "pulumi-instance-refresh/constructs";
export function rollout(launchTemplate: autoscaling.RollingGroupArgs["launchTemplate"]) {
  const refreshes = (opts: { parent: import("@pulumi/pulumi").Resource }) => {
    const web = new autoscaling.RollingGroup("web", { launchTemplate, group: { minSize: 1, maxSize: 2 } }, opts);
    // @ts-expect-error a group has a name, and it is no number
    const wrong: number = web.group.name;
  };
  return new Rollout("web", { waves: [{ name: "first", refreshes }] });
}
`;

/** A project with the packed package and these packages, and no other. */
function projectWith(packages: readonly string[], files: Record<string, string>): string {
  const project = treeOf({ "tsconfig.json": JSON.stringify({ compilerOptions: { ...STOCK, types: [] } }), ...files });
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", project, "--loglevel=error"];
  const [{ filename }] = JSON.parse(execFileSync("npm", pack, { cwd: ROOT, encoding: "utf8" }));
  const modules = join(project, "node_modules");
  mkdirSync(join(modules, "@pulumi"), { recursive: true });
  execFileSync("tar", ["-xzf", join(project, filename), "-C", modules]);
  execFileSync("mv", [join(modules, "package"), join(modules, "pulumi-instance-refresh")]);
  for (const name of packages) symlinkSync(join(ROOT, "node_modules", name), join(modules, name), "dir");
  return project;
}

function compiled(project: string): string {
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc, "-p", "."], { cwd: project, encoding: "utf8" }).stdout;
}

test("a stock strict project that checks libraries too compiles, with no other package than @pulumi/pulumi", () => {
  expect(compiled(projectWith(["@pulumi/pulumi"], { "index.ts": program }))).toBe("");
});

test("a project of one cloud compiles with the constructs, without the other cloud's package", () => {
  const project = projectWith(["@pulumi/pulumi", "@pulumi/aws"], { "index.ts": constructs });
  expect(compiled(project)).toBe("");
});
