/**
 * When two values of an argument mean the same, told from its definition: a number may be in a string, some lists have no
 * order, and some values say the same as leaving the property out.
 */
import { z } from "zod";
import type { Arguments } from "../cloud";
import { definitionOf } from "./arguments";

/** A member in which two values differ; `undefined` is one that is left out. */
export interface MemberDifference {
  /** Path within the arguments, such as `preferences.minHealthyPercentage`. */
  path: string;
  one: unknown;
  other: unknown;
  /** The values may carry secrets. */
  sensitive: boolean;
}

interface Comparison {
  /** Whether a member that only one side has may be passed over. */
  ignores(side: "one" | "other", schema: z.ZodType | undefined, value: unknown, path: string): boolean;
}

/** Every member in which the two differ, in either direction: what was asked before and what is asked now. */
export function changes(schema: z.ZodObject, name: string, before: unknown, now: unknown): MemberDifference[] {
  return compare(schema.shape[name] as z.ZodType, name, before, now, false, {
    ignores: (_side, each, value) => saysNothing(each, value),
  });
}

/** Every member that `asked` sets and `echo` says otherwise. What is not asked never differs. */
export function unmet(schema: z.ZodObject, name: string, asked: unknown, echo: unknown): MemberDifference[] {
  return compare(schema.shape[name] as z.ZodType, name, asked, echo, false, {
    ignores: (side, each, value) => side === "other" || saysNothing(each, value),
  });
}

/**
 * Every member in which a request and what the cloud echoes differ: what is asked is not echoed, or what is echoed was
 * neither asked nor is what the service fills in by itself.
 * @param fills what the service fills in from the settings of the group, where that is known
 */
export function mismatches(
  schema: z.ZodObject,
  name: string,
  asked: unknown,
  echo: unknown,
  fills: Arguments = {},
): MemberDifference[] {
  return compare(schema.shape[name] as z.ZodType, name, asked, echo, false, {
    ignores: (side, each, value, path) => {
      if (saysNothing(each, value)) return true;
      if (side === "one" || !isFilledIn(each)) return false;
      const fill = memberAt(fills, path);
      return fill === undefined || (fill !== null && isSameValue(fill, value));
    },
  });
}

function memberAt(value: unknown, path: string): unknown {
  return path.split(".").reduce((each, key) => (isObject(each) ? each[key] : undefined), value);
}

/** The echo without what the service had filled in: what a program must say to have no diff after an import. */
export function withoutServiceDefaults(schema: z.ZodObject, echo: Arguments): Arguments {
  return (trimmed(schema, echo) ?? {}) as Arguments;
}

function trimmed(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const { schema: inner, about } = definitionOf(schema);
  if (about?.serviceDefault !== undefined && value === about.serviceDefault) return undefined;
  if (Array.isArray(value) && inner instanceof z.ZodArray)
    return value.map((each) => trimmed(inner.element as z.ZodType, each) ?? {});
  if (!(inner instanceof z.ZodObject)) return value;
  const entries = Object.entries(value as Arguments)
    .filter(([key]) => {
      const first = aboutOf(inner, key)?.secondNameOf;
      return first === undefined || (value as Arguments)[first] === undefined;
    })
    .map(([key, each]) => [key, trimmed(shapeOf(inner, key), each)] as const)
    .filter(([, each]) => each !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function compare(
  schema: z.ZodType | undefined,
  path: string,
  one: unknown,
  other: unknown,
  sensitive: boolean,
  comparison: Comparison,
): MemberDifference[] {
  const about = schema && definitionOf(schema).about;
  const inner = schema && definitionOf(schema).schema;
  const isSensitive = sensitive || about?.sensitive === true;
  const differs = () => [{ path, one, other, sensitive: isSensitive }];
  if (isLeftOut(one) || isLeftOut(other)) {
    if (isLeftOut(one) && isLeftOut(other)) return [];
    const [side, value] = isLeftOut(other) ? (["one", one] as const) : (["other", other] as const);
    if (comparison.ignores(side, schema, value, path)) return [];
    if (!(inner instanceof z.ZodObject) || !isObject(value)) return differs();
    // Told member by member, so that what the service fills in does not hide behind an object that is not asked.
    const members = compareMembers(inner, path, one ?? {}, other ?? {}, isSensitive, comparison);
    return members.length > 0 ? members : [];
  }
  if (inner instanceof z.ZodObject && isObject(one) && isObject(other))
    return compareMembers(inner, path, one, other, isSensitive, comparison);
  if (inner instanceof z.ZodArray && Array.isArray(one) && Array.isArray(other)) {
    if (one.length !== other.length) return differs();
    const [first, second] = about?.unordered ? [sorted(one), sorted(other)] : [one, other];
    return first.flatMap((each, index) =>
      compare(inner.element as z.ZodType, `${path}[${index}]`, each, second[index], isSensitive, comparison),
    );
  }
  if (saysNothing(schema, one) && saysNothing(schema, other)) return [];
  return isSameValue(one, other) ? [] : differs();
}

function compareMembers(
  schema: z.ZodObject,
  path: string,
  one: unknown,
  other: unknown,
  sensitive: boolean,
  comparison: Comparison,
): MemberDifference[] {
  const [first, second] = [one as Arguments, other as Arguments];
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...names].flatMap((name) => {
    if (isOtherNameOfTheSame(schema, name, first, second)) return [];
    return compare(shapeOf(schema, name), `${path}.${name}`, first[name], second[name], sensitive, comparison);
  });
}

/** Id and name of one template: where one side gives both, either is enough on the other. */
function isOtherNameOfTheSame(schema: z.ZodObject, name: string, first: Arguments, second: Arguments): boolean {
  const firstName = aboutOf(schema, name)?.secondNameOf;
  const names = Object.keys(schema.shape).filter((each) => aboutOf(schema, each)?.secondNameOf === name);
  const twin = firstName ?? names[0];
  if (twin === undefined) return false;
  const hasOnlyOneSide = isLeftOut(first[name]) !== isLeftOut(second[name]);
  return (
    hasOnlyOneSide && !isLeftOut(first[twin]) && !isLeftOut(second[twin]) && isSameValue(first[twin], second[twin])
  );
}

/** Undefined, null, and lists and objects without a member: none of them is sent. */
function isLeftOut(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.every(isLeftOut);
  return isObject(value) && Object.values(value).every(isLeftOut);
}

/** A value that says the same as leaving it out. */
function saysNothing(schema: z.ZodType | undefined, value: unknown): boolean {
  const about = schema && definitionOf(schema).about;
  if (!about) return false;
  return value === about.leftOut || (about.serviceDefault !== undefined && value === about.serviceDefault);
}

/** The service fills it in from something that the definition cannot know: a setting of the group, the other name of a template. */
function isFilledIn(schema: z.ZodType | undefined): boolean {
  const about = schema && definitionOf(schema).about;
  return about?.secondNameOf !== undefined || about?.echoed === "always";
}

function isSameValue(one: unknown, other: unknown): boolean {
  if (isObject(one) || isObject(other)) return JSON.stringify(one) === JSON.stringify(other);
  return one === other || (typeof one !== typeof other && String(one) === String(other));
}

function sorted(list: readonly unknown[]): unknown[] {
  return [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function isObject(value: unknown): value is Arguments {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function shapeOf(schema: z.ZodObject, name: string): z.ZodType | undefined {
  return Object.hasOwn(schema.shape, name) ? (schema.shape[name] as z.ZodType) : undefined;
}

function aboutOf(schema: z.ZodObject, name: string) {
  const shape = shapeOf(schema, name);
  return shape && definitionOf(shape).about;
}
