import type { Properties } from "./values";

/** An operation that failed after a refresh was started: the state must keep what this carries. */
export class PartialFailure extends Error {
  constructor(
    message: string,
    readonly id: string,
    readonly properties: Properties,
  ) {
    super(message);
  }
}
