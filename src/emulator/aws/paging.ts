import { invalidNextToken, validationError } from "./errors";

/** One page of a list, and the token of the page after it. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

/**
 * Cuts a page out of a list. The token says after which item the page begins, not at which number: a list that grows
 * at its head between two calls repeats nothing.
 *
 * @param key what tells an item from every other one
 * @throws AwsError `InvalidNextToken` when the token is not one of this list
 */
export function page<Item>(
  all: readonly Item[],
  key: (item: Item) => string,
  size: number,
  nextToken: string | undefined,
): Page<Item> {
  let from = 0;
  if (nextToken) {
    const last = Buffer.from(nextToken, "base64url").toString();
    from = all.findIndex((item) => key(item) === last) + 1;
    if (from === 0) throw invalidNextToken();
  }
  const items = all.slice(from, from + size);
  const last = items.at(-1);
  if (last === undefined || from + size >= all.length) return { items };
  return { items, nextToken: Buffer.from(key(last)).toString("base64url") };
}

/**
 * The number of items that a request asks for.
 *
 * @throws AwsError `ValidationError` when it is not from 1 to the most that the operation gives
 */
export function pageSize(asked: number | undefined, standard: number, most: number): number {
  if (asked === undefined) return standard;
  if (asked >= 1 && asked <= most) return asked;
  // fact: aws-page-sizes
  throw validationError(
    `1 validation error detected: Value '${asked}' at 'maxRecords' failed to satisfy constraint: Member must have value ` +
      (asked < 1 ? "greater than or equal to 1" : `less than or equal to ${most}`),
  );
}
