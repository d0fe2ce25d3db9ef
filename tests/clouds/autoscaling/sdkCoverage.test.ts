import * as sdk from "@aws-sdk/client-auto-scaling";
import { z } from "zod";
import { requestArguments } from "../../../src/clouds/autoscaling/arguments";
import { definition } from "../../../src/clouds/autoscaling/definition";
import { STATUSES } from "../../../src/clouds/autoscaling/refresh";
import { programName, wireName } from "../../../src/clouds/autoscaling/wire";
import { checkArguments, definitionOf } from "../../../src/core/definition/arguments";
import { enumFields, leavesOf, requiredOf } from "./sdkModel";

/** Leaves of a definition by their names on the wire, with their schemas. */
function ours(schema: z.ZodType, path = ""): [string, z.ZodType][] {
  const { schema: inner } = definitionOf(schema);
  if (inner instanceof z.ZodObject) {
    return Object.entries(inner.shape).flatMap(([name, value]) =>
      ours(value as z.ZodType, path ? `${path}.${wireName(name)}` : wireName(name)),
    );
  }
  if (inner instanceof z.ZodArray) return ours(inner.element as z.ZodType, `${path}[]`);
  return [[path, schema]];
}

const request = z.strictObject(requestArguments);
const START = sdk.StartInstanceRefreshType$;

test("every field of the SDK's StartInstanceRefresh is an argument, and every argument is a field", () => {
  const fields = leavesOf(START);
  expect(fields.length).toBeGreaterThan(60);
  expect(
    ours(request)
      .map(([path]) => path)
      .sort(),
  ).toEqual([...fields].sort());
});

test("every field of the SDK's InstanceRefresh is an output or an echoed argument", () => {
  const { outputs } = definition;
  const answered = leavesOf(sdk.InstanceRefresh$).map((path) => path.split(".")[0] as string);
  const missing = [...new Set(answered)].filter(
    (field) => !(programName(field) in outputs.shape) && !(programName(field) in requestArguments),
  );
  expect(missing).toEqual([]);
  const nested = ours(outputs)
    .map(([path]) => path)
    .filter((path) => path.includes("."));
  expect(nested.sort()).toEqual(
    leavesOf(sdk.InstanceRefresh$)
      .filter((path) => /^(ProgressDetails|RollbackDetails)\./.test(path))
      .sort(),
  );
});

test("what the SDK requires of instance requirements is required here", () => {
  const required = [...requiredOf(START)].sort();
  expect(required).toEqual([
    "InstanceRequirements.MemoryMiB",
    "InstanceRequirements.VCpuCount",
    "MemoryMiBRequest.Min",
    "StartInstanceRefreshType.AutoScalingGroupName",
    "VCpuCountRequest.Min",
  ]);
  const failures = (requirements: object) =>
    checkArguments(definition, {
      autoscalingGroupName: "g",
      desiredConfiguration: {
        mixedInstancesPolicy: {
          launchTemplate: {
            launchTemplateSpecification: { launchTemplateId: "lt-1", version: "1" },
            overrides: [{ instanceRequirements: requirements }],
          },
        },
      },
    }).failures.map(({ property }) => property.replace(/^.*instanceRequirements\./, ""));
  expect(failures({ vcpuCount: { min: 1 }, memoryMib: { min: 1 } })).toEqual([]);
  expect(failures({ vcpuCount: { max: 1 }, memoryMib: { max: 1 } })).toEqual(["vcpuCount.min", "memoryMib.min"]);
  expect(failures({})).toEqual(["vcpuCount.min", "memoryMib.min"]);
});

const enums = new Map(
  Object.entries(sdk as Record<string, unknown>).filter(
    (entry): entry is [string, Record<string, string>] =>
      entry[1] !== null && typeof entry[1] === "object" && !Array.isArray(entry[1]) && isEnum(entry[1]),
  ),
);

function isEnum(value: object): boolean {
  const values = Object.values(value);
  return values.length > 0 && values.every((each) => typeof each === "string");
}

/** Structures that a request of StartInstanceRefresh is made of. */
const STRUCTURES =
  /^(StartInstanceRefreshType|RefreshPreferences|InstanceRequirements|InstancesDistribution|DistributionSegment|LaunchTemplateOverrides)\./;

test("every enum of the request has the SDK's values", () => {
  const fields = [...enumFields(new Set(enums.keys()))].filter(([field]) => STRUCTURES.test(field));
  const schemas = new Map(
    ours(request).map(([path, schema]) => [path.replace("[]", "").split(".").at(-1)?.replace("[]", ""), schema]),
  );
  const values = fields.map(([field, name]) => {
    const schema = schemas.get(field.split(".")[1]);
    const { schema: inner } = definitionOf(schema as z.ZodType);
    return [
      field,
      inner instanceof z.ZodEnum ? [...inner.options].sort() : [],
      Object.values(enums.get(name) ?? {}).sort(),
    ];
  });
  expect(values.length).toBeGreaterThanOrEqual(13);
  for (const [field, here, there] of values) expect([field, here]).toEqual([field, there]);
});

test("every status of the SDK has its stage, and there is no other", () => {
  expect(Object.keys(STATUSES).sort()).toEqual(Object.values(sdk.InstanceRefreshStatus).sort());
});

test("every argument and output says what it means", () => {
  const walk = (schema: z.ZodType, path: string): string[] => {
    const { schema: inner, about } = definitionOf(schema);
    if (inner instanceof z.ZodObject) {
      const within = Object.entries(inner.shape).flatMap(([name, value]) =>
        walk(value as z.ZodType, `${path}.${name}`),
      );
      return about?.text || path.endsWith("[]") ? within : [path, ...within];
    }
    const elements = inner instanceof z.ZodArray ? walk(inner.element as z.ZodType, `${path}[]`) : [];
    // What an element of a list of words means, its list says.
    return about?.text ? elements : path.endsWith("[]") ? [] : [path];
  };
  const shapes = { ...definition.arguments.shape, ...definition.outputs.shape };
  expect(Object.entries(shapes).flatMap(([name, schema]) => walk(schema as z.ZodType, name))).toEqual([]);
});
