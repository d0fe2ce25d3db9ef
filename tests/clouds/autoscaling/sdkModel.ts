/** The SDK's own model of a request: the schemas that its serializer walks, and the enums of its types. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** [3, namespace, name, traits, member names, member schemas, count of required members]; a list is [1, …, …, …, element]. */
type Structure = readonly [3, string, string, unknown, readonly string[], readonly unknown[], number?];
type List = readonly [1, string, string, unknown, unknown];

/** Paths of all leaves, such as `Preferences.AlarmSpecification.Alarms[]`, below a structure. */
export function leavesOf(schema: unknown, path = ""): string[] {
  const resolved = resolve(schema);
  if (isKind<Structure>(resolved, 3)) {
    const [, , , , names, members] = resolved;
    return names.flatMap((name, index) => leavesOf(members[index], path ? `${path}.${name}` : name));
  }
  if (isKind<List>(resolved, 1)) return leavesOf(resolved[4], `${path}[]`);
  // Lists of plain values are a number with this bit set.
  const LIST = 64;
  return [typeof resolved === "number" && (resolved & LIST) !== 0 ? `${path}[]` : path];
}

/** Required members by structure, as `Structure.Member`, below a structure. */
export function requiredOf(schema: unknown): Set<string> {
  const resolved = resolve(schema);
  if (isKind<List>(resolved, 1)) return requiredOf(resolved[4]);
  if (!isKind<Structure>(resolved, 3)) return new Set();
  const [, , structure, , names, members, required = 0] = resolved;
  return new Set([
    ...names.slice(0, required).map((name) => `${structure}.${name}`),
    ...members.flatMap((member) => [...requiredOf(member)]),
  ]);
}

function resolve(schema: unknown): unknown {
  if (typeof schema === "function") return resolve(schema());
  // A member with traits of its own is wrapped: [schema, traits].
  if (Array.isArray(schema) && typeof schema[0] !== "number") return resolve(schema[0]);
  return schema;
}

function isKind<T extends readonly unknown[]>(schema: unknown, kind: number): schema is T {
  return Array.isArray(schema) && schema[0] === kind;
}

/** Fields of the SDK's types whose type is one of these enums, as `Interface.Field` with the name of the enum. */
export function enumFields(enums: ReadonlySet<string>): Map<string, string> {
  const main = require.resolve("@aws-sdk/client-auto-scaling");
  const text = readFileSync(join(dirname(main), "..", "dist-types", "models", "models_0.d.ts"), "utf8");
  const found = new Map<string, string>();
  for (const [, name = "", body = ""] of text.matchAll(/export interface (\w+) \{\n(.*?)\n\}/gs)) {
    for (const [, field = "", type = ""] of body.matchAll(/^ {4}(\w+)\??: (\w+)(?:\[\])? \| undefined;$/gm)) {
      if (enums.has(type)) found.set(`${name}.${field}`, type);
    }
  }
  return found;
}
