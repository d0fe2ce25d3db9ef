/**
 * Loads a module of an optional peer, when a component that needs it is made and not before: a program of one cloud does
 * not have the other's package.
 * @throws Error that says what to install
 */
export function peer<Module>(component: string, name: "@pulumi/aws" | "@pulumi/alicloud", path: string): Module {
  try {
    return require(`${name}/${path}`) as Module;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new Error(`${component} needs the package ${name}: run \`npm install ${name}\`.`, { cause: error });
  }
}
