import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { treeOf } from "./tree";

const root = resolve(__dirname, "../..");

/** What dependency-cruiser finds in a small project, as `rule: from → to`. */
function broken(config: "rules" | "lazySdks", files: Record<string, string>): string[] {
  const packages = ["@pulumi/pulumi", "@aws-sdk/client-auto-scaling", "@alicloud/credentials", "zod"];
  const tree = treeOf({
    "package.json": "{}",
    ...Object.fromEntries(packages.map((name) => [`node_modules/${name}/index.js`, ""])),
    ...files,
  });
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      `${root}/node_modules/.bin/depcruise`,
      "src",
      "--config",
      `${root}/tools/importRules/${config}.cjs`,
      "--output-type",
      "json",
    ],
    { cwd: tree, encoding: "utf8" },
  );
  if (!stdout) throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { from: string; to: string; rule: { name: string } }[] };
  };
  return summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`).sort();
}

test("an import against the rules is found, also one of a type", () => {
  expect(
    broken("rules", {
      "src/clouds/ess/client.ts": 'import { a } from "../autoscaling/client"; export const b = a;',
      "src/clouds/autoscaling/client.ts": 'import "@aws-sdk/client-auto-scaling"; export const a = 1;',
      "src/emulator/ess/tasks.ts": 'import type { Task } from "../../core/task"; export type T = Task;',
      "src/core/task.ts": "export interface Task {}",
      "src/core/wait.ts": 'export let a: import("@pulumi/pulumi").Output<string>;',
      "src/core/run.ts": 'export const a = () => import("../clouds/ess/client.js");',
      "src/core/file.ts": 'import { readFileSync } from "node:fs"; readFileSync("a");',
      "src/cli/run.ts": 'const sdk = require("@alicloud/credentials"); sdk();',
      "src/simulation/model.ts": 'import type { A } from "../../tests/clock"; export type B = A;',
      "src/simulation/circle.ts": 'import type { D } from "./circle2"; export type C = D;',
      "src/simulation/circle2.ts": 'import type { C } from "./circle"; export type D = C[];',
      "tests/clock.ts": "export interface A {}",
      "src/helpers/a.ts": "export const a = 1;",
    }),
  ).toEqual([
    "every file is in a module of the table: src/helpers/a.ts → src/helpers/a.ts",
    "no cycle, not even of types: src/simulation/circle.ts → src/simulation/circle2.ts",
    "no input or output in src/simulation, src/core, src/forecast: src/core/file.ts → fs",
    "only src/clouds/ess imports (@alicloud|@darabonba)/: src/cli/run.ts → node_modules/@alicloud/credentials/index.js",
    "only src/pulumi, src/constructs, provider imports @pulumi/pulumi: src/core/wait.ts → node_modules/@pulumi/pulumi/index.js",
    "src/clouds/ess imports only src/clouds/common, src/core, src/simulation, itself: src/clouds/ess/client.ts → src/clouds/autoscaling/client.ts",
    "src/core imports only src/simulation, itself: src/core/run.ts → src/clouds/ess/client.ts",
    "src/emulator imports only src/dashboard, src/facts, src/pictures, src/requireNode.ts, src/simulation, itself: src/emulator/ess/tasks.ts → src/core/task.ts",
    "src/simulation imports only itself: src/simulation/model.ts → tests/clock.ts",
  ]);
});

test("what the rules allow is not found", () => {
  expect(
    broken("rules", {
      "src/core/run.ts": 'import { z } from "zod"; export const a = z;',
      "src/clouds/ess/module.ts": 'import "@alicloud/credentials"; export { a } from "../../core/run";',
      "src/clouds/index.ts": 'export const ess = () => import("./ess/module.js");',
      "src/app/forecasts.ts": 'import { ess } from "../clouds"; export const a = ess;',
    }),
  ).toEqual([]);
});

test("an SDK that is loaded with the package is found; one that is loaded later, or for its types, is not", () => {
  const file = (name: string, sdk: string) => ({
    [`src/clouds/${name}/client.ts`]: `import ${sdk}; export interface Type {}`,
  });
  const sdk = "node_modules/@aws-sdk/client-auto-scaling/index.js";
  expect(
    broken("lazySdks", {
      "src/index.ts": 'export * from "./pulumi/resource";',
      "src/pulumi/resource.ts": 'import "../clouds/autoscaling/client";',
      "src/plugin.ts":
        'import type { Type } from "./clouds/ess/client"; export type A = Type; export const b = () => import("./clouds/ess/client.js");',
      ...file("autoscaling", '"@aws-sdk/client-auto-scaling"'),
      ...file("ess", '"@alicloud/credentials"'),
    }),
  ).toEqual([`SDKs are loaded when a resource of their cloud is used: src/index.ts → ${sdk}`]);
});
