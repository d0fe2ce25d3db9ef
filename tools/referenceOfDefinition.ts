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

export function referenceOf({ definition, idForms, key, resource, startOnDefault }: CloudModule): string {
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

## Example

\`\`\`ts
import { ${key} } from "pulumi-instance-refresh";

${resource.example}
\`\`\`

## Import

The id has the form ${idForms}. An import starts nothing: it takes over a refresh that is running or has ended.

With the plugin:

\`\`\`
pulumi import instance-refresh:${key}:InstanceRefresh web ${resource.exampleId}
\`\`\`

With either host, by the resource option \`import: "${resource.exampleId}"\`.

## Arguments

**Bold** arguments are required. The library sends only what your program sets; the other defaults are those of the service.

${table(inputs, "")}
${objectsOf(inputs)
  .map((path) => `### \`${path}\`\n\n${table(inputs, path)}`)
  .join("\n")}

## Rules

The preview checks these rules, and reports every violation at once.

${definition.rules.map((rule) => `- ${rule.text}`).join("\n")}

## Outputs

Every argument is also an output. It has the value that you set, or else the value that the cloud reports. Other outputs:

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

/** Paths of the objects, in the order of the arguments; an entry of a list is one. */
function objectsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.map(({ path }) => parentOf(path)).filter((path) => path !== ""))];
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}

/** The arguments of one object; `""` stands for the resource itself. */
function table(rows: readonly Row[], parent: string): string {
  return `| Argument | Must be | When left out | A change | Meaning |
|---|---|---|---|---|
${rows
  .filter(({ path }) => parentOf(path) === parent)
  .map(argumentRow)
  .join("\n")}
`;
}

function argumentRow({ path, schema, about, optional }: Row): string {
  const own = path.slice(parentOf(path).length).replace(/^\./, "");
  const name = optional ? `\`${own}\`` : `**\`${own}\`**`;
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
