/** Names for the object types within a definition: every description of them in another language needs some. */
import { z } from "zod";
import { definitionOf } from "./arguments";

/** An object type of a definition. Objects of the same shape that would have the same name are one type. */
export interface ObjectType {
  name: string;
  schema: z.ZodObject;
}

/**
 * Names every object type below the roots, in the order in which they are met: after its property, in the singular for
 * the elements of a list, and after the type around it too where that name is taken.
 */
export function objectTypesOf(...roots: z.ZodObject[]): ReadonlyMap<z.ZodObject, ObjectType> {
  const types = new Map<z.ZodObject, ObjectType>();
  const taken = new Map<string, { type: ObjectType; shape: string }>();

  const visit = (schema: z.ZodType, name: string, around: string): void => {
    const { schema: inner } = definitionOf(schema);
    if (inner instanceof z.ZodArray) visit(inner.element as z.ZodType, name.replace(/s$/, ""), around);
    if (!(inner instanceof z.ZodObject) || types.has(inner)) return;
    const shape = JSON.stringify(z.toJSONSchema(inner, { unrepresentable: "any" }));
    const free = [name, `${around}${name}`].find((each) => (taken.get(each)?.shape ?? shape) === shape);
    if (free === undefined) throw new Error(`no name is left for ${around}.${name}`);
    const type = taken.get(free)?.type ?? { name: free, schema: inner };
    taken.set(free, { type, shape });
    types.set(inner, type);
    visitProperties(inner, free);
  };
  const visitProperties = (schema: z.ZodObject, around: string): void => {
    for (const [property, value] of Object.entries(schema.shape)) {
      visit(value as z.ZodType, property.charAt(0).toUpperCase() + property.slice(1), around);
    }
  };
  for (const root of roots) visitProperties(root, "");
  return types;
}
