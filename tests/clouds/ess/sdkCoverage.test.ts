/** The arguments and outputs against the models of the vendor's newest SDK. */
import { join } from "node:path";
import { z } from "zod";
import { requestArguments } from "../../../src/clouds/ess/arguments";
import { outputs } from "../../../src/clouds/ess/outputs";
import { definitionOf } from "../../../src/core/definition/arguments";
import type { Models } from "../../emulator/essModels";
import { pythonWith } from "../../emulator/python/packages";

const sdk = pythonWith("alibabacloud_ess20220222");
const withModels = typeof sdk === "string" ? test.skip : test;
const why = typeof sdk === "string" ? ` (${sdk})` : "";
const models = async (): Promise<Models> =>
  typeof sdk === "string" ? {} : JSON.parse(await sdk.run(join(__dirname, "../../emulator/python/essModels.py")));

/** Members that are not arguments of a refresh: who calls, where, and how; `Strategy` has no description anywhere. */
const NO_ARGUMENTS = ["ClientToken", "OwnerId", "RegionId", "ResourceOwnerAccount", "Strategy"];

const upperFirst = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** Paths of all leaves below a class, such as `Checkpoints[].Percentage`, with their types. */
function theirs(all: Models, name: string, path = ""): [string, string][] {
  return Object.entries(all[name] ?? {}).flatMap(([member, type]) => {
    const element = /^List\[(.*)\]$/.exec(type)?.[1];
    const at = `${path}${path && "."}${member}${element === undefined ? "" : "[]"}`;
    return all[element ?? type] ? theirs(all, element ?? type, at) : [[at, element ?? type] as [string, string]];
  });
}

/** Where an argument goes in a request. */
const pathOf = (name: string, schema: z.ZodType) => definitionOf(schema).about?.wire ?? name;

function ours(schema: z.ZodType, path: string): [string, string][] {
  const { schema: inner } = definitionOf(schema);
  if (inner instanceof z.ZodArray) return ours(inner.element as z.ZodType, `${path}[]`);
  if (inner instanceof z.ZodObject)
    return Object.entries(inner.shape).flatMap(([name, value]) =>
      ours(value as z.ZodType, `${path}.${upperFirst(name)}`),
    );
  return [[path, inner instanceof z.ZodNumber ? "int" : inner instanceof z.ZodBoolean ? "bool" : "str"]];
}

withModels(
  `every field of the SDK's StartInstanceRefresh is an argument, and every argument is a field${why}`,
  async () => {
    const fields = theirs(await models(), "StartInstanceRefreshRequest").filter(
      ([path]) => !NO_ARGUMENTS.includes(path),
    );
    expect(fields.length).toBeGreaterThan(15);
    const arguments_ = Object.entries(requestArguments).flatMap(([name, schema]) =>
      ours(
        schema as z.ZodType,
        pathOf(name, schema as z.ZodType)
          .split(".")
          .map(upperFirst)
          .join("."),
      ),
    );
    expect(Object.fromEntries(arguments_.sort())).toEqual(Object.fromEntries(fields.sort()));
  },
);

withModels(`every field of the SDK's task is an output or an echoed argument${why}`, async () => {
  const all = await models();
  const task = Object.keys(all.DescribeInstanceRefreshesResponseBodyInstanceRefreshTasks ?? {});
  expect(task.length).toBeGreaterThan(12);
  const echoed = Object.entries(requestArguments).map(
    ([name, schema]) => pathOf(name, schema as z.ZodType).split(".")[0],
  );
  // The id is the resource's own, the status an output by its name; what `Strategy` means nobody says.
  const known = new Set([...Object.keys(outputs.shape), ...echoed, "instanceRefreshTaskId", "strategy"]);
  expect(task.map(lowerFirst).filter((field) => !known.has(field))).toEqual([]);
});
