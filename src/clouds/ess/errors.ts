/** What an error of the vendor's core means. Told by code and status, never by text. */
import { CloudError } from "../../core/cloud";

/** Codes that mean that no instance of the group needs a refresh. */
export const NOTHING_TO_REFRESH = "InvalidInstance.NoInstanceNeedBeRefreshed";

/** Makes a `CloudError` of whatever a call of the core threw. */
export function toCloudError(operation: string, error: unknown): CloudError {
  if (error instanceof CloudError) return error;
  const { code, statusCode, data, requestId, name, message } = error as {
    code?: string;
    statusCode?: number;
    data?: { Message?: unknown };
    requestId?: string;
    name?: string;
    message?: string;
  };
  if (statusCode === undefined) {
    // No answer, or one that cannot be read: a time-out, a lost socket, a 5xx that is not JSON.
    return new CloudError({
      operation,
      code: code ?? name ?? "Error",
      kind: "passing",
      message: `no usable answer: ${message ?? String(error)}`,
    });
  }
  const kind =
    code?.startsWith("Throttling") || statusCode === 429 ? "throttled" : statusCode >= 500 ? "passing" : "final";
  const text = typeof data?.Message === "string" ? data.Message : (message ?? "refused");
  return new CloudError({
    operation,
    code: code ?? String(statusCode),
    kind,
    message: text,
    ...(requestId ? { requestId } : {}),
  });
}
