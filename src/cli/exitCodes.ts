/** What a command says by its exit code, so that a pipeline can stop at it. */
export const exitCodes = {
  /** Everything ended as it was asked. */
  successful: 0,
  /** Something ended badly, or is not as it was asked. */
  failed: 1,
  /** The command line was wrong; nothing was done. */
  usage: 2,
  /** How it ended is not known: time ran out, it was interrupted, or the cloud could not be asked. */
  unknown: 3,
} as const;

/** The command line is wrong in a way that only a call to the cloud's definition tells. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
