/**
 * Settings that nothing in the model depends on: taken, kept by the type that the vendor's models give them, and given
 * back. Clients such as Terraform compare what they sent with what is described.
 */
import type { Member } from "./answers";
import { invalidParameter } from "./errors";
import type { Parameters } from "./parameters";

type Scalar = "text" | "integer" | "number" | "boolean";

interface Setting {
  /** A list has the type of its elements; a structure its members; `joined` ones are described under one name. */
  readonly type:
    | Scalar
    | "texts"
    | "integers"
    | { readonly list: Shape }
    | { readonly structure: Shape }
    | { readonly joined: Shape };
  /** What it is described as. Default: what it is asked for as. */
  readonly as?: string | undefined;
}

/** The settings of a resource, by the names that requests give them. */
export type Shape = Readonly<Record<string, Setting>>;

/** As they are described. */
export type Settings = Readonly<Record<string, Member>>;

export const text = (as?: string): Setting => ({ type: "text", as });
export const integer = (as?: string): Setting => ({ type: "integer", as });
export const number = (as?: string): Setting => ({ type: "number", as });
export const boolean = (as?: string): Setting => ({ type: "boolean", as });
export const texts = (as?: string): Setting => ({ type: "texts", as });
export const list = (shape: Shape, as?: string): Setting => ({ type: { list: shape }, as });
export const structure = (shape: Shape): Setting => ({ type: { structure: shape } });
/** `SystemDisk.Category` is described as `SystemDiskCategory`. */
export const joined = (shape: Shape): Setting => ({ type: { joined: shape } });

/** Those that the request gives. */
export function readSettings(parameters: Parameters, shape: Shape): Settings {
  const settings: Record<string, Member> = {};
  for (const [name, { type, as = name }] of Object.entries(shape)) {
    if (!parameters.has(name)) continue;
    if (typeof type === "object" && "joined" in type) {
      const inner = parameters.object(name);
      for (const [key, value] of Object.entries(inner ? readSettings(inner, type.joined) : {})) {
        settings[as + key] = value;
      }
      continue;
    }
    const value = read(parameters, name, type);
    if (value !== undefined) settings[as] = value;
  }
  return settings;
}

function read(parameters: Parameters, name: string, type: Exclude<Setting["type"], { joined: Shape }>): Member {
  if (typeof type === "object") {
    if ("structure" in type) {
      const inner = parameters.object(name);
      return inner && readSettings(inner, type.structure);
    }
    return parameters.objects(name).map((item) => readSettings(item, type.list));
  }
  switch (type) {
    case "text":
      return parameters.text(name);
    case "integer":
      return parameters.integer(name, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    case "number":
      return readNumber(parameters, name);
    case "boolean":
      return parameters.boolean(name);
    case "texts":
      return parameters.texts(name).filter((item) => item !== "");
    case "integers":
      return parameters.texts(name).map(Number);
  }
}

export function readNumber(parameters: Parameters, name: string): number | undefined {
  const value = parameters.text(name);
  if (value === undefined || value === "") return undefined;
  if (!/^-?\d+(\.\d+)?$/.test(value)) throw invalidParameter(name, "it must be a number"); // fact: ess-invalid-parameter
  return Number(value);
}
