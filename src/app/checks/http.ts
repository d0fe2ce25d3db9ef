/** Asks a service over HTTP. A service that does not answer has failed; a name that cannot be looked up is inconclusive. */
import { proxiedAgents } from "../../clouds/common/proxy";
import { send } from "../../clouds/common/send";
import type { Check, Measurement } from "../../core/analysis/policy";

/** The service was reached for, and did not answer. */
const NOT_ANSWERED = new Set(["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "TIMEOUT", "EHOSTUNREACH", "EPIPE"]);

export async function measureHttp(
  { url, method = "GET", headers = {}, expectStatus, expectBody }: NonNullable<Check["http"]>,
  timeout: number,
  signal: AbortSignal,
): Promise<Measurement> {
  const options = { method, headers, agents: proxiedAgents(), connectTimeout: timeout, timeout, signal };
  try {
    const { status, body } = await send(new URL(url), options);
    const isExpected = expectStatus === undefined ? status >= 200 && status < 300 : status === expectStatus;
    if (!isExpected) return { outcome: "failed", value: `HTTP ${status}` };
    if (expectBody !== undefined && !body.includes(expectBody))
      return { outcome: "failed", value: `HTTP ${status} without the expected text` };
    return { outcome: "passed", value: `HTTP ${status}` };
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== undefined && NOT_ANSWERED.has(code)) return { outcome: "failed", value: `no answer (${code})` };
    throw error;
  }
}
