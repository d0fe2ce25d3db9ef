import { invalidParameter, missingParameter } from "./errors";

interface Tree {
  readonly [name: string]: Value;
}

type Value = string | Tree;

/** The parameters of an operation, read by type. A value that does not fit is refused in the vendor's form. */
export interface Parameters {
  has(name: string): boolean;
  text(name: string, rule?: TextRule): string | undefined;
  requiredText(name: string, rule?: TextRule): string;
  integer(name: string, least: number, most: number): number | undefined;
  requiredInteger(name: string, least: number, most: number): number;
  /** In any case. */
  boolean(name: string): boolean | undefined;
  choice<T extends string>(name: string, values: readonly T[]): T | undefined;
  texts(name: string, rule?: TextRule): string[];
  objects(name: string): Parameters[];
  object(name: string): Parameters | undefined;
}

interface TextRule {
  readonly least?: number;
  readonly most?: number;
  readonly pattern?: RegExp;
  /** What the pattern asks for. */
  readonly saying?: string;
}

/** Reads flat names, `Checkpoints.1.Percentage`: lists are counted from 1. */
export function readParameters(flat: Readonly<Record<string, string>>): Parameters {
  const root: Record<string, Value> = {};
  for (const [name, value] of Object.entries(flat)) {
    const steps = name.split(".");
    const last = steps.pop() as string;
    let node = root;
    for (const step of steps) {
      const next = typeof node[step] === "object" ? node[step] : {};
      node[step] = next;
      node = next as Record<string, Value>;
    }
    node[last] = value;
  }
  return reader(root, "");
}

/** Reads JSON as if it had been sent. */
export function parametersOf(json: object): Parameters {
  return reader(fromJson(json) as Tree, "");
}

function reader(tree: Tree, prefix: string): Parameters {
  const path = (name: string) => prefix + name;
  const scalar = (name: string) => {
    const value = tree[name];
    if (typeof value === "object") throw invalidParameter(path(name), "it is a single value"); // fact: ess-invalid-parameter
    return value;
  };
  const integer = (name: string, least: number, most: number) => {
    const value = scalar(name);
    if (value === undefined || value === "") return undefined;
    const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    // fact: ess-invalid-parameter
    throw invalidParameter(path(name), `it must be an integer from ${least} to ${most}`);
  };
  const text = (name: string, rule: TextRule = {}) => {
    const value = scalar(name);
    // Terraform sends what is not set as an empty text.
    if (value === "" && (rule.least || rule.pattern)) return undefined;
    return checked(value, path(name), rule);
  };
  const items = (name: string) => {
    const one = tree[singular(name)];
    // A single value goes by the singular name, unnumbered: VSwitchId.
    return [...elements(tree[name], path(name)), ...(typeof one === "string" ? [one] : elements(one, path(name)))];
  };

  return {
    has: (name) => tree[name] !== undefined || tree[singular(name)] !== undefined,
    text,
    requiredText: (name, rule) => {
      const value = text(name, rule);
      if (value === undefined || value === "") throw missingParameter(path(name));
      return value;
    },
    integer,
    requiredInteger: (name, least, most) => {
      const value = integer(name, least, most);
      if (value === undefined) throw missingParameter(path(name));
      return value;
    },
    boolean: (name) => {
      const value = scalar(name)?.toLowerCase();
      if (value === undefined || value === "") return undefined;
      if (value !== "true" && value !== "false") throw invalidParameter(path(name), "it must be true or false"); // fact: ess-invalid-parameter
      return value === "true";
    },
    choice: (name, values) => {
      const value = scalar(name);
      if (value === undefined || value === "") return undefined;
      const found = values.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
      if (!found) throw invalidParameter(path(name), `it must be one of ${values.join(", ")}`); // fact: ess-invalid-parameter
      return found;
    },
    texts: (name, rule = {}) =>
      items(name).map((item, index) => {
        const at = `${path(name)}.${index + 1}`;
        if (typeof item === "object") throw invalidParameter(at, "it is a single value"); // fact: ess-invalid-parameter
        return checked(item, at, rule) as string;
      }),
    objects: (name) =>
      items(name).map((item, index) =>
        reader(asTree(item, `${path(name)}.${index + 1}`), `${path(name)}.${index + 1}.`),
      ),
    object: (name) => (tree[name] === undefined ? undefined : reader(asTree(tree[name], path(name)), `${path(name)}.`)),
  };
}

function checked(value: string | undefined, path: string, { least = 0, most, pattern, saying }: TextRule) {
  if (value === undefined) return undefined;
  if (value.length < least || value.length > (most ?? Number.POSITIVE_INFINITY)) {
    // fact: ess-invalid-parameter
    throw invalidParameter(
      path,
      `it must have ${most === undefined ? `at least ${least}` : `${least} to ${most}`} characters`,
    );
  }
  if (pattern && !pattern.test(value)) throw invalidParameter(path, saying ?? `it must match ${pattern.source}`); // fact: ess-invalid-parameter
  return value;
}

/** A list is numbered from 1 without gaps, or one JSON array. */
function elements(value: Value | undefined, path: string): Value[] {
  if (value === undefined || value === "") return [];
  const tree = typeof value === "string" ? listOfJson(value, path) : value;
  const numbers = Object.keys(tree)
    .map(Number)
    .sort((left, right) => left - right);
  if (numbers.some((number, index) => number !== index + 1)) throw invalidParameter(path, "lists are counted from 1"); // fact: ess-lists-from-1
  return numbers.map((number) => tree[number] as Value);
}

function listOfJson(text: string, path: string): Tree {
  const parsed = parseJson(text, path);
  if (!Array.isArray(parsed)) throw invalidParameter(path, "it is a list"); // fact: ess-invalid-parameter
  return fromJson(parsed) as Tree;
}

function asTree(value: Value, path: string): Tree {
  if (typeof value === "object") return value;
  const tree = fromJson(parseJson(value, path));
  if (typeof tree === "string") throw invalidParameter(path, "it is a structure"); // fact: ess-invalid-parameter
  return tree;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // fact: ess-desired-json
    throw invalidParameter(path, "it is neither given by its members nor as JSON");
  }
}

function fromJson(value: unknown): Value {
  if (Array.isArray(value)) return Object.fromEntries(value.map((item, index) => [`${index + 1}`, fromJson(item)]));
  if (typeof value !== "object" || value === null) return String(value ?? "");
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fromJson(item)]));
}

/** The older version names lists by their element: in requests `ScalingGroupId.1`, in answers a wrapper. */
export function singular(name: string): string {
  if (name.endsWith("ies")) return `${name.slice(0, -3)}y`;
  if (name.endsWith("sses")) return name.slice(0, -2);
  return name.endsWith("s") ? name.slice(0, -1) : name;
}
