/** Values as Pulumi's protocol carries them. */

export type Properties = Record<string, unknown>;

/** The string that stands for a value that is not known at preview. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN;
}

/** The member that tells a wrapped value from an object of the program, and what it holds for a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Marks a value, so that the engine encrypts it in the state and prints it nowhere. */
export function secret(value: unknown): unknown {
  return { [SIGNATURE]: SECRET, value };
}

/** The values without their marks, at any depth. */
export function withoutMarks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMarks);
  if (value === null || typeof value !== "object") return value;
  if ((value as Properties)[SIGNATURE] === SECRET) return withoutMarks((value as Properties).value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutMarks(inner)]));
}

/**
 * Keys of the stack's configuration, as the program knows them: names and no values. Only a check sees them. The engine tells
 * a plugin of the plugin's own keys only, and the files of the project do not hold them all.
 */
export const STACK_KEYS = "__stackKeys";

/** Properties that begin with `__` belong to Pulumi or to the dynamic host. */
export function isInternal(name: string): boolean {
  return name.startsWith("__");
}

export function withoutInternals(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !isInternal(name)));
}
