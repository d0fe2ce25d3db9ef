/** The values of arguments that may carry a secret. */
import { z } from "zod";
import { definitionOf } from "./arguments";

/** Every value at, or below, a property that is marked as sensitive. */
export function sensitiveValues(schema: z.ZodType, value: unknown): unknown[] {
  const { schema: inner, about } = definitionOf(schema);
  if (value === undefined || value === null) return [];
  if (about?.sensitive) return [value];
  if (inner instanceof z.ZodArray && Array.isArray(value))
    return value.flatMap((each) => sensitiveValues(inner.element as z.ZodType, each));
  if (!(inner instanceof z.ZodObject) || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, each]) => {
    const property = inner.shape[name] as z.ZodType | undefined;
    return property ? sensitiveValues(property, each) : [];
  });
}
