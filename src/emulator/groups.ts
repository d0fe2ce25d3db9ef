import { z } from "zod";
import { InvalidInput } from "./invalidInput";
import { services } from "./services";
import type { World, Worlds } from "./world";

/** What every group of a groups file has; the rest is its service's own. */
const groupShape = z.looseObject({ service: z.string(), region: z.string().optional() });

/** A group to begin with: see the README for what each service takes. */
export type GroupSpecification = z.input<typeof groupShape>;

/** Makes the groups of a groups file. Throws an Error that says which is wrong, and why. */
export function createGroups(specifications: unknown, worlds: Worlds): void {
  const list = z.array(groupShape).safeParse(specifications);
  if (!list.success) throw new InvalidInput(z.prettifyError(list.error));
  // Each look-up of a region brings all of its groups to the clock: one is enough for ten thousand groups.
  const regions = new Map<string, World>();
  for (const [index, { service: name, region, ...specification }] of list.data.entries()) {
    const service = services.find(({ names }) => names.includes(name));
    if (!service) throw new InvalidInput(`Group ${index}: there is no service ${JSON.stringify(name)}.`);
    const where = region ?? worlds.regionFor(service.usualRegion);
    const world = regions.get(where) ?? worlds.at(where);
    regions.set(where, world);
    try {
      service.createGroup(specification, world);
    } catch (error) {
      throw new InvalidInput(`Group ${index}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
}
