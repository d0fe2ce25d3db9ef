/** Arguments of every kind, drawn from the definition: mostly right, at the bounds more often than not, now and then wrong. */
import fc from "fast-check";
import { z } from "zod";
import { definitionOf } from "../../src/core/definition/arguments";

/** Values for properties that name something which has to exist, or whose rule no schema can say; by name or by path. */
export type Named = Readonly<Record<string, fc.Arbitrary<unknown>>>;

export interface Draw {
  readonly named: Named;
  /** How often a value is not what the schema asks for, in percent. */
  readonly wrong: number;
}

export function arbitraryOf(schema: z.ZodType, draw: Draw, path = ""): fc.Arbitrary<unknown> {
  // Who gives values for a property also says how wrong they may be.
  const given = draw.named[path] ?? draw.named[path.split(".").at(-1) ?? ""];
  if (given) return given;
  const wrong = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.double(), fc.integer(), fc.string());
  const right = rightOf(definitionOf(schema).schema, draw, path);
  return fc.oneof({ weight: 100 - draw.wrong, arbitrary: right }, { weight: draw.wrong, arbitrary: wrong });
}

function rightOf(schema: z.ZodType, draw: Draw, path: string): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodObject) return objectOf(schema, draw, path);
  if (schema instanceof z.ZodArray)
    return fc.array(arbitraryOf(schema.element as z.ZodType, draw, path), { maxLength: 4 });
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) return numberOf(schema);
  if (schema instanceof z.ZodString) return stringOf(schema);
  if (schema instanceof z.ZodUnion)
    return fc.oneof(...schema.options.map((option) => rightOf(option as z.ZodType, draw, path)));
  return fc.jsonValue({ maxDepth: 2 });
}

function objectOf(schema: z.ZodObject, draw: Draw, path: string): fc.Arbitrary<unknown> {
  const members = Object.entries(schema.shape).map(
    ([name, each]) => [name, arbitraryOf(each as z.ZodType, draw, path ? `${path}.${name}` : name)] as const,
  );
  const required = Object.keys(schema.shape).filter((name) => !(schema.shape[name] instanceof z.ZodOptional));
  return fc.record(Object.fromEntries(members), { requiredKeys: required });
}

function numberOf(schema: z.ZodNumber): fc.Arbitrary<number> {
  const min = Math.max(schema.minValue ?? -1e6, -1e6);
  const max = Math.min(schema.maxValue ?? 1e6, 1e6);
  const isWhole = schema.format?.includes("int") === true;
  const within = isWhole ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
  return fc.oneof({ weight: 3, arbitrary: within }, fc.constantFrom(min, max));
}

function stringOf(schema: z.ZodString): fc.Arbitrary<string> {
  const [pattern] = [...(schema._zod.bag.patterns ?? [])];
  const minLength = schema.minLength ?? 0;
  const maxLength = schema.maxLength ?? Math.max(minLength, 40);
  if (pattern) return fc.stringMatching(pattern).filter((text) => text.length >= minLength && text.length <= maxLength);
  const units = fc.constantFrom("grapheme" as const, "grapheme-ascii" as const);
  return units.chain((unit) => fc.string({ unit, minLength, maxLength })).filter((text) => text.length <= maxLength);
}
