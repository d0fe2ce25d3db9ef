/** The description of an argument, line by line, for types, schema and reference pages. */
import { z } from "zod";
import { type About, definitionOf, expectation } from "./arguments";

/** Meaning, range, unit, defaults, and what a change does; Markdown. Empty for what has no description. */
export function descriptionOf(schema: z.ZodType, startOnDefault: string): string[] {
  const { schema: inner, about } = definitionOf(schema);
  if (!about) return [];
  return [about.text, ...facts(schema, inner, about), change(about, startOnDefault)].filter(Boolean);
}

/** Meaning and unit. */
export function outputDescriptionOf(schema: z.ZodType): string[] {
  const { about } = definitionOf(schema);
  return about ? [about.text, about.unit ? `Unit: ${about.unit}.` : ""].filter(Boolean) : [];
}

function facts(schema: z.ZodType, inner: z.ZodType, about: About): string[] {
  const form = expectation(schema);
  const plain = /^(a string|a string that is not empty|true or false|any value)$/.test(form);
  const nested = /an object (of|whose)/.test(form) || inner instanceof z.ZodEnum;
  const found: string[] = [];
  if (!plain && !nested) found.push(`It must be ${form}.`);
  if (about.unit && !form.includes(`(${about.unit})`)) found.push(`Unit: ${about.unit}.`);
  if (about.serviceDefault !== undefined) found.push(`Default of the service: ${valueText(about.serviceDefault)}.`);
  if (about.default !== undefined) found.push(`Default: ${valueText(about.default)}.`);
  if (about.sensitive) found.push("Its value is never printed.");
  return found;
}

const CHANGES: Readonly<Record<string, string>> = {
  group: "A change starts a new refresh.",
  configuration: "A change starts a new refresh.",
  trigger: "A change starts a new refresh.",
  policy: "A change starts no refresh.",
};

function change({ kind }: About, startOnDefault: string): string {
  if (kind !== "preference") return (kind && CHANGES[kind]) ?? "";
  return startOnDefault === "anyChange"
    ? "A change starts a new refresh, unless `startOn` is `configurationChange`."
    : "A change applies to the next refresh, unless `startOn` is `anyChange`.";
}

/** A plain value as code; words in parentheses without them. */
function valueText(value: string | number | boolean): string {
  const words = typeof value === "string" && /^\((.*)\)$/.exec(value)?.[1];
  return words || `\`${value}\``;
}
