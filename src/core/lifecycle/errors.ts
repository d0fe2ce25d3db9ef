/** The two kinds of error: what a cloud's API answered, and what that means for a refresh. Told apart by field, not by text. */

/** A call to a cloud that failed. */
export class CloudError extends Error {
  /** The operation that was called, such as `StartInstanceRefresh`. */
  readonly operation: string;
  /** The cloud's code, or the name of what went wrong on the way. */
  readonly code: string;
  /**
   * `throttled`: not acted on, too many calls. `passing`: a fault that may be gone the next time; whether the call was
   * acted on is not known. `final`: the cloud refused, or credentials are missing; the same call fails again.
   */
  readonly kind: "throttled" | "passing" | "final";

  constructor(details: {
    operation: string;
    code: string;
    kind: CloudError["kind"];
    message: string;
    requestId?: string;
  }) {
    const request = details.requestId ? `, request ${details.requestId}` : "";
    super(`${details.operation}: ${details.message} (${details.code}${request})`);
    this.name = "CloudError";
    this.operation = details.operation;
    this.code = details.code;
    this.kind = details.kind;
  }
}

/** How a refresh, or a wish about one, ended badly. */
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
  | "conflict"
  | "refused"
  | "tooLate"
  | "unreachable";

/** What a door must keep although the operation failed: a started refresh is never forgotten. */
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
    fault: RefreshErrorCode;
    group: string;
    refreshId?: string | undefined;
    what: string;
    next: string;
    cause?: unknown;
  }) {
    super(`${details.what}\nNext: ${details.next}`, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "RefreshError";
    this.code = details.fault;
    this.group = details.group;
    this.refreshId = details.refreshId;
  }
}
