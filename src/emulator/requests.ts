/** One call of an operation, as it arrived and as it was answered. */
export interface RecordedRequest {
  /** Simulated, in milliseconds since the epoch. */
  readonly time: number;
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  /** Those of the operation: neither signatures nor tokens. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly accessKeyId: string | undefined;
  /** Undefined when the connection was cut. */
  readonly status: number | undefined;
  /** The code of an error. */
  readonly code: string | undefined;
  /** Whether the operation was done: false when it was refused, or stopped by a fault before. */
  readonly acted: boolean;
  /** The fault that it suffered. */
  readonly fault: string | undefined;
}

/** Enough for a day of a busy test machine. */
const mostRequests = 100_000;

/** What was asked since the start. The oldest are forgotten when there are too many. */
export interface RequestHistory {
  /** Oldest first; always the same array. */
  readonly list: readonly RecordedRequest[];
  readonly forgotten: number;
  add(request: RecordedRequest): void;
  clear(): void;
}

export function createRequestHistory(most = mostRequests): RequestHistory {
  const list: RecordedRequest[] = [];
  let forgotten = 0;
  return {
    list,
    get forgotten() {
      return forgotten;
    },
    add: (request) => {
      list.push(request);
      // A tenth at once: moving an array up costs what it holds.
      if (list.length > most) forgotten += list.splice(0, Math.ceil(most / 10)).length;
    },
    clear: () => {
      list.length = 0;
      forgotten = 0;
    },
  };
}
