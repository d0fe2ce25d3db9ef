/**
 * How an argument is defined, once, for everything that needs it: validation, diff, schema, TypeScript types and
 * reference pages. The definition is a zod schema whose every property is registered here with what zod lacks.
 */
import { z } from "zod";
import { similarTo } from "../similar";

/**
 * What a change of a top-level argument means for a refresh that exists.
 *
 * - `group`, `configuration`, `trigger`: a new refresh, always.
 * - `preference`: a new refresh when `startOn` is `anyChange`; otherwise it is kept for the next one.
 * - `status`: a transition of the running refresh.
 * - `policy`: read when it is needed; a change makes no call.
 */
export type ArgumentKind = "group" | "configuration" | "trigger" | "preference" | "status" | "policy";

/** What is known of an argument, or of an output, beside its type and range. */
export interface About {
  /** What it means, in one or two sentences, Markdown. */
  text: string;
  kind?: ArgumentKind;
  /** What would be right, in words that complete "it must be …", where type and range do not say it. */
  form?: string;
  /** Unit of a number: `%`, `min`, `s`. */
  unit?: string;
  /** What the cloud assumes when it is left out. Never sent. A plain value, or words in parentheses. */
  serviceDefault?: string | number | boolean;
  /** What this library assumes when it is left out. */
  default?: string | number | boolean;
  /** A value that says the same as leaving it out, beside the service's default. */
  leftOut?: string | number | boolean;
  /** The order of the list means nothing. */
  unordered?: boolean;
  /** Another name of what this sibling names: the name of a template beside its id. */
  secondNameOf?: string;
  /** The cloud answers it though nobody asked: it says nothing of the request. */
  echoed?: "always";
  /** Path in the vendor's requests and answers, where it is not the name in the program. */
  wire?: string;
  /** May carry a secret: its value is never printed nor copied to another property. */
  sensitive?: boolean;
  /** Name of the vendor's page or operation that the rule comes from. */
  source?: string;
}

const registry = z.registry<About>();

/** Registers what zod cannot say of a schema. */
export function argument<T extends z.ZodType>(schema: T, about: About): T {
  registry.add(schema, about);
  return schema;
}

/** The schema below `optional()`, and what is registered of it. */
export function definitionOf(schema: z.ZodType): { schema: z.ZodType; about: About | undefined; optional: boolean } {
  let about = registry.get(schema);
  let inner = schema;
  let optional = false;
  while (inner instanceof z.ZodOptional) {
    optional = true;
    inner = inner.unwrap() as z.ZodType;
    about ??= registry.get(inner);
  }
  return { schema: inner, about, optional };
}

/** What is wrong with an argument: where, what, and what would be right. */
export interface ValidationIssue {
  /** Path of the property, such as `checkpoints[0].percentage`; empty for the arguments as a whole. */
  property: string;
  reason: string;
}

/** A rule that involves several arguments. */
export interface Rule<A> {
  /** A sentence for the reference page. */
  text: string;
  /** Top-level arguments that it reads: when one holds an unknown value, the rule is not asked yet. */
  reads: readonly string[];
  /** Name of the vendor's page, operation, or of this library's promise that it comes from. */
  source: string;
  check(args: A): Iterable<ValidationIssue>;
}

/** Everything that one resource accepts and answers. */
export interface Definition<A extends object = Record<string, unknown>> {
  arguments: z.ZodObject;
  outputs: z.ZodObject;
  rules: readonly Rule<A>[];
}

/** A value that is not known before the deployment; only the host can tell. */
export type IsUnknown = (value: unknown) => boolean;

/**
 * Checks arguments against their definition, all issues at once. A value that is unknown is let through, and so is
 * every rule that reads it. `null` counts as left out. Properties that begin with `__` belong to the host.
 */
export function checkArguments<A extends object>(
  definition: Definition<A>,
  inputs: Record<string, unknown>,
  isUnknown: IsUnknown = () => false,
): { args: A; failures: ValidationIssue[] } {
  const args = withoutNulls(Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")))) as A;
  const failures: ValidationIssue[] = [];
  const parsed = definition.arguments.safeParse(args);
  for (const issue of parsed.error?.issues ?? []) {
    if (passesUnknown(args, issue.path, isUnknown)) continue;
    const found = issuesOf(definition.arguments, args, issue);
    // A string where a list belongs is of a wrong type, and has a length too: one issue is enough for a property.
    failures.push(...found.filter(({ property }) => !failures.some((known) => known.property === property)));
  }
  const faulty = new Set(failures.map((failure) => failure.property.split(/[.[]/)[0]));
  for (const rule of definition.rules) {
    if (
      rule.reads.some((name) => faulty.has(name) || containsUnknown((args as Record<string, unknown>)[name], isUnknown))
    )
      continue;
    failures.push(...rule.check(args));
  }
  return { args, failures };
}

/** What transformations of whole programs set on every resource. */
const TAGS = new Set(["tags", "tagsAll"]);

function issuesOf(root: z.ZodObject, args: object, issue: z.core.$ZodIssue): ValidationIssue[] {
  if (issue.code === "unrecognized_keys") {
    const around = schemaAt(root, issue.path);
    const object = around && definitionOf(around).schema;
    const names = object instanceof z.ZodObject ? Object.keys(object.shape) : [];
    return issue.keys.map((key) => {
      const property = pathText([...issue.path, key]);
      const known = names.map((name) => `\`${name}\``).join(", ");
      const meant = similarTo(key, names);
      return {
        property,
        reason: TAGS.has(property)
          ? `\`${property}\` is not an argument, because no cloud tags an instance refresh; a transformation that tags every resource must leave it out`
          : `\`${property}\` is not an argument; ${meant ? `did you mean \`${pathText([...issue.path, meant])}\`?` : `there are ${known}`}`,
      };
    });
  }
  const property = pathText(issue.path);
  const value = valueAt(args, issue.path);
  const required = value === undefined;
  const wrong = required
    ? "is missing"
    : `is ${sensitiveAt(root, issue.path) || holdsSensitive(schemaAt(root, issue.path), value) ? "not acceptable (its value is not shown)" : valueText(value)}`;
  const schema = schemaAt(root, issue.path);
  const right = issue.code === "custom" ? issue.message : `it must be ${schema ? expectation(schema) : "left out"}`;
  return [{ property, reason: `\`${property}\` ${wrong}; ${right}` }];
}

/** An issue in the one form that all have. */
export function issue(property: string, value: unknown, right: string): ValidationIssue {
  const wrong = value === undefined ? "is missing" : `is ${valueText(value)}`;
  return { property, reason: `\`${property}\` ${wrong}; ${right}` };
}

/** What would be right, in words, from the schema alone: the type, its range and its unit. */
export function expectation(schema: z.ZodType): string {
  const { schema: inner, about } = definitionOf(schema);
  if (about?.form) return about.form;
  const unit = about?.unit ? ` (${about.unit})` : "";
  if (inner instanceof z.ZodEnum) return `one of ${inner.options.map((option) => `\`${option}\``).join(", ")}`;
  if (inner instanceof z.ZodLiteral) return [...inner.values].map((value) => `\`${value}\``).join(" or ");
  if (inner instanceof z.ZodBoolean) return "true or false";
  if (inner instanceof z.ZodNumber) {
    const whole = inner.format?.includes("int") ? "a whole number" : "a number";
    return `${whole}${range(finite(inner.minValue), finite(inner.maxValue))}${unit}`;
  }
  if (inner instanceof z.ZodString) {
    if (inner.minLength === 1 && inner.maxLength === null) return "a string that is not empty";
    const length = range(inner.minLength, inner.maxLength);
    return `a string${length && `${length} characters`}`;
  }
  if (inner instanceof z.ZodArray) {
    const { minLength, maxLength } = bounds(inner);
    const length = range(minLength, maxLength);
    return `a list${length && `${length} entries`}, each ${expectation(inner.element as z.ZodType)}`;
  }
  if (inner instanceof z.ZodObject)
    return `an object of ${Object.keys(inner.shape)
      .map((name) => `\`${name}\``)
      .join(", ")}`;
  if (inner instanceof z.ZodRecord)
    return `an object whose values are each ${expectation(inner.valueType as z.ZodType)}`;
  if (inner instanceof z.ZodUnion) return inner.options.map((option) => expectation(option as z.ZodType)).join(" or ");
  return "any value";
}

function bounds(schema: z.ZodArray): { minLength: number | undefined; maxLength: number | undefined } {
  const { minItems, maxItems } = z.toJSONSchema(schema, { unrepresentable: "any" });
  return { minLength: minItems, maxLength: maxItems };
}

function finite(value: number | null): number | undefined {
  return value === null || !Number.isSafeInteger(value) || Math.abs(value) === Number.MAX_SAFE_INTEGER
    ? undefined
    : value;
}

function range(least?: number | null, most?: number | null): string {
  if (least != null && most != null) return least === most ? ` of ${least}` : ` from ${least} to ${most}`;
  if (least != null) return ` of at least ${least}`;
  return most != null ? ` of at most ${most}` : "";
}

type Path = readonly PropertyKey[];

function schemaAt(root: z.ZodType, path: Path): z.ZodType | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return root;
  const { schema } = definitionOf(root);
  let next: unknown;
  if (schema instanceof z.ZodObject) next = schema.shape[key as string];
  else if (schema instanceof z.ZodArray) next = schema.element;
  else if (schema instanceof z.ZodRecord) next = schema.valueType;
  return next ? schemaAt(next as z.ZodType, rest) : undefined;
}

/** True when the property, or one that holds it, is marked sensitive. */
function sensitiveAt(root: z.ZodType, path: Path): boolean {
  return path.some((_, index) => {
    const schema = schemaAt(root, path.slice(0, index + 1));
    return schema !== undefined && definitionOf(schema).about?.sensitive === true;
  });
}

/** True for an object or a list, of the right type or not, in a place where something below is sensitive. */
function holdsSensitive(schema: z.ZodType | undefined, value: unknown): boolean {
  if (schema === undefined || value === null || typeof value !== "object") return false;
  const { schema: inner, about } = definitionOf(schema);
  if (about?.sensitive) return true;
  if (inner instanceof z.ZodArray) return holdsSensitive(inner.element as z.ZodType, {});
  return (
    inner instanceof z.ZodObject && Object.values(inner.shape).some((each) => holdsSensitive(each as z.ZodType, {}))
  );
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

function passesUnknown(value: unknown, path: Path, isUnknown: IsUnknown): boolean {
  let at = value;
  for (const key of path) {
    at = (at as Record<PropertyKey, unknown> | undefined)?.[key];
    if (isUnknown(at)) return true;
  }
  return false;
}

/** True when the value is unknown or holds one that is. */
export function containsUnknown(value: unknown, isUnknown: IsUnknown): boolean {
  if (isUnknown(value)) return true;
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some((inner) => containsUnknown(inner, isUnknown));
}

function pathText(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    "",
  );
}

function valueText(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  );
}
