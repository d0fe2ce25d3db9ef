import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Every file below a folder of the root, by its path from the root. */
export function filesBelow(root: string, folder = ".", skip: (name: string) => boolean = () => false): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (skip(entry.name)) return [];
    return entry.isDirectory() ? filesBelow(root, path, skip) : [path];
  });
}
