/** Requests above a limit are answered by the cloud's throttling error. */
export interface RateLimit {
  /** `service:Operation`, `service:*` or `*`. All that it names share one bucket for each region. */
  readonly operations: readonly string[];
  /** Requests in a real second. */
  readonly perSecond: number;
  /** How many at once. Default: `perSecond`, at least 1. */
  readonly burst?: number | undefined;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Answers whether a request is within every limit, and counts it. Real time is taken from `monotonic`, in milliseconds. */
export function createRateLimiter(limits: readonly RateLimit[], monotonic: () => number) {
  const buckets = new Map<string, Bucket>();
  return (service: string, operation: string, region: string): boolean => {
    const names = ["*", `${service}:*`, `${service}:${operation}`];
    const now = monotonic();
    const matching = limits.flatMap((limit, index) => {
      if (!limit.operations.some((name) => names.includes(name))) return [];
      const burst = limit.burst ?? Math.max(1, limit.perSecond);
      const key = `${index} ${region}`;
      const bucket = buckets.get(key) ?? { tokens: burst, filledAt: now };
      bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledAt) / 1000) * limit.perSecond);
      bucket.filledAt = now;
      buckets.set(key, bucket);
      return [bucket];
    });
    if (matching.some((bucket) => bucket.tokens < 1)) return false;
    for (const bucket of matching) bucket.tokens--;
    return true;
  };
}
