/** Values for every argument of a definition, down to its leaves: made from the definition, so that none is forgotten. */
import { z } from "zod";
import { definitionOf } from "../../src/core/definition/arguments";

/** A leaf of the arguments. */
export interface Leaf {
  /** Such as `desiredConfiguration.launchTemplate.version` or `checkpoints[0].percentage`. */
  path: string;
  /** Different values that the definition accepts: at least two, and the default when there is one. */
  values: unknown[];
  /** Arguments that set this leaf only. */
  build(value: unknown): Record<string, unknown>;
}

/** Strings that have a form of their own; any other string may be a word. */
const STRINGS: Readonly<Record<string, unknown[]>> = {
  desiredConfigurationLaunchTemplateVersion: ["1", "2", "Latest"],
  imageId: ["ami-1", "ami-2"],
  spotMaxPrice: ["0.05", "1", ""],
  excludedInstanceTypes: ["c5.large", "m5.*"],
  allowedInstanceTypes: ["c5.large", "m5.*"],
  version: [1, 2, "1", "$Latest", "$Default"],
  schedule: ["0 22 * * SAT", "0 2 * * *"],
  duration: ["4h", "30m"],
  timeZone: ["Europe/Berlin", "Asia/Shanghai"],
  from: ["2026-12-20T00:00:00Z", "2026-12-21T00:00:00+01:00"],
  to: ["2027-01-05T00:00:00Z", "2027-01-06T00:00:00+01:00"],
  triggers: [[1], [1, 2], { a: 1 }, { a: 1, b: 2 }],
  interval: ["30s", "1m"],
  initialDelay: ["30s", "1m"],
  timeout: ["30s", "1m"],
  url: ["http://web", "https://web/health"],
  address: ["http://prometheus:9090", "https://prometheus"],
  headers: [{ a: "1" }, { a: "2" }],
  environment: [{ A: "1" }, { A: "2" }],
};

/** Every leaf of the arguments, in the order of the definition. */
export function leavesOf(schema: z.ZodObject): Leaf[] {
  return Object.entries(schema.shape).flatMap(([name, value]) => leaves(value as z.ZodType, name));
}

function leaves(schema: z.ZodType, name: string): Leaf[] {
  const { schema: inner } = definitionOf(schema);
  if (inner instanceof z.ZodObject) return leavesOf(inner).map((leaf) => within(leaf, name, (each) => each));
  if (inner instanceof z.ZodArray) {
    const element = definitionOf(inner.element as z.ZodType).schema;
    if (element instanceof z.ZodObject)
      return leavesOf(element).map((leaf) => within(leaf, `${name}[0]`, (one) => [one]));
  }
  const values = valuesOf(schema, name);
  for (const value of values) schema.parse(value);
  if (values.length < 2) throw new Error(`one value is not enough to change ${name}`);
  return [{ path: name, values, build: (value) => ({ [name]: value }) }];
}

function within(leaf: Leaf, name: string, wrap: (object: unknown) => unknown): Leaf {
  const property = name.replace("[0]", "");
  return {
    path: `${name}.${leaf.path}`,
    values: leaf.values,
    build: (value) => ({ [property]: wrap(leaf.build(value)) }),
  };
}

function valuesOf(schema: z.ZodType, name: string): unknown[] {
  const { schema: inner, about } = definitionOf(schema);
  const defaults = [about?.default, about?.serviceDefault].filter(
    (each) => each !== undefined && inner.safeParse(each).success && !String(each).startsWith("("),
  );
  return [...new Set([...plainValues(inner, name), ...defaults])];
}

function plainValues(schema: z.ZodType, name: string): unknown[] {
  const strings = STRINGS[name];
  if (schema instanceof z.ZodArray) {
    const [one, other] = valuesOf(schema.element as z.ZodType, name);
    const lists = [[one], [one, other], [other, one], []];
    return lists.filter((list) => schema.safeParse(list).success);
  }
  if (strings) return strings;
  if (schema instanceof z.ZodEnum) return schema.options.slice(0, 2);
  if (schema instanceof z.ZodBoolean) return [false, true];
  if (schema instanceof z.ZodNumber) {
    const least = Math.max(schema.minValue ?? 0, 0);
    return [least, least + 1];
  }
  if (schema instanceof z.ZodUnion) {
    const [one, other] = plainValues(schema.options[0] as z.ZodType, name);
    return [one, other, String(other)];
  }
  return ["one", "two"];
}

/** Arguments with every leaf at once, which no service would take. */
export function everything(leaves: readonly Leaf[], index: number): Record<string, unknown> {
  return leaves.map(({ build, values }) => build(values[index])).reduce(merged, {});
}

function merged(one: Record<string, unknown>, other: Record<string, unknown>): Record<string, unknown> {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...keys].map((key) => [key, both(one[key], other[key])]));
}

function both(one: unknown, other: unknown): unknown {
  if (one === undefined || other === undefined) return one ?? other;
  if (Array.isArray(one) && Array.isArray(other)) return [both(one[0], other[0])];
  return merged(one as Record<string, unknown>, other as Record<string, unknown>);
}
