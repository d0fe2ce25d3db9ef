/** Everything is played by `npm run conformance`, in some minutes; the suite plays a sample. */
export const isWhole = process.env.CONFORMANCE === "all";

/** All of them, or every `nth`: those in a row are alike. */
export function sampleOf<T>(all: readonly T[], nth: number): readonly T[] {
  return isWhole ? all : all.filter((_, index) => index % nth === 0);
}

/** All of them, or those of these names. */
export function namedOf<T extends { readonly name: string }>(
  all: readonly T[],
  names: readonly string[],
): readonly T[] {
  return isWhole ? all : all.filter(({ name }) => names.includes(name));
}
