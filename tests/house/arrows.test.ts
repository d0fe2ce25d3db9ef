import { resolve } from "node:path";
import { brokenArrows, sdksLoadedAtOnce } from "./arrows";
import { treeOf } from "./tree";

const root = resolve(__dirname, "../..");

test("every import of the library goes along an arrow of the table", () => {
  expect(brokenArrows(root)).toEqual([]);
});

test.each(["src/index.ts", "src/plugin.ts", "src/hooks.ts"])("whoever imports %s loads no cloud's SDK", (entry) => {
  expect(sdksLoadedAtOnce(root, entry)).toEqual([]);
});

describe("an import against the table is found", () => {
  test.each<[what: string, files: Record<string, string>, found: string[]]>([
    [
      "one cloud's room knows the other",
      { "src/ess/client.ts": 'import { a } from "../autoscaling/client";', "src/autoscaling/client.ts": "" },
      ["src/ess may not know src/autoscaling/client.ts (src/ess/client.ts)"],
    ],
    [
      "the emulator borrows a type from the client that it judges",
      { "src/emulator/ess/tasks.ts": 'import type { Task } from "../../ess/types";', "src/ess/types.ts": "" },
      ["src/emulator may not know src/ess/types.ts (src/emulator/ess/tasks.ts)"],
    ],
    [
      "the lifecycle knows Pulumi, in a type within an expression",
      { "src/refresh/wait.ts": 'export let a: import("@pulumi/pulumi").Output<string>;' },
      ["src/refresh may not import @pulumi/pulumi (src/refresh/wait.ts)"],
    ],
    [
      "the lifecycle loads a cloud later",
      { "src/refresh/run.ts": 'export const a = () => import("../ess/cloud.js");', "src/ess/cloud.ts": "" },
      ["src/refresh may not know src/ess/cloud.ts (src/refresh/run.ts)"],
    ],
    [
      "a bridged provider outside of the constructs",
      {
        "src/ess/resource.ts": 'export * from "@pulumi/alicloud/ess";',
        "src/constructs/group.ts": 'import "@pulumi/aws";',
      },
      ["src/ess/resource.ts may not import @pulumi/alicloud/ess (src/ess/resource.ts)"],
    ],
    [
      "an SDK outside of its room",
      { "src/cli/run.ts": 'const sdk = require("@aws-sdk/client-auto-scaling");' },
      ["src/cli may not import @aws-sdk/client-auto-scaling (src/cli/run.ts)"],
    ],
    [
      "the library knows its tests",
      { "src/simulation/model.ts": 'import { a } from "../../tests/clock";', "tests/clock.ts": "" },
      ["src/simulation may not know tests/clock.ts (src/simulation/model.ts)"],
    ],
    [
      "a way round by the package's own name",
      { "src/forecast/plan.ts": 'import { ess } from "pulumi-instance-refresh";' },
      ["src/forecast/plan.ts imports this package by its name, which hides an arrow"],
    ],
    [
      "a room that the table does not have",
      { "src/helpers/a.ts": "" },
      ["src/helpers/a.ts is in no room of the table"],
    ],
    [
      "what the table allows",
      {
        "src/doors/lifecycles.ts":
          'import { a } from "../refresh/run"; export const b = () => import("../ess/cloud.js");',
        "src/refresh/run.ts": 'import { z } from "zod"; import "./wait";',
        "src/refresh/wait.ts": "",
        "src/ess/cloud.ts": "",
      },
      [],
    ],
  ])("%s", (_what, files, found) => {
    expect(brokenArrows(treeOf(files))).toEqual(found);
  });
});

describe("an SDK that is loaded at once is found with the way to it", () => {
  const client = "src/ess/client.ts";
  const index = { "src/index.ts": 'export * as ess from "./ess/resource";' };
  test.each<[what: string, files: Record<string, string>, found: string[]]>([
    [
      "through a chain of files",
      {
        ...index,
        "src/ess/resource.ts": 'import { a } from "./client";',
        [client]: 'import Core from "@alicloud/openapi-core";',
      },
      ["src/index.ts → src/ess/resource.ts → src/ess/client.ts → @alicloud/openapi-core"],
    ],
    [
      "by require",
      { "src/index.ts": 'export const a = require("@aws-sdk/client-auto-scaling");' },
      ["src/index.ts → @aws-sdk/client-auto-scaling"],
    ],
    [
      "not when only types are imported",
      {
        ...index,
        "src/ess/resource.ts": 'import { type A } from "./client"; import type B from "@alicloud/credentials";',
      },
      [],
    ],
    [
      "not behind import()",
      {
        ...index,
        "src/ess/resource.ts": 'export const a = () => import("./client.js");',
        [client]: 'import "@alicloud/credentials";',
      },
      [],
    ],
  ])("%s", (_what, files, found) => {
    expect(sdksLoadedAtOnce(treeOf(files), "src/index.ts")).toEqual(found);
  });
});
