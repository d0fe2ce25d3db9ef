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
