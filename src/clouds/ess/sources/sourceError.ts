/** Why a source had no credentials, in words that may be printed. */
export class SourceError extends Error {
  override readonly name = "SourceError";
  /** The service's code, where it refused. */
  constructor(
    message: string,
    readonly code?: string,
    /** What to do, where it is not to name another source. */
    readonly next?: string,
  ) {
    super(message);
  }
}
