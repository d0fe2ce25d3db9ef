/** Between the program's flat arguments and the vendor's nested ones: each goes where its definition says. */
import type { z } from "zod";
import type { Arguments } from "../../core/cloud";
import { definitionOf } from "../../core/definition/arguments";
import { type EssArguments, requestArguments } from "./arguments";
import type { InstanceRefreshTask, RefreshOptions } from "./requests";

/** Path in a request, and in a described task, by the name in the program. */
const wirePaths: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(requestArguments).map(([name, schema]) => [
    name,
    (definitionOf(schema as z.ZodType).about?.wire ?? name).split("."),
  ]),
);

/** The arguments of the program as the request has them; nothing is filled in. */
export function startOptions(args: EssArguments): RefreshOptions {
  const request: Record<string, unknown> = {};
  for (const [name, path] of Object.entries(wirePaths)) put(request, path, (args as Arguments)[name]);
  return request;
}

/** The arguments of a described task in the names of the program. */
export function echoedArguments(task: InstanceRefreshTask): Partial<EssArguments> {
  const echo = Object.entries(wirePaths).map(([name, path]) => [name, valueAt(task, path)] as const);
  return given<Partial<EssArguments>>(Object.fromEntries(echo));
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = "", ...rest] = path;
  if (!isSet(value)) return;
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  target[name] ??= {};
  put(target[name] as Record<string, unknown>, rest, value);
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], value);
}

/** Undefined, an empty text and an empty list are how the wire says that nothing was set. */
function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** The values without those that say that nothing was set. */
export function given<Target extends object>(values: { [K in keyof Target]: Target[K] | undefined }): Target {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isSet(value))) as Target;
}
