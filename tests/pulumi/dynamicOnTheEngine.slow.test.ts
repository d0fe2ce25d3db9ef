/** The dynamic resource on the real engine: what people rely on in Pulumi, whatever the resource. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation";
import { createEmulator, type Emulator } from "../../src/emulator";
import { ess } from "../../src/index";
import { providerCode } from "../../src/pulumi/providerCode";
import { essTestCloud } from "../clouds/essTestCloud";
import type { TestCloud } from "../clouds/testCloud";
import { createStack } from "./engine";
import { worseningService } from "./worseningService";

/** Simulated seconds in a real one: a refresh takes about a second. */
const SPEED = 1_000;
const DAY_MS = 86_400_000;

let emulator: Emulator;
let cloud: TestCloud;
let group: string;
let stack: Stack;
/** What the program declares; a test changes it between two runs. */
let declared: () => Record<string, unknown> | undefined;

const args = (more: Partial<ess.InstanceRefreshArgs> = {}): ess.InstanceRefreshArgs => ({
  scalingGroupId: group,
  desiredConfigurationImageId: "m-second",
  ...more,
});
const web = (more: Partial<ess.InstanceRefreshArgs> = {}, options?: pulumi.CustomResourceOptions) => {
  const refresh = new ess.InstanceRefresh("web", args(more), options);
  return { id: refresh.id, status: refresh.status, replaced: refresh.finishedUpdateCapacity };
};
const up = async () => (await stack.up()).outputs;
const resource = async () => {
  const { deployment } = await stack.exportStack();
  const resources = deployment.resources as {
    type: string;
    urn: string;
    id: string;
    inputs: Record<string, unknown>;
    outputs: Record<string, unknown>;
    sourcePosition: string;
    stackTrace: { sourcePosition?: string }[];
  }[];
  return resources.find(({ type }) => type.endsWith(":InstanceRefresh")) as (typeof resources)[number];
};
const statuses = async () => (await cloud.refreshes(group)).map(({ status }) => status);

beforeEach(async () => {
  emulator = await createEmulator({ speed: SPEED, seed: "engine" });
  cloud = essTestCloud(emulator);
  group = await cloud.createGroup(4);
  declared = () => web();
  stack = await createStack({
    program: async () => declared(),
    environment: {
      ALIBABA_CLOUD_ACCESS_KEY_ID: emulator.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: emulator.secretAccessKey,
      ALIBABA_CLOUD_ENDPOINT_ESS: emulator.url,
      ALIBABA_CLOUD_REGION_ID: "cn-hangzhou",
      INSTANCE_REFRESH_CLOCK_SPEED: String(SPEED),
    },
  });
});
afterEach(() => emulator.close());

test("the state says where the program declares a refresh, and nothing of what stands between it and the engine", async () => {
  await up();
  const { sourcePosition, stackTrace } = await resource();
  const here = "tests/pulumi/dynamicOnTheEngine.slow.test.ts#";
  expect(sourcePosition).toContain(here);
  const frames = stackTrace.map((frame) => frame.sourcePosition ?? "nowhere");
  expect(frames.filter((frame) => !frame.includes(here))).toEqual([]);
});

test("a refresh runs to its end, then nothing changes; its outputs are those of the cloud; the provider in the state is one line", async () => {
  const outputs = await up();
  expect(outputs.status?.value).toBe("Successful");
  expect(outputs.replaced?.value).toBe(4);
  await stack.preview({ expectNoChanges: true });
  await stack.refresh({ expectNoChanges: true });
  const { inputs, outputs: recorded } = await resource();
  expect(inputs.__provider).toBe(providerCode("ess"));
  expect(recorded).toMatchObject({
    totalNeedUpdateCapacity: 4,
    regionId: "cn-hangzhou",
    startTime: expect.any(String),
    endTime: expect.any(String),
  });
});

test("ignoreChanges keeps a changed image from starting anything; without it a new refresh replaces the old one", async () => {
  await up();
  declared = () => web({ desiredConfigurationImageId: "m-third" }, { ignoreChanges: ["desiredConfigurationImageId"] });
  await stack.up({ expectNoChanges: true });
  declared = () => web({ desiredConfigurationImageId: "m-third" });
  const { summary } = await stack.up();
  expect(summary.resourceChanges).toMatchObject({ replace: 1 });
  expect(await statuses()).toEqual(["Successful", "Successful"]);
});

test("a secret stays encrypted in the state, also when it is echoed by the cloud", async () => {
  declared = () =>
    web({ desiredConfigurationImageId: pulumi.secret("m-secret"), triggers: [pulumi.secret("t0psecret")] });
  await up();
  const backend = new URL(stack.workspace.envVars.PULUMI_BACKEND_URL as string).pathname;
  const state = readFileSync(join(backend, ".pulumi/stacks/test/test.json"), "utf8");
  expect(state).toContain(group);
  expect(state).not.toContain("m-secret");
  expect(state).not.toContain("t0psecret");
  await stack.preview({ expectNoChanges: true });
});

test("a rollout that makes a service ill is rolled back; the headers with which it was asked stay encrypted", async () => {
  const service = await worseningService(2);
  const checkpoints = [{ percentage: 50 }, { percentage: 100 }];
  declared = () => web({ checkpoints, checkpointPauseTime: 20, analysis: { checks: [service.check as never] } });
  const failure = await stack.up().then(
    () => undefined,
    (error: Error) => error.message,
  );
  service.close();
  expect(failure).toMatch(
    /check health failed 2 times.*HTTP 503 \(failed\).*was rolled back, and ended RollbackSuccessful/s,
  );
  expect(await statuses()).toEqual(["RollbackSuccessful"]);
  const backend = new URL(stack.workspace.envVars.PULUMI_BACKEND_URL as string).pathname;
  const state = readFileSync(join(backend, ".pulumi/stacks/test/test.json"), "utf8");
  expect(state).toContain("analysis");
  expect(state).not.toContain(service.token);
});

test("a freeze holds a refresh, and the first `up` after it starts it", async () => {
  const to = emulator.clock.now() + 30 * DAY_MS;
  const freezes = [{ from: "2000-01-01T00:00:00Z", to: new Date(to).toISOString(), reason: "year end" }];
  declared = () => web({ freezes });
  expect((await up()).status?.value).toBe("Held");
  expect(await statuses()).toEqual([]);
  emulator.clock.advance(31 * DAY_MS);
  expect((await up()).status?.value).toBe("Successful");
  expect(await statuses()).toEqual(["Successful"]);
});

test("--replace starts a failed refresh again, and finds one that succeeded: to roll the same again, triggers change", async () => {
  declared = () => web({ desiredConfigurationImageId: "m-unhealthy" });
  await expect(up()).rejects.toThrow(/No progress/);
  const { urn } = await resource();
  await expect(stack.up({ replace: [urn] })).rejects.toThrow(/No progress/);
  expect(await statuses()).toEqual(["Failed", "Failed"]);
  declared = () => web();
  await up();
  await stack.up({ replace: [urn] });
  expect((await statuses()).length).toBe(3);
  declared = () => web({ skipMatching: false, triggers: ["again"] });
  await up();
  expect((await statuses()).length).toBe(4);
});

test("--target leaves other resources alone", async () => {
  await up();
  const { urn } = await resource();
  declared = () => {
    new ess.InstanceRefresh("other", args({ desiredConfigurationImageId: "m-other" }));
    return web({ onDelete: "cancel" });
  };
  const { summary } = await stack.up({ target: [urn] });
  expect(summary.resourceChanges).toMatchObject({ update: 1 });
  expect((await statuses()).length).toBe(1);
});

test("replaceOnChanges makes a policy start a new refresh", async () => {
  await up();
  declared = () => web({ onDelete: "cancel", skipMatching: undefined }, { replaceOnChanges: ["onDelete"] });
  const { summary } = await stack.up();
  expect(summary.resourceChanges).toMatchObject({ replace: 1 });
});

test("protect keeps it from being destroyed; retainOnDelete destroys the record and leaves the cloud alone, whatever onDelete says", async () => {
  emulator.clock.speed = 1;
  declared = () => web({ waitForCompletion: false, onDelete: "cancel" }, { protect: true });
  await up();
  await expect(stack.destroy()).rejects.toThrow(/protected/);
  declared = () => web({ waitForCompletion: false, onDelete: "cancel" }, { retainOnDelete: true });
  await up();
  await stack.destroy();
  expect(emulator.requests.filter(({ operation }) => operation === "CancelInstanceRefresh")).toEqual([]);
});

test("customTimeouts end the wait with an error; the next up attaches and finishes", async () => {
  declared = () => web({}, { customTimeouts: { create: "10s" } });
  await expect(up()).rejects.toThrow(/within 10 s/);
  declared = () => web();
  expect((await up()).status?.value).toBe("Successful");
  expect(await statuses()).toEqual(["Successful"]);
});

test("a stack transformation sets the time-outs of every refresh", async () => {
  declared = () => {
    pulumi.runtime.registerStackTransformation(({ props, opts }) => ({
      props,
      opts: { ...opts, customTimeouts: { create: "10s" } },
    }));
    return web();
  };
  await expect(up()).rejects.toThrow(/within 10 s/);
});

test("preview --diff of another image shows no output as removed", async () => {
  await up();
  declared = () => web({ desiredConfigurationImageId: "m-third" });
  const { stdout } = await stack.preview({ diff: true });
  expect(stdout).toMatch(/~ desiredConfigurationImageId: "m-second" => "m-third"/);
  expect(stdout).not.toMatch(/^\s*- /m);
  await up();
  expect(JSON.stringify((await stack.exportStack()).deployment)).not.toContain("hideDiff");
});

test("bad input fails at preview, all issues at once, before any call", async () => {
  declared = () => web({ minHealthyPercentage: 120, checkpoints: [{ percentage: 50 }] });
  const calls = emulator.requests.length;
  await expect(stack.preview()).rejects.toThrow(/minHealthyPercentage.*checkpoints\[0\]\.percentage/s);
  expect(emulator.requests.length).toBe(calls);
});

test("X.get reads a refresh that somebody else manages", async () => {
  const id = await cloud.startElsewhere(group, "second");
  declared = () => ({ total: ess.InstanceRefresh.get("theirs", id).totalNeedUpdateCapacity });
  expect((await up()).total?.value).toBe(4);
});

test("the import option adopts a refresh; removing it is no change; another id on it is an error", async () => {
  const id = await cloud.startElsewhere(group, "second");
  declared = () => web({ desiredConfigurationImageId: "m-third" }, { import: id });
  expect((await stack.preview()).stdout).toMatch(
    /the import would be refused.*`desiredConfigurationImageId` is "m-third" in the program, and "m-second" in the refresh/s,
  );
  declared = () => web({}, { import: id });
  expect((await stack.preview()).stdout).toMatch(`of group ${group} will be taken over; no refresh is started`);
  expect((await up()).id?.value).toBe(id);
  declared = () => web();
  await stack.preview({ expectNoChanges: true });
  declared = () => web({}, { import: "ir-other" });
  await expect(stack.preview()).rejects.toThrow(/already stands for ir-/);
});

test("a provider of another package is refused, and connection named", () => {
  const provider = Object.create(pulumi.ProviderResource.prototype) as pulumi.ProviderResource;
  expect(() => web({}, { provider })).toThrow(/Set `connection`/);
});
