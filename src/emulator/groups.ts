import { z } from "zod";
import { InvalidInput } from "./invalidInput";
import { services } from "./services";
import type { Worlds } from "./world";

/** What every group of a groups file has; the rest is its service's own. */
const groupShape = z.looseObject({ service: z.string(), region: z.string().optional() });

/** A group to begin with: see the README for what each service takes. */
export type GroupSpecification = z.input<typeof groupShape>;

/** Makes the groups of a groups file. Throws an Error that says which is wrong, and why. */
export function createGroups(specifications: unknown, worlds: Worlds): void {
  const list = z.array(groupShape).safeParse(specifications);
  if (!list.success) throw new InvalidInput(z.prettifyError(list.error));
  for (const [index, { service: name, region, ...specification }] of list.data.entries()) {
    const service = services.find(({ names }) => names.includes(name));
    if (!service) throw new InvalidInput(`Group ${index}: there is no service ${JSON.stringify(name)}.`);
    try {
      service.createGroup(specification, worlds.at(region ?? worlds.regionFor(service.usualRegion)));
    } catch (error) {
      throw new InvalidInput(`Group ${index}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
}
