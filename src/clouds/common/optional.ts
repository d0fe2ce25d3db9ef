/** Calls for something optional. */
import { CloudError } from "../../core/cloud";
import type { UnknownSnapshot } from "../../core/snapshot";

/** What is not known of a group without its scaling activities. */
export const LAUNCHES = "how long recent launches took";

/** What is not known of a group whose lifecycle hooks are not described. */
export const HOOKS = "whether lifecycle hooks hold instances up";

/** What was found; else the given value, and what is not known for lack of a permission. */
export async function optional<T>(
  what: string,
  call: Promise<T>,
  otherwise: T,
): Promise<{ found: T; unknown: UnknownSnapshot[] }> {
  try {
    return { found: await call, unknown: [] };
  } catch (error) {
    if (!(error instanceof CloudError) || error.permission === undefined) throw error;
    return { found: otherwise, unknown: [{ what, permission: error.permission }] };
  }
}
