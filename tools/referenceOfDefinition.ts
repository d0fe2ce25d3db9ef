/** The reference page of a resource, from its definition: every argument, every rule, every output. */
import { z } from "zod";
import type { CloudModule } from "../src/core/cloud";
import { type About, type ArgumentKind, definitionOf, expectation } from "../src/core/definition/arguments";

/** What a change of an argument of this kind does. */
const CHANGES: Readonly<Record<ArgumentKind, string>> = {
  group: "new refresh",
  configuration: "new refresh",
  trigger: "new refresh",
  preference: "see `startOn`",
  status: "cancels or rolls back",
  policy: "no refresh",
};

export function referenceOf({ definition, key, resource, startOnDefault }: CloudModule): string {
  const inputs = rowsOf(definition.arguments, "");
  const outputs = rowsOf(definition.outputs, "");
  return `<!-- Written by \`npm run generate\` from the definition in src: change that, and run it again. -->

# ${key}.InstanceRefresh

${resource.text}

Token of the plugin: \`instance-refresh:${key}:InstanceRefresh\`. A preference that changes ${
    startOnDefault === "anyChange"
      ? "starts a new refresh, unless `startOn` is `configurationChange`"
      : "applies to the next refresh, unless `startOn` is `anyChange`"
  }.

## Arguments

Those in **bold** are required. Only what a program sets is sent; a default of the service is the service's own.

| Argument | Must be | When left out | A change | Meaning |
|---|---|---|---|---|
${inputs.map(argumentRow).join("\n")}

## Rules

What several arguments have to do with one another is checked at preview, all faults at once.

${definition.rules.map((rule) => `- ${upperFirst(rule.name)}: ${listed(rule.reads)} (${rule.source}).`).join("\n")}

## Outputs

Every argument above is an output too: as it was asked, else as the cloud echoes it. And:

| Output | Meaning |
|---|---|
${outputs.map(({ path, about }) => `| \`${path}\` | ${cell(about.text)}${about.unit ? ` Unit: ${about.unit}.` : ""} |`).join("\n")}
`;
}

interface Row {
  readonly path: string;
  readonly schema: z.ZodType;
  readonly about: About;
  readonly optional: boolean;
}

/** A property and everything below it. */
function rowsOf(object: z.ZodObject, prefix: string): Row[] {
  return Object.entries(object.shape).flatMap(([name, property]) => {
    const { schema, about, optional } = definitionOf(property as z.ZodType);
    const path = prefix + name;
    if (!about) throw new Error(`${path} has no text: register it with argument()`);
    return [{ path, schema: property as z.ZodType, about, optional }, ...rowsBelow(schema, path)];
  });
}

function rowsBelow(schema: z.ZodType, path: string): Row[] {
  if (schema instanceof z.ZodObject) return rowsOf(schema, `${path}.`);
  if (!(schema instanceof z.ZodArray)) return [];
  const { schema: element } = definitionOf(schema.element as z.ZodType);
  return element instanceof z.ZodObject ? rowsOf(element, `${path}[].`) : [];
}

function argumentRow({ path, schema, about, optional }: Row): string {
  const name = optional || path.includes("[") || path.includes(".") ? `\`${path}\`` : `**\`${path}\`**`;
  const change = about.kind ? CHANGES[about.kind] : "";
  const text = `${about.text}${about.sensitive ? " Its value is never printed." : ""}`;
  return `| ${name} | ${cell(form(schema))} | ${cell(leftOut(about))} | ${change} | ${cell(text)} |`;
}

/** An object's properties have rows of their own. */
function form(schema: z.ZodType): string {
  const { schema: inner } = definitionOf(schema);
  if (inner instanceof z.ZodObject) return "an object";
  if (inner instanceof z.ZodArray && definitionOf(inner.element as z.ZodType).schema instanceof z.ZodObject) {
    return expectation(schema).replace(/, each .*$/s, " of objects");
  }
  return expectation(schema);
}

function leftOut({ serviceDefault, default: own }: About): string {
  if (own !== undefined) return valueText(own);
  return serviceDefault === undefined ? "" : `service: ${valueText(serviceDefault)}`;
}

/** A plain value as code; words in parentheses without them. */
function valueText(value: string | number | boolean): string {
  const words = typeof value === "string" && /^\((.*)\)$/.exec(value)?.[1];
  return words || `\`${value}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
