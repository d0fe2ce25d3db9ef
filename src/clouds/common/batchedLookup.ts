/** Looks things up by their ids. Those that are asked for at nearly the same time are described in one call. */
import { type Clock, OVER, processClock } from "../../core/clock";
import { CloudError } from "../../core/cloud";

/** So long the first one waits for others: those who come one after the other are not held up. */
const COLLECT_MS = { idle: 1, busy: 10 };

type Describe<T> = (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>;

/**
 * Every call is made after all who wait for it have asked: no answer is older than the question.
 * @param describe answers without the ids that it does not know
 * @param most ids that one call takes
 */
export function batchedLookup<T>(
  describe: Describe<T>,
  most: number,
  clock: Clock = processClock.real ?? processClock,
): (id: string) => Promise<T | undefined> {
  /** Calls that are not answered yet. */
  let underWay = 0;
  let open: { ids: Set<string>; full: AbortController; answer: ReturnType<typeof describeAll<T>> } | undefined;

  function begin() {
    const [ids, full] = [new Set<string>(), new AbortController()];
    const answer = clock.sleep(underWay > 0 ? COLLECT_MS.busy : COLLECT_MS.idle, full.signal).then(async () => {
      if (open?.ids === ids) open = undefined;
      underWay++;
      try {
        return await describeAll(describe, [...ids]);
      } finally {
        underWay--;
      }
    });
    return { ids, full, answer };
  }

  return async (id) => {
    open ??= begin();
    const { ids, full, answer } = open;
    ids.add(id);
    if (ids.size >= most) {
      open = undefined;
      full.abort(OVER);
    }
    return (await answer)(id);
  };
}

/** An error of one of them goes to the one who asked for it: after a refusal each is asked for by itself. */
async function describeAll<T>(
  describe: Describe<T>,
  ids: readonly string[],
): Promise<(id: string) => T | undefined | Promise<T | undefined>> {
  try {
    const found = await describe(ids);
    return (id) => found.get(id);
  } catch (error) {
    const mayBeOfOne = error instanceof CloudError && (error.kind === "final" || error.permission !== undefined);
    if (ids.length === 1 || !mayBeOfOne) throw error;
    const each = new Map(ids.map((id) => [id, describe([id]).then((found) => found.get(id))]));
    return (id) => each.get(id);
  }
}
