/** The client over HTTP, against the emulator: the six operations, and what an error of theirs means. */

import { apiOver } from "../../../src/clouds/ess/api";
import { createClient } from "../../../src/clouds/ess/client";
import { ess } from "../../../src/clouds/ess/module";
import type { EssClient } from "../../../src/clouds/ess/requests";
import { vendorApi } from "../../../src/clouds/ess/sources/vendorApi";
import type { ConnectionSettings } from "../../../src/core/cloud";
import { CloudError } from "../../../src/core/cloud";
import { createEmulator, type Emulator } from "../../../src/emulator";

const REGION = "cn-hangzhou";
const GROUP = "asg-web";

let emulator: Emulator;
let settings: ConnectionSettings;
let client: EssClient;

beforeEach(async () => {
  const ScalingConfiguration = { ImageId: "m-first", InstanceType: "ecs.g7.large" };
  emulator = await createEmulator({
    speed: 0,
    groups: [{ service: "ess", ScalingGroupId: GROUP, DesiredCapacity: 10, ScalingConfiguration }],
  });
  const { url: endpoint, accessKeyId, secretAccessKey } = emulator;
  settings = { region: REGION, endpoint, credentials: { accessKeyId, secretAccessKey } };
  client = createClient(REGION, settings);
});
afterEach(() => emulator.close());

const group = { regionId: REGION, scalingGroupId: GROUP };
const start = async () => {
  const { instanceRefreshTaskId } = await client.startInstanceRefresh({
    ...group,
    clientToken: "token",
    minHealthyPercentage: 0,
    maxHealthyPercentage: 150,
    skipMatching: false,
    checkpoints: [{ percentage: 50 }, { percentage: 100 }],
    checkpointPauseTime: 1,
    desiredConfiguration: { imageId: "m-second" },
  });
  return { ...group, instanceRefreshTaskId: instanceRefreshTaskId as string };
};
const describe1 = async () => (await client.describeInstanceRefreshes(group)).instanceRefreshTasks?.[0];

test("starts, describes, suspends, resumes and cancels by the vendor's names; false and 0 are sent", async () => {
  const task = await start();
  expect(await describe1()).toMatchObject({
    instanceRefreshTaskId: task.instanceRefreshTaskId,
    status: "Pending",
    minHealthyPercentage: 0,
    skipMatching: false,
    checkpoints: [{ percentage: 50 }, { percentage: 100 }],
    desiredConfiguration: { imageId: "m-second" },
  });
  emulator.clock.advance(10_000);
  await client.suspendInstanceRefresh(task);
  expect((await describe1())?.status).toBe("Paused");
  await client.resumeInstanceRefresh(task);
  await client.cancelInstanceRefresh(task);
  emulator.clock.advance(3_600_000);
  expect((await describe1())?.status).toBe("Cancelled");
});

test("rolls back, and the same token never starts twice", async () => {
  const task = await start();
  expect(await start()).toEqual(task);
  emulator.clock.advance(60_000);
  await client.rollbackInstanceRefresh(task);
  emulator.clock.advance(3_600_000);
  expect((await describe1())?.status).toBe("RollbackSuccessful");
});

test("the refreshes of a group come over all pages, the newest first", async () => {
  const ids: string[] = [];
  for (let count = 0; count < 60; count++) {
    const { instanceRefreshTaskId } = await client.startInstanceRefresh({
      ...group,
      skipMatching: false,
      desiredConfiguration: { imageId: `m-${count}` },
    });
    ids.unshift(instanceRefreshTaskId as string);
    emulator.clock.advance(24 * 3_600_000);
  }
  const refreshes = await apiOver(client, REGION).refreshes(GROUP);
  expect(refreshes.map(({ id }) => id)).toEqual(ids);
});

describe("an error means", () => {
  const failing = async (settings_: ConnectionSettings = settings) => {
    const api = await ess.connect({ ...settings_ });
    const error = await api.refreshes(GROUP).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CloudError);
    return error as CloudError;
  };

  test.each([
    ["Throttling", "throttled"],
    ["InternalError", "passing"],
    ["ServiceUnavailable", "passing"],
    ["CutBefore", "passing"],
    ["CutAfter", "passing"],
    ["Truncated", "passing"],
    ["NotParsable", "passing"],
    ["ExpiredToken", "final"],
  ] as const)("%s: %s, and nothing is sent again by itself", async (kind, meaning) => {
    emulator.faultInjection.add({ operations: ["ess:*"], kind });
    const error = await failing();
    expect(error.kind).toBe(meaning);
    expect(error.operation).toBe("DescribeInstanceRefreshes");
    expect(emulator.requests).toHaveLength(1);
  });

  test("wrong credentials: final, and the secret is not in it", async () => {
    const error = await failing({
      ...settings,
      credentials: { accessKeyId: emulator.accessKeyId, secretAccessKey: "wr0ng-secret" },
    });
    expect(error).toMatchObject({ kind: "final", code: "SignatureDoesNotMatch" });
    expect(`${error.message} ${error.stack}`).not.toContain("wr0ng-secret");
  });

  test("no credentials at all: final, and what to set; the next call looks for them again", async () => {
    const before = { ...process.env };
    Object.assign(process.env, { ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true", HOME: "/nonexistent" });
    delete process.env.ALIBABA_CLOUD_ACCESS_KEY_ID;
    try {
      const { credentials: _, ...anonymous } = settings;
      const error = await failing(anonymous);
      expect(error).toMatchObject({ kind: "final", code: "NoCredentials" });
      expect(error.next).toContain("ALIBABA_CLOUD_ACCESS_KEY_ID");
      process.env.ALIBABA_CLOUD_ACCESS_KEY_ID = emulator.accessKeyId;
      process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET = emulator.secretAccessKey;
      const api = await ess.connect(anonymous);
      expect(await api.refreshes(GROUP)).toEqual([]);
    } finally {
      process.env = before;
    }
  });
});

test.each(["recycle", "forceRecycle", "forcerecycle"])(
  "a group that is described with %s is refused",
  async (policy) => {
    const described = {
      ...client,
      describeScalingGroups: async () => ({ scalingGroups: [{ scalingPolicy: policy, scalingGroupId: GROUP }] }),
    };
    const seen = await apiOver(described, REGION).group({ scalingGroupId: GROUP });
    expect(seen?.obstacles.map(({ reason }) => reason)).toEqual([expect.stringContaining("reclaim mode is")]);
  },
);

test("a group that was just disabled or enabled refuses a start in passing; a refusal that stays is final", async () => {
  const vendor = await vendorApi(settings, REGION);
  const set = (operation: string) =>
    vendor.call({ service: "ess", operation, parameters: { RegionId: REGION, ScalingGroupId: GROUP } });
  const api = apiOver(client, REGION);
  const kindOf = async (token: string) => {
    const error: unknown = await api.start({ scalingGroupId: GROUP }, token).catch((failure: unknown) => failure);
    return error instanceof CloudError ? `${error.code}: ${error.kind}` : "started";
  };
  expect((await set("DisableScalingGroup")).status).toBe(200);
  const passing = "IncorrectScalingGroupStatus: passing";
  expect([await kindOf("1"), await kindOf("1")]).toEqual([passing, passing]);
  expect((await set("EnableScalingGroup")).status).toBe(200);
  expect(await kindOf("1")).toBe("started");
  emulator.clock.advance(86_400_000);
  await set("DisableScalingGroup");
  const kinds: string[] = [];
  for (let index = 0; index < 5; index++) kinds.push(await kindOf("2"));
  expect(kinds).toEqual([passing, passing, passing, passing, "IncorrectScalingGroupStatus: final"]);
});

test("a check of the group finds what would only fail later", async () => {
  const unfit = {
    groupType: "ECS",
    multiAZPolicy: "BALANCE",
    scalingPolicy: "recycle",
    launchTemplateId: "lt-1",
    scalingGroupId: GROUP,
  };
  const described = { ...client, describeScalingGroups: async () => ({ scalingGroups: [unfit] }) };
  const args = { scalingGroupId: GROUP, desiredConfigurationImageId: "m-1", desiredConfigurationContainers: [] };
  const seen = await apiOver(described, REGION).group(args);
  expect(seen?.obstacles.map(({ reason }) => reason)).toEqual([
    expect.stringContaining("scaling policy is BALANCE"),
    expect.stringContaining("reclaim mode is recycle"),
    expect.stringContaining("launches from a launch template"),
    expect.stringContaining("of type ECS"),
  ]);
});
