/** `npm run generate`: writes the TypeScript types of both rooms from their definitions. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { definition as autoscaling } from "../src/clouds/autoscaling/definition";
import { definition as ess } from "../src/clouds/ess/definition";
import type { Definition } from "../src/core/definition/arguments";
import { typesOf } from "./typesOfDefinition";

const ROOT = join(__dirname, "..");

/** Source text by path from the root of the repository, formatted. */
export function generatedTypes(): Record<string, string> {
  const rooms = {
    "src/pulumi/autoscaling/types.ts": typesOf(
      autoscaling as unknown as Definition,
      "autoscaling.InstanceRefresh",
      "configurationChange",
    ),
    "src/pulumi/ess/types.ts": typesOf(ess as unknown as Definition, "ess.InstanceRefresh", "anyChange"),
  };
  return Object.fromEntries(Object.entries(rooms).map(([path, text]) => [path, formatted(path, text)]));
}

/** As `npm run format` would have it. */
export function formatted(path: string, text: string): string {
  const biome = join(ROOT, "node_modules", ".bin", "biome");
  return execFileSync(biome, ["format", `--stdin-file-path=${path}`], {
    cwd: ROOT,
    input: text,
    encoding: "utf8",
    stdio: "pipe",
  });
}

if (require.main === module) {
  for (const [path, text] of Object.entries(generatedTypes())) writeFileSync(join(ROOT, path), text);
}
