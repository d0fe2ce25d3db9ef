/** The code that a dynamic resource carries in its inputs, which the dynamic provider's process evaluates. */
import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { version } from "../version";

const PACKAGE = "pulumi-instance-refresh";

/**
 * Code that loads a provider of this package. Pulumi would serialize the provider itself into every resource, some 2 KB,
 * and again with every change; this is one line that never changes. The package is resolved from the program's folder,
 * so that a state can be used on another machine. A program that no longer has the package is told what to do: it may
 * have been removed in the same commit as the resource.
 * @param name what the entry `dynamic-provider` exports
 */
export function providerCode(name: string): string {
  const missing = `${PACKAGE} is not installed in "+process.cwd()+", from which Pulumi loads the provider of a refresh. Install it there until the last refresh is destroyed.`;
  return `exports.handler=()=>{try{return require("${PACKAGE}/dynamic-provider").${name}}catch(e){throw e.code=="MODULE_NOT_FOUND"&&e.message.includes("'${PACKAGE}/")?Error("${missing}"):e}}`;
}

let warned = false;

/**
 * Refuses a resource whose provider could not be loaded later, which Pulumi would report without a hint.
 * @throws ResourceError that says what to add
 */
export function requirePackage(resource: string, parent: pulumi.Resource | undefined): void {
  // Only Pulumi's own host runs the program and the provider in the same folder.
  if (process.env.PULUMI_NODEJS_PROJECT === undefined) return;
  const folder = process.cwd();
  const found = versionFrom(folder);
  if (found === undefined) {
    throw new pulumi.ResourceError(
      `${resource} needs the package ${PACKAGE} where the program is, not only in a package that the program uses: Pulumi loads it from ${folder}. Run \`npm install ${PACKAGE}@${version}\` there (or the same with pnpm, yarn or bun), and leave it installed until the last such resource is destroyed. Or use the classes of ${PACKAGE}/plugin.`,
      parent,
      true,
    );
  }
  if (found !== version && !warned) {
    warned = true;
    const warning = `${resource} is of ${PACKAGE} ${version}, but the program's folder, from which Pulumi loads its provider, has ${found}. Install the same version there.`;
    void pulumi.log.warn(warning);
  }
}

function versionFrom(folder: string): string | undefined {
  try {
    const require = createRequire(join(folder, "program.js"));
    require.resolve(`${PACKAGE}/dynamic-provider`);
    return (require(`${PACKAGE}/package.json`) as { version: string }).version;
  } catch {
    return undefined;
  }
}
