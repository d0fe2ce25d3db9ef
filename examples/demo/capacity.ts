/** How often the demo reads the capacity while a refresh runs, in milliseconds. */
const LOOK_EVERY_MS = 100;

/** Looks again and again while something is done; what came of that, and the lowest number that was seen. */
export async function lowestDuring<T>(
  look: () => Promise<number>,
  action: () => Promise<T>,
): Promise<{ result: T; lowest: number }> {
  let lowest = await look();
  let done = false;
  const looking = (async () => {
    while (!done) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      lowest = Math.min(lowest, await look());
    }
  })();
  const result = await action().finally(() => {
    done = true;
  });
  await looking;
  return { result, lowest };
}
