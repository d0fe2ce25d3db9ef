/** Compares answers with the response models of the vendor's SDK. */

/** By class: the type of each member, in Python's words. */
export type Models = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Says where an answer of an operation differs from the model: unknown members and other types. */
export function differences(models: Models, operation: string, answer: unknown): string[] {
  return check(models, answer, `${operation}ResponseBody`, operation);
}

function check(models: Models, value: unknown, type: string, path: string): string[] {
  const element = /^List\[(.*)\]$/.exec(type)?.[1];
  if (element !== undefined) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((item, index) => check(models, item, element, `${path}[${index}]`));
  }
  const model = models[type];
  if (model) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${path} is no structure`];
    return Object.entries(value).flatMap(([name, member]) => {
      const expected = model[name];
      return expected === undefined
        ? [`${path}.${name} is not in the model`]
        : check(models, member, expected, `${path}.${name}`);
    });
  }
  return isScalar(value, type) ? [] : [`${path} is ${JSON.stringify(value)}, not ${type}`];
}

function isScalar(value: unknown, type: string): boolean {
  switch (type) {
    case "str":
      return typeof value === "string";
    case "int":
      return Number.isInteger(value);
    case "float":
      return typeof value === "number";
    case "bool":
      return typeof value === "boolean";
    default:
      return false;
  }
}
