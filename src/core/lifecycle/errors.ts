/** What a failure means for a refresh, in the four things that a person needs. */

/** How a refresh, or a request to cancel or roll it back, ended badly. */
export type RefreshErrorCode =
  | "failed"
  | "rolledBack"
  | "rollbackFailed"
  | "cancelled"
  | "unknownStatus"
  | "vanished"
  | "timedOut"
  | "interrupted"
  | "halted"
  | "outsideWindow"
  | "analysisFailed"
  | "conflict"
  | "refused"
  | "tooLate"
  | "unreachable";

/** What a host must keep although the operation failed: a started refresh is never forgotten. */
export interface PartialState {
  id: string;
  properties: Record<string, unknown>;
}

/** What happened, to which refresh of which group, why, and what to do. */
export class RefreshError extends Error {
  readonly code: RefreshErrorCode;
  readonly group: string;
  readonly refreshId: string | undefined;
  /** Present when a refresh exists that the state has to keep. */
  partialState: PartialState | undefined;

  constructor(details: {
    code: RefreshErrorCode;
    group: string;
    refreshId?: string | undefined;
    what: string;
    next: string;
    cause?: unknown;
  }) {
    super(`${details.what}\nNext: ${details.next}`, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "RefreshError";
    this.code = details.code;
    this.group = details.group;
    this.refreshId = details.refreshId;
  }
}
