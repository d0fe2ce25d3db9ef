/** Secrets within what a cloud echoes: nobody has marked them as such yet. */
import { z } from "zod";
import { definitionOf } from "../src/core/definition/arguments";
import { type Properties, secret } from "./wire";

/**
 * Marks every value that its definition calls sensitive. Only for an echo that becomes the record of a resource: what a
 * program gives is marked, or not, by the program, and the engine keeps its marks.
 */
export function withSecrets(schema: z.ZodObject, values: Properties): Properties {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, marked(schema.shape[name] as z.ZodType | undefined, value)]),
  );
}

function marked(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined || value === undefined) return value;
  const { schema: inner, about } = definitionOf(schema);
  if (about?.sensitive) return secret(value);
  if (inner instanceof z.ZodObject) return withSecrets(inner, value as Properties);
  if (inner instanceof z.ZodArray)
    return (value as unknown[]).map((element) => marked(inner.element as z.ZodType, element));
  return value;
}
