/** Asks a server that has the API of Prometheus. Only numbers pass or fail; everything else is inconclusive. */
import { z } from "zod";
import { proxiedAgents } from "../../clouds/common/proxy";
import { send } from "../../clouds/common/send";
import type { Check, Measurement } from "../../core/analysis/policy";

const sample = z.tuple([z.number(), z.string()]);
const answer = z.object({
  status: z.literal("success"),
  data: z.discriminatedUnion("resultType", [
    z.object({ resultType: z.literal("scalar"), result: sample }),
    z.object({ resultType: z.literal("vector"), result: z.array(z.object({ value: sample })) }),
  ]),
});

export async function measurePrometheus(
  { address, query, headers = {}, min, max }: NonNullable<Check["prometheus"]>,
  timeout: number,
  signal: AbortSignal,
): Promise<Measurement> {
  const url = new URL(`${address.replace(/\/+$/, "")}/api/v1/query`);
  url.searchParams.set("query", query);
  const { status, body } = await send(url, {
    method: "GET",
    headers,
    agents: proxiedAgents(),
    connectTimeout: timeout,
    timeout,
    signal,
  });
  return judged(status, body, { min, max });
}

/** What an answer of Prometheus amounts to. */
export function judged(
  status: number,
  body: string,
  { min, max }: { min?: number | undefined; max?: number | undefined },
): Measurement {
  if (status !== 200) return { outcome: "inconclusive", value: `HTTP ${status} of Prometheus` };
  const values = valuesOf(body);
  if (values === undefined) return { outcome: "inconclusive", value: "no answer of Prometheus" };
  if (values.length === 0 || values.some(Number.isNaN)) return { outcome: "inconclusive", value: "no data" };
  const bad = values.find((value) => (min !== undefined && value < min) || (max !== undefined && value > max));
  const limits = [min === undefined ? "" : `min ${min}`, max === undefined ? "" : `max ${max}`].filter(Boolean);
  return { outcome: bad === undefined ? "passed" : "failed", value: `${bad ?? values[0]} (${limits.join(", ")})` };
}

function valuesOf(body: string): number[] | undefined {
  const parsed = answer.safeParse(json(body));
  if (!parsed.success) return undefined;
  const { data } = parsed.data;
  const samples = data.resultType === "scalar" ? [data.result] : data.result.map(({ value }) => value);
  return samples.map(([, text]) => numberOf(text));
}

/** Prometheus writes infinity as `+Inf` and `-Inf`. */
function numberOf(text: string): number {
  return text.endsWith("Inf") ? Number(text.replace("Inf", "Infinity")) : Number(text);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
