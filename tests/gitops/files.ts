/** The files of `examples/gitops`, read as their systems read them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export const PROJECT = join(__dirname, "../../examples/gitops");

/** @throws YAMLParseError */
export function document<T = Record<string, unknown>>(path: string): T {
  return parse(readFileSync(join(PROJECT, path), "utf8")) as T;
}

/** What a job runs in a shell, without what only sets its machine up. */
export interface Job {
  env: Record<string, string>;
  commands: string[];
}

interface GitHubStep {
  name?: string;
  if?: string;
  run?: string;
}
interface GitHubJob {
  env?: Record<string, string>;
  steps: GitHubStep[];
}
interface GitHubWorkflow {
  env?: Record<string, string>;
  jobs: Record<string, GitHubJob>;
}

const SET_UP = ["npm ci"];

/** What GitHub knows of a run. */
export interface GitHubContext {
  /** Values of expressions, such as `inputs.stack`. */
  values: Record<string, string>;
  runAttempt: number;
}

export function gitHubJob(file: string, job: string, { values, runAttempt }: GitHubContext): Job {
  const workflow = document<GitHubWorkflow>(`.github/workflows/${file}`);
  const found = workflow.jobs[job];
  if (!found) throw new Error(`no job ${job} in ${file}`);
  const evaluate = (text: string) =>
    text.replace(/\$\{\{ ([\w.]+) \}\}/g, (_all, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`${file} uses ${name}`);
      return value;
    });
  const isRun = ({ if: condition }: GitHubStep) => {
    if (condition === undefined) return true;
    if (condition !== "github.run_attempt > 1") throw new Error(`${file} has the condition ${condition}`);
    return runAttempt > 1;
  };
  const env = Object.entries({ ...workflow.env, ...found.env }).map(([name, text]) => [name, evaluate(text)]);
  const commands = found.steps.filter(isRun).flatMap(({ run }) => (run === undefined ? [] : [run]));
  return { env: Object.fromEntries(env), commands: commands.filter((command) => !SET_UP.includes(command)) };
}

interface GitLabJob {
  extends?: string;
  variables?: Record<string, string>;
  before_script?: string[];
  script?: string[];
}

/** @param given what GitLab itself sets, `$CI_PROJECT_DIR` for instance */
export function gitLabJob(name: string, given: Record<string, string>): Job {
  const file = document<Record<string, GitLabJob>>(".gitlab-ci.yml");
  const resolve = (each: string): GitLabJob => {
    const job = file[each];
    if (!job) throw new Error(`no job ${each}`);
    const base = job.extends === undefined ? {} : resolve(job.extends);
    return { ...base, ...job, variables: { ...base.variables, ...job.variables } };
  };
  const { before_script = [], script = [], variables = {} } = resolve(name);
  const global = file.variables as Record<string, string>;
  const expand = (text: string) => text.replace(/\$(\w+)/g, (_all, variable: string) => given[variable] ?? "");
  const env = Object.entries({ ...global, ...variables }).map(([variable, text]) => [variable, expand(text)]);
  return {
    env: { ...given, ...Object.fromEntries(env) },
    commands: [...before_script, ...script].filter((command) => !SET_UP.includes(command)),
  };
}
