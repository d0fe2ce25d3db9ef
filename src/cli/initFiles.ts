/** The files of a new project, and the commands that come next. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Arguments } from "../core/cloud";
import { quoted } from "../core/lifecycle/commands";
import { version } from "../version";
import { literal } from "./programText";
import type { NamedGroup } from "./targets";

type PackageFile = Record<"dependencies" | "devDependencies", Record<string, string>>;

const own = require("pulumi-instance-refresh/package.json") as PackageFile;

/** What the program needs at run time, and to be compiled. */
const NEEDED: Readonly<Record<string, string>> = {
  "@pulumi/pulumi": own.dependencies["@pulumi/pulumi"] as string,
  "pulumi-instance-refresh": `^${version}`,
};
const NEEDED_TO_COMPILE: Readonly<Record<string, string>> = {
  "@types/node": own.devDependencies["@types/node"] as string,
  typescript: "^5.9.0",
};

/** Pulumi takes letters, digits, `.`, `_` and `-`. */
function projectName(group: string): string {
  return group.replace(/[^\w.-]+/g, "-").slice(0, 100);
}

export function filesOf({ group, args }: { group: NamedGroup; args: Arguments }): Record<string, string> {
  const name = projectName(group.name);
  const packageFile = {
    private: true,
    dependencies: NEEDED,
    devDependencies: NEEDED_TO_COMPILE,
  };
  const compilerOptions = {
    strict: true,
    target: "es2022",
    module: "node16",
    moduleResolution: "node16",
    outDir: "bin",
  };
  return {
    "Pulumi.yaml": stringify({
      name,
      runtime: "nodejs",
      // A package.json that was kept may name another file.
      main: "index.ts",
      description: `Instance refreshes of ${group.text.replace(/^G/, "g")}`,
    }),
    "index.ts": programOf(group, args),
    "package.json": `${JSON.stringify(packageFile, undefined, 2)}\n`,
    "tsconfig.json": `${JSON.stringify({ compilerOptions, files: ["index.ts"] }, undefined, 2)}\n`,
    ".gitignore": "bin/\nnode_modules/\n",
  };
}

function programOf({ cloud, name, text }: NamedGroup, args: Arguments): string {
  const how =
    args.triggers === undefined
      ? "Change the configuration, and `pulumi up` rolls it out."
      : "Change `triggers`, and `pulumi up` replaces every instance by what the group launches from.";
  return `import { ${cloud.key} } from "pulumi-instance-refresh";

// ${text} as it is now. ${how}
const refresh = new ${cloud.key}.InstanceRefresh(${JSON.stringify(projectName(name))}, ${literal(args)});

export const status = refresh.status;
`;
}

/** From the folder where the command ran to the first preview. */
export function nextCommands(directory: string): string[] {
  const missing = missingPackages(join(directory, "package.json"));
  return [
    ...(directory === "." ? [] : [`cd ${quoted(directory)}`]),
    ["npm install", ...missing].join(" "),
    "pulumi stack init dev",
    "pulumi preview",
  ];
}

/** What a package.json that was kept does not name yet. */
function missingPackages(file: string): string[] {
  if (!existsSync(file)) return [];
  const kept = JSON.parse(readFileSync(file, "utf8")) as Partial<PackageFile>;
  const has = { ...kept.dependencies, ...kept.devDependencies };
  return Object.keys({ ...NEEDED, ...NEEDED_TO_COMPILE }).filter((name) => !Object.hasOwn(has, name));
}
