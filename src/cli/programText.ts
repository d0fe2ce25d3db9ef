/** Values as a program in TypeScript has them. */

/** JSON with names without quotes. */
export function literal(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(/^(\s*)"([A-Za-z_]\w*)":/gm, "$1$2:");
}
