import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createEmulator, type Emulator } from "../../src/emulator";
import { pulumiEnvironment } from "../../tools/pulumiEnvironment";
import { environmentOf, fast } from "../constructs/emulated";
import { gitHubJob, gitLabJob, type Job, PROJECT } from "./files";
import { type Ran, type Running, start } from "./runner";

/** What a pipeline runs for a stack, whatever system it is written for. */
interface Pipeline {
  preview(stack: string): Job;
  up(stack: string): Job;
  /** What is run to bring a job to its end that was killed. */
  again(stack: string): Job[];
}

const backend = () => ({ state: machine.PULUMI_BACKEND_URL ?? "", passphrase: machine.PULUMI_CONFIG_PASSPHRASE ?? "" });
const gitHubContext = (stack: string, runAttempt = 1) => ({
  runAttempt,
  values: {
    "matrix.stack": stack,
    "inputs.stack": stack,
    "vars.PULUMI_BACKEND_URL": backend().state,
    "secrets.PULUMI_CONFIG_PASSPHRASE": backend().passphrase,
  },
});
const gitLabGiven = () => ({
  CI_PROJECT_DIR: project,
  STATE_BACKEND_URL: backend().state,
  PULUMI_CONFIG_PASSPHRASE: backend().passphrase,
  OIDC_TOKEN: "token",
});

const PIPELINES: Record<string, Pipeline> = {
  "GitHub Actions": {
    preview: (stack) => gitHubJob("preview.yml", "preview", gitHubContext(stack)),
    up: (stack) => gitHubJob("up.yml", "up", gitHubContext(stack)),
    again: (stack) => [gitHubJob("up.yml", "up", gitHubContext(stack, 2))],
  },
  "GitLab CI": {
    preview: (stack) => gitLabJob("preview", { ...gitLabGiven(), STACK: stack }),
    up: (stack) => gitLabJob(stack, gitLabGiven()),
    again: (stack) => [gitLabJob(`unlock-${stack}`, gitLabGiven()), gitLabJob(stack, gitLabGiven())],
  },
};

let emulator: Emulator;
let folder: string;
let project: string;
let machine: Record<string, string>;

beforeEach(async () => {
  const group = (id: string) => ({
    service: "ess",
    ScalingGroupId: id,
    DesiredCapacity: 4,
    MultiAZPolicy: "PRIORITY",
    ScalingConfiguration: { ImageId: "m-20260801", InstanceType: "ecs.g7.large" },
  });
  emulator = await createEmulator({ ...fast(), groups: [group("asg-stage"), group("asg-production")] });
  folder = mkdtempSync(join(tmpdir(), "instance-refresh-"));
  project = join(folder, "project");
  cpSync(PROJECT, project, { recursive: true });
  symlinkSync(resolve(__dirname, "../../node_modules"), join(project, "node_modules"), "dir");
  machine = { ...pulumiEnvironment(folder), ...environmentOf(emulator) };
  for (const stack of ["stage", "production"]) {
    const made = await run({ env: {}, commands: [`pulumi stack init ${stack} --non-interactive`] });
    expect(made).toMatchObject({ code: 0 });
  }
});
afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (job: Job): Promise<Ran> => start(job, project, machine).ended;

/** Merges a commit that changes the image of a stack. */
function merge(stack: string, image: string): void {
  const file = join(project, `Pulumi.${stack}.yaml`);
  writeFileSync(file, readFileSync(file, "utf8").replace(/imageId: .*/, `imageId: ${image}`));
}

const group = (id: string) => {
  const found = emulator.world(emulator.region).groups.get(`ess/${id}`);
  if (!found) throw new Error(`no group ${id}`);
  return found;
};
/** Rollouts of a group. A start that is sent again with its token answers the same one. */
const rollouts = (id: string) => group(id).refreshes.length;
/** Until the rollout of a group is under way, or the job that is to start it has ended without. */
async function inProgress(id: string, job: Running): Promise<void> {
  let ended = false;
  void job.ended.then(() => {
    ended = true;
  });
  while (!ended && group(id).refreshes[0]?.status !== "InProgress") await new Promise((wake) => setTimeout(wake, 50));
}

/** However slow this machine is, nothing ends meanwhile in the cloud; the speed that time had. */
function stopTime(): number {
  const { speed } = emulator.clock;
  emulator.clock.speed = 0;
  return speed;
}

/** Images that the instances of a group were launched from. */
const images = (id: string) => [
  ...new Set(
    [...group(id).instances.values()].map(
      ({ configuration }) => (configuration.details as { imageId: string }).imageId,
    ),
  ),
];

describe.each(Object.keys(PIPELINES))("With %s", (name) => {
  const pipeline = PIPELINES[name] as Pipeline;

  test("a commit is previewed, rolled out to stage and then to production", async () => {
    expect(await run(pipeline.up("stage"))).toMatchObject({ code: 0 });
    expect(rollouts("asg-stage")).toBe(0);

    merge("stage", "m-20260901");
    const preview = await run(pipeline.preview("stage"));
    expect(preview).toMatchObject({ code: 0 });
    expect(preview.output).toMatch(/desiredConfigurationImageId/);
    expect(rollouts("asg-stage")).toBe(0);

    expect(await run(pipeline.up("stage"))).toMatchObject({ code: 0 });
    expect(images("asg-stage")).toEqual(["m-20260901"]);
    expect(images("asg-production")).toEqual(["m-20260801"]);
    merge("production", "m-20260901");
    expect(await run(pipeline.up("production"))).toMatchObject({ code: 0 });
    expect(images("asg-production")).toEqual(["m-20260901"]);
    expect([rollouts("asg-stage"), rollouts("asg-production")]).toEqual([1, 1]);
  });

  test("a job that is killed half-way and run again attaches to its rollout", async () => {
    await run(pipeline.up("stage"));
    merge("stage", "m-slow-1200");
    const running = start(pipeline.up("stage"), project, machine);
    await inProgress("asg-stage", running);
    const speed = stopTime();
    running.kill();
    expect(await running.ended).toMatchObject({ code: 137 });

    expect((await run(pipeline.up("stage"))).output).toMatch(/the stack is currently locked/);
    expect(group("asg-stage").refreshes[0]?.status).toBe("InProgress");
    emulator.clock.speed = speed;
    const ends: Ran[] = [];
    for (const job of pipeline.again("stage")) ends.push(await run(job));
    expect(ends.map(({ code }) => code)).not.toContain(1);
    expect(ends.at(-1)?.output).toMatch(/Found this refresh as .*starting none/);
    expect(rollouts("asg-stage")).toBe(1);
    expect(images("asg-stage")).toEqual(["m-slow-1200"]);
  });

  test("a bad image fails the job, again when it is run again; the revert of its commit goes through", async () => {
    await run(pipeline.up("stage"));
    merge("stage", "m-unhealthy");
    const bad = await run(pipeline.up("stage"));
    expect(bad.code).not.toBe(0);
    expect(bad.output).toMatch(/New instances do not pass their health checks/);
    expect((await run(pipeline.up("stage"))).code).not.toBe(0);
    expect(rollouts("asg-stage")).toBe(1);

    merge("stage", "m-20260801");
    expect(await run(pipeline.up("stage"))).toMatchObject({ code: 0 });
    expect(images("asg-stage")).toEqual(["m-20260801"]);
  });
});

test("A rollout that outlives a runner is started by one job, followed by others, and recorded by the last", async () => {
  await run(gitHubJob("up.yml", "up", gitHubContext("stage")));
  merge("stage", "m-slow-1200");
  const committed = readFileSync(join(project, "Pulumi.stage.yaml"));
  const context = gitHubContext("stage");
  const outputs = join(folder, "outputs");
  machine.GITHUB_OUTPUT = outputs;
  const speed = stopTime();
  expect(await run(gitHubJob("long-rollout.yml", "start", context))).toMatchObject({ code: 0 });
  expect(group("asg-stage").refreshes[0]?.status).not.toBe("Successful");
  const [, refresh = ""] = /^refresh=(ir-\w+)$/m.exec(readFileSync(outputs, "utf8")) ?? [];

  emulator.clock.speed = speed;
  const values = { ...context.values, "needs.start.outputs.refresh": refresh };
  expect(await run(gitHubJob("long-rollout.yml", "follow", { ...context, values }))).toMatchObject({ code: 0 });
  expect(group("asg-stage").refreshes[0]?.status).toBe("Successful");

  // `--config` has written to the checkout of the first job; each job has one of its own.
  writeFileSync(join(project, "Pulumi.stage.yaml"), committed);
  const recorded = await run(gitHubJob("up.yml", "up", context));
  expect(recorded).toMatchObject({ code: 0 });
  expect(recorded.output).toMatch(/status : "\w+" => "Successful"/);
  expect(rollouts("asg-stage")).toBe(1);
});
