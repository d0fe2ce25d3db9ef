/** `npm run generate`: writes everything that follows from the registry of clouds and their definitions. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { allSettings } from "../provider/config";
import { packageSchema } from "../provider/schema";
import { cloudModule, registeredClouds } from "../src/clouds";
import { documentedSettings as awsSettings } from "../src/clouds/autoscaling/settings";
import { documentedSettings as alicloudSettings } from "../src/clouds/ess/settings";
import type { CloudModule } from "../src/core/cloud";
import { facts } from "../src/facts";
import type { Fact } from "../src/facts/fact";
import { entryPoint, providerClass, resourceClass } from "./classes";
import { credentialsPage } from "./credentialsPage";
import { factsPage } from "./factsPage";
import { failuresPage } from "./failuresPage";
import { referenceOf } from "./referenceOfDefinition";
import { outputNamesOf, typesOf } from "./typesOfDefinition";
import { cassettesIn, validatedBy, validatedFile } from "./validatedFacts";

const ROOT = join(__dirname, "..");

/** Text by path from the root of the repository, formatted as `npm run format` would have it. */
export async function generated(): Promise<Record<string, string>> {
  const clouds = await Promise.all(registeredClouds().sort().map(cloudModule));
  const days = await validatedBy(cassettesIn(join(ROOT, "cassettes")));
  const files = {
    ...Object.assign({}, ...clouds.map(filesOf)),
    "src/pulumi/provider.ts": providerClass(await allSettings()),
    "src/index.ts": entryPoint(clouds, "resource"),
    "src/plugin.ts": entryPoint(clouds, "pluginResource"),
    "etc/schema.json": JSON.stringify(await packageSchema(), undefined, 2),
    "src/facts/validated.ts": validatedFile(days),
    "docs/facts.md": factsPage(facts.map((fact) => dated(fact, days[fact.id]))),
    "docs/failures.md": await failuresPage(),
    "docs/credentials.md": credentialsPage([
      { provider: "@pulumi/alicloud", prefix: "alicloud", settings: alicloudSettings },
      { provider: "@pulumi/aws", prefix: "aws", settings: awsSettings },
    ]),
  } as Record<string, string>;
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, formatted(path, text)]));
}

/** By the cassettes that are there now: `src/facts/validated.ts` may be older. */
function dated(fact: Fact, day: string | undefined): Fact {
  return day === undefined ? fact : { ...fact, kind: "validated", validated: day };
}

function filesOf(cloud: CloudModule): Record<string, string> {
  return {
    [`src/pulumi/${cloud.key}/types.ts`]: typesOf(cloud),
    [`src/pulumi/${cloud.key}/outputNames.ts`]: outputNamesOf(cloud),
    [`src/pulumi/${cloud.key}/resource.ts`]: resourceClass(cloud, "dynamic"),
    [`src/pulumi/${cloud.key}/pluginResource.ts`]: resourceClass(cloud, "plugin"),
    [`docs/reference/${cloud.key}.InstanceRefresh.md`]: referenceOf(cloud),
  };
}

function formatted(path: string, text: string): string {
  // Pages are not formatted: biome leaves them alone too, but only once they are there.
  if (path.endsWith(".md")) return text;
  const biome = join(ROOT, "node_modules", ".bin", "biome");
  const options = { cwd: ROOT, input: text, encoding: "utf8", stdio: "pipe" } as const;
  return execFileSync(biome, ["format", `--stdin-file-path=${path}`], options);
}

async function main(): Promise<void> {
  for (const [path, text] of Object.entries(await generated())) {
    // A new cloud has no folder yet.
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
}

if (require.main === module) void main();
