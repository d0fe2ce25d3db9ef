import { malformedInput } from "./errors";

/** A parameter of a Query request after its dotted name is taken apart: a text, or the members below it. */
export type Parameter = string | Parameters;

export interface Parameters {
  readonly [name: string]: Parameter;
}

/**
 * Reads a form body (`Preferences.CheckpointPercentages.member.1=20&…`) into a tree.
 *
 * @param form `application/x-www-form-urlencoded` text
 * @throws AwsError `MalformedInput` when a name is both a value and a structure, or is given twice
 */
export function parseQuery(form: string): Parameters {
  const root = emptyParameters();
  for (const [name, value] of new URLSearchParams(form)) {
    const steps = name.split(".");
    const last = steps.pop() as string;
    let at = root;
    for (const step of steps) {
      at[step] ??= emptyParameters();
      const below = at[step];
      // fact: aws-error-malformed
      if (typeof below === "string")
        throw malformedInput(`Start of structure or map found where not expected: ${name}`);
      at = below as Record<string, Parameter>;
    }
    if (last in at) throw malformedInput(`Duplicate parameter: ${name}`);
    at[last] = value;
  }
  return root;
}

// Names come from the request: without a prototype `__proto__` is a name like any other.
function emptyParameters(): Record<string, Parameter> {
  return Object.create(null) as Record<string, Parameter>;
}

/**
 * The elements of a list, in the order of their numbers, or undefined when the parameter is no list. A client sends an
 * empty list as an empty text.
 */
export function elements(list: unknown): Parameter[] | undefined {
  if (list === "") return [];
  if (typeof list !== "object" || list === null) return undefined;
  const numbers = Object.keys(list);
  if (numbers.length === 0 || !numbers.every((number) => /^[1-9]\d*$/.test(number))) return undefined;
  return numbers.sort((a, b) => Number(a) - Number(b)).map((number) => (list as Parameters)[number] as Parameter);
}

/** A value of a request as an error shows it. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
