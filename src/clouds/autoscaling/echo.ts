/** What a refresh was asked for and what the cloud echoes of it: when they mean the same, and what the cloud had filled in. */
import { z } from "zod";
import type { Arguments } from "../../core/cloud";
import { definitionOf } from "../../core/definition/arguments";
import { definition } from "./definition";

/** Lists whose order means nothing. */
const SETS = new Set([
  "acceleratorManufacturers",
  "acceleratorNames",
  "acceleratorTypes",
  "alarms",
  "allowedInstanceTypes",
  "cpuManufacturers",
  "excludedInstanceTypes",
  "instanceGenerations",
  "localStorageTypes",
]);

/** Values that say the same as leaving the property out, beside the service's default. */
const LEFT_OUT: Readonly<Record<string, unknown>> = { spotInstancePools: 0, spotMaxPrice: "" };

/**
 * True when `other` says everything that `asked` does: a default that is spelled out equals one that is left out, a list
 * without order has none, and a number may be in a string.
 */
export function same(argument: string, asked: unknown, other: unknown): boolean {
  const schema = definition.arguments.shape[argument];
  return schema !== undefined && covers(schema as z.ZodType, argument, asked, other);
}

function covers(schema: z.ZodType, name: string, asked: unknown, other: unknown): boolean {
  const { schema: inner, about } = definitionOf(schema);
  if (asked === undefined || asked === null) return true;
  if (inner instanceof z.ZodObject) {
    return Object.entries(asked as Arguments).every(([key, each]) => {
      const property = inner.shape[key] as z.ZodType | undefined;
      return property !== undefined && covers(property, key, each, (other as Arguments | undefined)?.[key]);
    });
  }
  if (inner instanceof z.ZodArray) {
    const [all, others] = [asked, other ?? []].map((list) => (SETS.has(name) ? [...(list as [])].sort() : list)) as [
      unknown[],
      unknown[],
    ];
    return (
      all.length === others.length &&
      all.every((each, index) => covers(inner.element as z.ZodType, name, each, others[index]))
    );
  }
  if (other !== undefined && other !== null) return String(asked) === String(other);
  return asked === about?.serviceDefault || asked === LEFT_OUT[name];
}

/** Second names of what has a first one: of a template that is echoed by both, the id stays. */
const SECOND_NAMES: Readonly<Record<string, string>> = { name: "id", launchTemplateName: "launchTemplateId" };

/** The echo less what the service had filled in. */
export function withoutServiceDefaults(echo: Arguments): Arguments {
  return (trimmed(definition.arguments, echo) ?? {}) as Arguments;
}

function trimmed(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const { schema: inner, about } = definitionOf(schema);
  if (value === about?.serviceDefault) return undefined;
  if (Array.isArray(value) && inner instanceof z.ZodArray) {
    return value.map((each) => trimmed(inner.element as z.ZodType, each) ?? {});
  }
  if (!(inner instanceof z.ZodObject)) return value;
  const entries = Object.entries(value as Arguments)
    .filter(([key]) => !(SECOND_NAMES[key] && (value as Arguments)[SECOND_NAMES[key]] !== undefined))
    .map(([key, each]) => [key, trimmed(inner.shape[key] as z.ZodType | undefined, each)] as const)
    .filter(([, each]) => each !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
