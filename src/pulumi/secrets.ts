/** Secrets in what a cloud echoes: no program has marked them. */
import { z } from "zod";
import type { CloudModule } from "../core/cloud";
import { definitionOf } from "../core/definition/arguments";
import { isUnknown, type Properties, secret } from "./values";

/**
 * Properties for the state, every sensitive value marked as a secret that the program did not give. What the program
 * gives it marks itself, and the engine copies those marks to the same paths.
 */
export function withSecrets({ definition }: CloudModule, properties: Properties, given: Properties = {}): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      given[name] === undefined ? marked(property(definition.arguments, name), value) : value,
    ]),
  );
}

/** Arguments as the state keeps them: what is sensitive in `analysis` is a secret, whether or not the program says so. */
export function withSecretArguments({ definition }: CloudModule, args: Properties): Properties {
  const { analysis } = args;
  return analysis === undefined
    ? args
    : { ...args, analysis: marked(property(definition.arguments, "analysis"), analysis) };
}

function property(schema: z.ZodObject, name: string): z.ZodType | undefined {
  return Object.hasOwn(schema.shape, name) ? (schema.shape[name] as z.ZodType) : undefined;
}

function marked(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined || value === undefined || value === null || isUnknown(value)) return value;
  const { schema: inner, about } = definitionOf(schema);
  if (about?.sensitive) return secret(value);
  if (inner instanceof z.ZodObject) {
    const members = Object.entries(value);
    return Object.fromEntries(members.map(([name, member]) => [name, marked(property(inner, name), member)]));
  }
  // The engine marks a list as a whole when it marks something in it; so the state is the same after each operation.
  if (inner instanceof z.ZodArray) return hasSensitive(inner, value) ? secret(value) : value;
  return value;
}

/** True when the value holds something that its definition calls sensitive. */
function hasSensitive(schema: z.ZodType | undefined, value: unknown): boolean {
  if (schema === undefined || value === undefined || value === null || isUnknown(value)) return false;
  const { schema: inner, about } = definitionOf(schema);
  if (about?.sensitive) return true;
  if (inner instanceof z.ZodArray)
    return (value as unknown[]).some((element) => hasSensitive(inner.element as z.ZodType, element));
  if (!(inner instanceof z.ZodObject)) return false;
  return Object.entries(value).some(([name, member]) => hasSensitive(property(inner, name), member));
}
