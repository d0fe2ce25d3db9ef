import type { Clock } from "../core/clock";
import { CloudError, type VendorAnswer, type VendorApi, type VendorCall } from "../core/cloud";

const TRIES = 6;

export interface Caller {
  readonly api: VendorApi;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** Throttling, and a description that gets no answer, is tried again; what acts may have acted. */
export async function callWithRetry({ api, clock, signal }: Caller, call: VendorCall): Promise<VendorAnswer> {
  const isSafe = /^(Describe|List)/.test(call.operation);
  for (let tries = 1; ; tries++) {
    try {
      const answer = await api.call(call);
      const code = String((answer.body as { Code?: unknown }).Code ?? "");
      const again = answer.status >= 500 || /throttl|LimitExceeded/i.test(code);
      if (!again || tries >= TRIES) return answer;
    } catch (error) {
      if (!isSafe || tries >= TRIES || !(error instanceof CloudError) || error.kind === "final") throw error;
    }
    await clock.sleep(2 ** tries * 1_000, signal);
    signal?.throwIfAborted();
  }
}
