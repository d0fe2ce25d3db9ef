import { z } from "zod";
import type { Random } from "../simulation/random";
import { InvalidInput } from "./invalidInput";

/** An hour: no client waits longer. */
const longestDelayMilliseconds = 3_600_000;

const kinds = [
  "AccessDenied",
  "Throttling",
  "InternalError",
  "ServiceUnavailable",
  "ExpiredToken",
  "CutBefore",
  "CutAfter",
  "Slow",
  "Truncated",
  "NotParsable",
] as const;

const faultShape = z.strictObject({
  /** `service:Operation`, `service:*` or `*`. */
  operations: z
    .array(z.string().regex(/^(\*|[a-z0-9]+:(\*|[A-Za-z]+))$/, "must be like ess:StartInstanceRefresh, ess:* or *"))
    .min(1),
  kind: z.enum(kinds),
  /** How many of the matching requests are let through before the first is hit. */
  skip: z.int().min(0).default(0),
  /** How many are hit. */
  count: z.int().min(1).optional(),
  /** The share of them that is hit. */
  rate: z.number().min(0).max(1).default(1),
  /** Of a slow answer, in real milliseconds. */
  delayMilliseconds: z.int().min(0).max(longestDelayMilliseconds).default(5000),
});

export const faultsShape = z.array(faultShape);

/** A fault as it is written in a script. */
export type FaultOptions = z.input<typeof faultShape>;

export type Fault = Readonly<z.output<typeof faultShape>> & {
  /** Requests that matched, and those of them that were hit. */
  seen: number;
  hit: number;
};

export interface FaultInjection {
  /** Appends; the first in order that hits a request is the one that it suffers. Throws an Error for a malformed one. */
  add(...faults: FaultOptions[]): void;
  clear(): void;
  list(): readonly Fault[];
  /** Counts a request, and says what it is to suffer. */
  next(service: string, operation: string): Fault | undefined;
}

export function createFaultInjection(random: Random): FaultInjection {
  const faults: Fault[] = [];
  return {
    add: (...added) => {
      const parsed = faultsShape.safeParse(added);
      if (!parsed.success) throw new InvalidInput(z.prettifyError(parsed.error));
      faults.push(...parsed.data.map((fault) => ({ ...fault, seen: 0, hit: 0 })));
    },
    clear: () => {
      faults.length = 0;
    },
    list: () => faults.map((fault) => ({ ...fault })),
    next: (service, operation) => {
      const names = ["*", `${service}:*`, `${service}:${operation}`];
      const hits = faults.filter(
        (fault) => fault.operations.some((name) => names.includes(name)) && hit(fault, random),
      );
      const [first] = hits;
      if (first) first.hit++;
      return first;
    },
  };
}

/** A fault sees every matching request, so that `skip` counts requests and not what other faults left of them. */
function hit(fault: Fault, random: Random): boolean {
  fault.seen++;
  if (fault.seen <= fault.skip) return false;
  if (fault.count !== undefined && fault.hit >= fault.count) return false;
  return fault.rate === 1 || random.fraction() < fault.rate;
}
