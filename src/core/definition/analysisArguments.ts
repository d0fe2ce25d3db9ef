/** The argument `analysis`: what is measured while machines are replaced, and what a bad result does to the refresh. */
import { z } from "zod";
import { DURATION_FORM, secondsIn } from "../durations";
import { argument, checkArguments, issue, type Rule, type ValidationIssue } from "./arguments";

const duration = (text: string, fallback: string) =>
  argument(
    z.string().refine((value) => secondsIn(value) !== undefined, { error: `it must be ${DURATION_FORM}` }),
    {
      text,
      form: DURATION_FORM,
      default: fallback,
    },
  ).optional();

const positive = (text: string, fallback: string) =>
  argument(
    z.string().refine((value) => (secondsIn(value) ?? 0) > 0, {
      error: `it must be ${DURATION_FORM}, above 0`,
    }),
    { text, form: `${DURATION_FORM}, above 0`, default: fallback },
  ).optional();

const words = (text: string) => argument(z.record(z.string(), z.string()), { text, sensitive: true }).optional();

const http = z.strictObject({
  url: argument(z.string().regex(/^https?:\/\/[^/]/), {
    text: "Address that is asked.",
    form: 'an address such as "https://web.example.com/health"',
  }),
  method: argument(z.string().min(1), { text: "Method of the request.", default: "GET" }).optional(),
  headers: words("Headers of the request."),
  expectStatus: argument(z.int().min(100).max(599), {
    text: "Status that passes. When left out, any from 200 to 299 does.",
  }).optional(),
  expectBody: argument(z.string().min(1), { text: "Text that the body must contain." }).optional(),
});

const prometheus = z.strictObject({
  address: argument(z.string().regex(/^https?:\/\/[^/]/), {
    text: "Address of the server, without `/api/v1`.",
    form: 'an address such as "http://prometheus:9090"',
  }),
  query: argument(z.string().min(1), {
    text: "Query in PromQL, such as the share of failed requests. Every value of its result is compared.",
  }),
  min: argument(z.number(), { text: "Least value that passes." }).optional(),
  max: argument(z.number(), { text: "Greatest value that passes." }).optional(),
  headers: words("Headers of the request."),
});

const command = z.strictObject({
  run: argument(z.array(z.string()).min(1), {
    text: "The program and its arguments. No shell reads them. Exit code 0 passes, 1 fails, any other is inconclusive.",
  }),
  environment: words("Variables of the environment, beside those of the deployment."),
});

const check = z.strictObject({
  name: argument(z.string().min(1), { text: "Names the check in messages." }),
  interval: positive("Time from one measurement to the next.", "60s"),
  initialDelay: duration("Time from the first replaced instance to the first measurement.", "0s"),
  timeout: positive("How long one measurement may take.", "10s"),
  failureLimit: argument(z.int().min(0), {
    text: "How many measurements may fail in all. One more fails the analysis.",
    default: 0,
  }).optional(),
  successCount: argument(z.int().min(1), {
    text: "How many measurements in a row must pass at a checkpoint before `promote` goes on.",
    default: 1,
  }).optional(),
  http: argument(http, { text: "Asks an address over HTTP." }).optional(),
  prometheus: argument(prometheus, {
    text: "Asks a server that has the API of Prometheus. No answer, and no data, are inconclusive.",
  }).optional(),
  command: argument(command, { text: "Runs a program." }).optional(),
});

export const analysis = z.strictObject({
  checks: argument(z.array(check).min(1), {
    text: "What is measured. Each has one of `http`, `prometheus` and `command`.",
  }),
  onFailure: argument(z.enum(["rollback", "cancel", "fail"]), {
    text: "What happens to the refresh when the analysis fails: it is rolled back, cancelled, or goes on while the deployment fails.",
    default: "rollback",
  }).optional(),
  onInconclusive: argument(z.enum(["pause", "fail", "ignore"]), {
    text: "What happens when five measurements of a check in a row are inconclusive: the refresh is suspended until somebody resumes it (ESS only), the analysis fails, or nothing.",
    default: "ignore",
  }).optional(),
  promote: argument(z.boolean(), {
    text: "At a checkpoint, go on as soon as every check has passed its `successCount`, instead of pausing for the whole time. ESS only: a pause of AWS cannot be cut short.",
    default: false,
  }).optional(),
});

export type AnalysisArguments = z.infer<typeof analysis>;

const KINDS = ["http", "prometheus", "command"] as const;

/** Rules of `analysis` that involve several of its members. Reasons hold names only: the rest may be secret. */
export const analysisRules: readonly Rule<{ analysis?: AnalysisArguments | undefined }>[] = [
  {
    text: "Each check of `analysis` has another name, and one of `http`, `prometheus` and `command`; `prometheus` has `min`, `max` or both.",
    reads: ["analysis"],
    source: "analysis",
    *check({ analysis: { checks = [] } = { checks: [] } }) {
      for (const [index, each] of checks.entries()) {
        const path = `analysis.checks[${index}]`;
        if (checks.findIndex(({ name }) => name === each.name) < index)
          yield issue(`${path}.name`, each.name, "another check has this name: give each its own");
        const given = KINDS.filter((kind) => each[kind] !== undefined);
        if (given.length !== 1) {
          const has = given.length === 0 ? "none of" : `${given.map((kind) => `\`${kind}\``).join(" and ")} of`;
          yield { property: path, reason: `\`${path}\` has ${has} \`http\`, \`prometheus\`, \`command\`; give one` };
        }
        const { min, max } = each.prometheus ?? { min: 0 };
        if (min === undefined && max === undefined)
          yield issue(`${path}.prometheus.max`, max, "give `min`, `max` or both");
        else if (min !== undefined && max !== undefined && min > max)
          yield issue(`${path}.prometheus.min`, min, `it must be at most \`max\`, ${max}`);
      }
    },
  },
];

/** True when a failed analysis rolls the refresh back. */
export function analysisRollsBack({ analysis: given }: { analysis?: AnalysisArguments | undefined }): boolean {
  return given !== undefined && (given.onFailure ?? "rollback") === "rollback";
}

/** What is wrong with an analysis that is given by itself, whatever the cloud. */
export function analysisIssues(given: unknown): ValidationIssue[] {
  const definition = { arguments: z.strictObject({ analysis }), outputs: z.strictObject({}), rules: analysisRules };
  return checkArguments(definition, { analysis: given }).failures;
}
