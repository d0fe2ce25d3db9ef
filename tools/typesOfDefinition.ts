/** Writes a definition as TypeScript: what a program gives, and what it gets back. */
import { z } from "zod";
import type { CloudModule } from "../src/core/cloud";
import { definitionOf } from "../src/core/definition/arguments";
import { descriptionOf, outputDescriptionOf } from "../src/core/definition/description";
import { type ObjectType, objectTypesOf } from "../src/core/definition/objectTypes";
import { requestArguments } from "../src/core/lifecycle/compare";

/** Source text of `outputNames.ts` of one cloud. Pulumi resolves no output that the class has not named. */
export function outputNamesOf(cloud: CloudModule): string {
  const names = [...requestArguments(cloud), ...Object.keys(cloud.definition.outputs.shape)];
  return `/** Written by \`npm run generate\` from the definition in \`arguments.ts\`: change that, and run it again. */
import type { InstanceRefreshState } from "./types";

/** Names of everything that the resource answers. */
export const outputNames = ${JSON.stringify(names)} as const satisfies readonly (keyof InstanceRefreshState)[];
`;
}

type Types = ReadonlyMap<z.ZodObject, ObjectType>;

/** Source text of `types.ts` of one cloud; not formatted yet. */
export function typesOf(cloud: CloudModule): string {
  const { definition, key, startOnDefault } = cloud;
  const { arguments: args, outputs } = definition;
  const resource = `${key}.InstanceRefresh`;
  const types = objectTypesOf(args, outputs);
  const inputTypes = new Set(objectTypesOf(args).keys());
  const request = requestArguments(cloud).map((name) => [name, args.shape[name] as z.ZodType] as const);
  return [
    "/** Written by `npm run generate` from the definition in `arguments.ts`: change that, and run it again. */",
    'import type * as pulumi from "@pulumi/pulumi";',
    interfaceOf(`What \`${resource}\` takes.`, "InstanceRefreshArgs", args, (name, schema) =>
      property(name, schema, inputType(schema, types), startOnDefault),
    ),
    `\n/** What \`${resource}\` answers: the arguments of the request as they were given, else as the cloud has them, and how the refresh stands. */`,
    "export interface InstanceRefreshState {",
    ...request.map(
      ([name, schema]) => `${comment([textOf(schema)])}readonly ${name}: pulumi.Output<${answeredType(name, schema)}>;`,
    ),
    ...entriesOf(outputs).map(
      ([name, schema]) => `${outputDoc(schema)}readonly ${name}: pulumi.Output<${plainType(schema, types)}>;`,
    ),
    "}",
    ...distinct(types).map(({ name, schema }) =>
      inputTypes.has(schema)
        ? interfaceOf("", name, schema, (key, value) => property(key, value, inputType(value, types), startOnDefault))
        : interfaceOf(
            "",
            name,
            schema,
            (key, value) => `${outputDoc(value)}readonly ${key}?: ${plainType(value, types)};`,
          ),
    ),
    "",
  ].join("\n");
}

function distinct(types: Types): ObjectType[] {
  return [...new Set(types.values())];
}

function entriesOf(schema: z.ZodObject): [string, z.ZodType][] {
  return Object.entries(schema.shape) as [string, z.ZodType][];
}

function interfaceOf(
  text: string,
  name: string,
  schema: z.ZodObject,
  member: (name: string, schema: z.ZodType) => string,
): string {
  const members = entriesOf(schema).map(([key, value]) => member(key, value));
  return [text ? `\n/** ${text} */` : "", `export interface ${name} {`, ...members, "}"].join("\n");
}

function property(name: string, schema: z.ZodType, type: string, startOnDefault: string): string {
  return `${doc(schema, startOnDefault)}${name}${definitionOf(schema).optional ? "?" : ""}: ${type};`;
}

/** The cloud answers a plain default where the program leaves the argument out; the bridged class has no undefined there either. */
function answeredType(name: string, schema: z.ZodType): string {
  const type = `pulumi.Unwrap<InstanceRefreshArgs["${name}"]>`;
  const isAnswered = ["number", "boolean"].includes(typeof definitionOf(schema).about?.serviceDefault);
  return isAnswered ? `NonNullable<${type}>` : type;
}

/** A type whose values may not be known yet, at each level, as the bridged packages have it. */
function inputType(schema: z.ZodType, types: Types): string {
  const { optional } = definitionOf(schema);
  return `pulumi.Input<${typeOf(schema, types, (element) => `pulumi.Input<${element}>`)}${optional ? " | undefined" : ""}>`;
}

function plainType(schema: z.ZodType, types: Types): string {
  const { optional } = definitionOf(schema);
  return `${typeOf(schema, types, (element) => element)}${optional ? " | undefined" : ""}`;
}

function typeOf(schema: z.ZodType, types: Types, wrap: (element: string) => string): string {
  const { schema: inner, about } = definitionOf(schema);
  if (inner instanceof z.ZodObject) return types.get(inner)?.name ?? "never";
  if (inner instanceof z.ZodArray) {
    const element = typeOf(inner.element as z.ZodType, types, wrap);
    const wrapped = element === "unknown" ? element : wrap(element);
    return /^[\w.]+(<.*>)?$/.test(wrapped) ? `${wrapped}[]` : `(${wrapped})[]`;
  }
  if (inner instanceof z.ZodRecord) return `{ [key: string]: ${typeOf(inner.valueType as z.ZodType, types, wrap)} }`;
  if (inner instanceof z.ZodEnum) {
    const values = inner.options.map((option) => JSON.stringify(option)).join(" | ");
    // The words of a cloud grow, and the bridged packages type them as strings; those of a policy are ours, and name no page.
    const ours = about !== undefined && about.kind !== "status" && about.source === undefined;
    return ours ? values : `${values} | (string & {})`;
  }
  if (inner instanceof z.ZodUnion)
    return inner.options.map((option) => typeOf(option as z.ZodType, types, wrap)).join(" | ");
  if (inner instanceof z.ZodNumber) return "number";
  if (inner instanceof z.ZodString) return "string";
  if (inner instanceof z.ZodBoolean) return "boolean";
  if (inner instanceof z.ZodUnknown) return "unknown";
  throw new Error(`no type is known for a ${inner.constructor.name}`);
}

function doc(schema: z.ZodType, startOnDefault: string): string {
  return comment(descriptionOf(schema, startOnDefault));
}

function outputDoc(schema: z.ZodType): string {
  return comment(outputDescriptionOf(schema));
}

function textOf(schema: z.ZodType): string {
  return definitionOf(schema).about?.text ?? "";
}

function comment(lines: readonly string[]): string {
  const given = lines.filter(Boolean);
  if (given.length === 0) return "";
  if (given.length === 1 && given[0] && given[0].length < 100) return `/** ${given[0]} */\n`;
  return `/**\n${given.map((line) => ` * ${line}`).join("\n")}\n */\n`;
}
