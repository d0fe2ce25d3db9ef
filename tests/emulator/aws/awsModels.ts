/** Compares answers with the published models of AWS, as botocore has them. */
import { XMLParser } from "fast-xml-parser";

export interface ServiceModel {
  readonly operations: Readonly<Record<string, { readonly output: string | null; readonly wrapper: string | null }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  /** Of a structure: the shape of each member, by its name in the answer. */
  readonly members?: Readonly<Record<string, string>>;
  /** Of a list: the shape of its elements, and their name. */
  readonly member?: string;
  readonly element?: string;
}

const xml = new XMLParser({ parseTagValue: false, attributeNamePrefix: "@_", ignoreAttributes: true });

/** Where an answer differs from the model: unknown members, other types, values outside of an enum, missing members. */
export function differences(model: ServiceModel, operation: string, body: string): string[] {
  const described = model.operations[operation];
  if (!described) return [`${operation} is not in the model`];
  const response = xml.parse(body)[`${operation}Response`] ?? {};
  const { output, wrapper } = described;
  if (!output)
    return Object.keys(response)
      .filter((name) => /Result$/.test(name))
      .map((name) => `${name} is not in the model`);
  const result = wrapper ? response[wrapper] : without(response, "requestId");
  return result === undefined ? [`${operation} has no ${wrapper}`] : check(model, result, output, operation);
}

function check(model: ServiceModel, value: unknown, name: string, path: string): string[] {
  const shape = model.shapes[name] as Shape;
  if (shape.type === "structure") return checkStructure(model, value, shape, path);
  if (shape.type === "list") {
    if (value === "") return [];
    const element = shape.element ?? "member";
    if (typeof value !== "object" || value === null || Object.keys(value).some((key) => key !== element))
      return [`${path} is no list of ${element}: ${JSON.stringify(value)}`];
    return [(value as Record<string, unknown>)[element]]
      .flat()
      .flatMap((item, index) => check(model, item, shape.member as string, `${path}[${index}]`));
  }
  if (typeof value !== "string") return [`${path} is no ${shape.type}: ${JSON.stringify(value)}`];
  if (shape.enum && !shape.enum.includes(value)) return [`${path} is ${value}, not one of ${shape.enum.join(", ")}`];
  const form = forms[shape.type];
  return form && !form.test(value) ? [`${path} is ${value}, not ${shape.type}`] : [];
}

function checkStructure(model: ServiceModel, value: unknown, shape: Shape, path: string): string[] {
  const members = value === "" ? {} : value;
  if (typeof members !== "object" || members === null) return [`${path} is no structure: ${JSON.stringify(value)}`];
  const missing = (shape.required ?? []).filter((name) => !(name in members));
  return [
    ...missing.map((name) => `${path}.${name} is missing`),
    ...Object.entries(members).flatMap(([name, member]) => {
      const of = shape.members?.[name];
      return of === undefined ? [`${path}.${name} is not in the model`] : check(model, member, of, `${path}.${name}`);
    }),
  ];
}

const forms: Readonly<Record<string, RegExp>> = {
  integer: /^-?\d+$/,
  long: /^-?\d+$/,
  double: /^-?\d+(\.\d+)?$/,
  boolean: /^(true|false)$/,
  timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
};

function without(record: Record<string, unknown>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}
