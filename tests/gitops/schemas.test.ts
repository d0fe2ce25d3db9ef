import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { definition } from "../../src/clouds/ess/definition";
import { checkArguments } from "../../src/core/definition/arguments";
import { secondsOf } from "../../src/core/durations";
import { document } from "./files";

/** What a document breaks of a schema. */
function issues(schema: string, document: unknown): string[] {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse(readFileSync(join(__dirname, "schemas", `${schema}.json`), "utf8")));
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test.each([
  [".github/workflows/preview.yml", "github-workflow"],
  [".github/workflows/rollout.yml", "github-workflow"],
  [".github/workflows/up.yml", "github-workflow"],
  [".github/workflows/long-rollout.yml", "github-workflow"],
  [".gitlab-ci.yml", "gitlab-ci"],
  ["operator/program.yaml", "pulumi-program"],
  ["operator/stage.yaml", "pulumi-stack"],
  ["operator/production.yaml", "pulumi-stack"],
])("%s is what the schema of its kind allows", (file, schema) => {
  expect(issues(schema, document(file))).toEqual([]);
});

test("The schemas find what is wrong", () => {
  const up = document<{ jobs: { up: object } }>(".github/workflows/up.yml");
  const wrong = { ...up, jobs: { up: { ...up.jobs.up, "timeout-minutes": "soon", stepps: [] } } };
  expect(issues("github-workflow", wrong)).not.toEqual([]);
  const gitlab = document(".gitlab-ci.yml");
  expect(issues("gitlab-ci", { ...gitlab, stage: { script: 1 } })).not.toEqual([]);
  const stack = document<{ spec: object }>("operator/stage.yaml");
  expect(issues("pulumi-stack", { ...stack, spec: { ...stack.spec, retryMaxBackoffDurationSeconds: "1h" } })).toEqual([
    "/spec/retryMaxBackoffDurationSeconds must be integer",
  ]);
  expect(issues("pulumi-program", { program: { resources: { web: { typ: "x" } } } })).not.toEqual([]);
});

test("The operator's program declares a refresh that the plugin accepts", () => {
  const { program } = document<{
    program: { resources: { web: { type: string; properties: Record<string, unknown> } } };
  }>("operator/program.yaml");
  expect(program.resources.web.type).toBe("instance-refresh:ess:InstanceRefresh");
  expect(checkArguments(definition, program.resources.web.properties).failures).toEqual([]);
});

test("A rollout gives up before its job is killed, and no newer commit cuts it off", () => {
  const up = document<{
    jobs: { up: { "timeout-minutes": number; concurrency: { group: string; "cancel-in-progress": boolean } } };
  }>(".github/workflows/up.yml");
  const program = readFileSync(join(__dirname, "../../examples/gitops/index.ts"), "utf8");
  const timeout = secondsOf(/create: "(\w+)"/.exec(program)?.[1] ?? "") / 60;
  expect(timeout).toBeLessThan(up.jobs.up["timeout-minutes"]);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
  expect(up.jobs.up.concurrency).toEqual({ group: "rollout-${{ inputs.stack }}", "cancel-in-progress": false });

  const gitlab =
    document<Record<string, { interruptible?: boolean; resource_group?: string; timeout?: string }>>(".gitlab-ci.yml");
  expect(gitlab.default?.interruptible).toBe(false);
  expect(gitlab[".up"]?.resource_group).toBe("rollout-$STACK");
  expect(timeout).toBeLessThan(secondsOf(gitlab[".up"]?.timeout ?? "") / 60);
});

test("Production comes after stage, and only when stage has succeeded", () => {
  const rollout = document<{ jobs: { production: { needs: string } } }>(".github/workflows/rollout.yml");
  expect(rollout.jobs.production.needs).toBe("stage");
  const gitlab = document<{ stages: string[]; production: { stage: string } }>(".gitlab-ci.yml");
  expect(gitlab.stages.indexOf("stage")).toBeLessThan(gitlab.stages.indexOf(gitlab.production.stage));
  const production = document<{ spec: { prerequisites: { name: string }[] } }>("operator/production.yaml");
  expect(production.spec.prerequisites.map(({ name }) => name)).toEqual(["web-stage"]);
});
