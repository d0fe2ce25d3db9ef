import { createEmulator, type Emulator } from "../../src/emulator";
import { type Answer, codeOf, essClient } from "./essClient";
import { day, essGroup, hour, minute } from "./essGroup";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await createEmulator({ speed: 0, startTime: Date.UTC(2026, 0, 1) });
});
afterEach(() => emulator.close());

describe("a task goes through its statuses", () => {
  test("Pending, InProgress, CheckpointPause, Successful; the image is then the active configuration's", async () => {
    const group = await essGroup(emulator);
    const id = await group.start({
      DesiredConfiguration: { ImageId: "m-2" },
      MinHealthyPercentage: 90,
      MaxHealthyPercentage: 150,
      Checkpoints: [{ Percentage: 50 }, { Percentage: 100 }],
      CheckpointPauseTime: 1,
    });
    expect(await group.task()).toMatchObject({
      InstanceRefreshTaskId: id,
      ScalingGroupId: group.id,
      RegionId: emulator.region,
      Status: "Pending",
      StartTime: "2026-01-01T00:01:00Z",
      FinishedUpdateCapacity: 0,
      TotalNeedUpdateCapacity: 10,
    });
    const seen = ["Pending"];
    while (seen.at(-1) !== "Successful") seen.push(await group.nextStatus());
    expect(seen).toEqual(["Pending", "InProgress", "CheckpointPause", "InProgress", "CheckpointPause", "Successful"]);
    const task = await group.task();
    expect(task).toMatchObject({ FinishedUpdateCapacity: 10, TotalNeedUpdateCapacity: 10 });
    expect(Date.parse(task.EndTime as string)).toBeGreaterThan(Date.parse(task.StartTime as string));
    expect(task).not.toHaveProperty("Detail");
    const { ScalingConfigurations } = await group.call("DescribeScalingConfigurations", { ScalingGroupId: group.id });
    expect(ScalingConfigurations).toMatchObject([{ ScalingConfigurationId: group.configurationId, ImageId: "m-2" }]);
  });

  test("Paused by a suspension, and on again when resumed", async () => {
    const group = await essGroup(emulator);
    const id = await group.start();
    emulator.clock.advance(30_000);
    await group.on("Suspend", id);
    expect(await group.task()).toMatchObject({ Status: "Paused" });
    const { FinishedUpdateCapacity } = await group.task();
    emulator.clock.advance(hour);
    expect(await group.task()).toMatchObject({ Status: "Paused", FinishedUpdateCapacity });
    await group.on("Resume", id);
    expect(await group.task()).toMatchObject({ Status: "InProgress" });
    expect(await group.nextStatus()).toBe("Successful");
  });

  test("Cancelling, Cancelled; what was replaced stays, and the active configuration", async () => {
    const group = await essGroup(emulator);
    const id = await group.start({
      DesiredConfiguration: { ImageId: "m-2" },
      Checkpoints: [{ Percentage: 40 }, { Percentage: 100 }],
    });
    emulator.clock.advance(5 * minute);
    await group.on("Cancel", id);
    expect(await group.task()).toMatchObject({ Status: "Cancelling" });
    expect(await group.nextStatus()).toBe("Cancelled");
    expect(await group.task()).toMatchObject({ FinishedUpdateCapacity: 4 });
    const { ScalingConfigurations } = await group.call("DescribeScalingConfigurations", { ScalingGroupId: group.id });
    expect(ScalingConfigurations).toMatchObject([{ ImageId: "m-1" }]);
  });

  test("RollbackInProgress, RollbackSuccessful", async () => {
    const group = await essGroup(emulator);
    const id = await group.start({
      DesiredConfiguration: { ImageId: "m-2" },
      Checkpoints: [{ Percentage: 40 }, { Percentage: 100 }],
    });
    emulator.clock.advance(5 * minute);
    await group.on("Rollback", id);
    expect(await group.task()).toMatchObject({ Status: "RollbackInProgress", FinishedUpdateCapacity: 4 });
    expect(await codeOf(group.on("Cancel", id))).toBe("IncorrectInstanceRefreshTaskStatus");
    expect(await codeOf(group.on("Suspend", id))).toBe("IncorrectInstanceRefreshTaskStatus");
    expect(await group.nextStatus()).toBe("RollbackSuccessful");
    expect(await group.task()).toMatchObject({ FinishedUpdateCapacity: 0 });
  });

  test("RollbackFailed, when nothing healthy can be launched any more", async () => {
    const group = await essGroup(emulator);
    const id = await group.start({
      DesiredConfiguration: { ImageId: "m-2" },
      Checkpoints: [{ Percentage: 40 }, { Percentage: 100 }],
    });
    emulator.clock.advance(5 * minute);
    const model = emulator.world(emulator.region).groups.get(`ess/${group.id}`);
    if (model) model.unhealthyLaunches = { rate: 1, remaining: undefined };
    await group.on("Rollback", id);
    expect(await group.nextStatus()).toBe("RollbackFailed");
    expect((await group.task()).Detail).toContain("health checks");
  });

  test("Failed, with the reason as its Detail: an image that never becomes healthy", async () => {
    const group = await essGroup(emulator);
    await group.start({ DesiredConfiguration: { ImageId: "m-unhealthy" } });
    emulator.clock.advance(2 * hour);
    expect(await group.task()).toMatchObject({ Status: "Failed", FinishedUpdateCapacity: 0 });
    expect((await group.task()).Detail).toContain("health checks");
    expect(await group.describe()).toMatchObject({ ActiveCapacity: 10, TotalCapacity: 10 });
  });

  test("Failed after a week, forever suspended or not", async () => {
    const group = await essGroup(emulator);
    await group.on("Suspend", await group.start());
    emulator.clock.advance(7 * day);
    expect((await group.task()).Detail).toContain("7 days");
  });
});

describe("what is asked for", () => {
  test("is echoed, with the service's defaults where nothing was asked", async () => {
    const group = await essGroup(emulator);
    await group.start({
      DesiredConfiguration: {
        LaunchTemplateId: "lt-1",
        LaunchTemplateVersion: "8",
        LaunchTemplateOverrides: [{ InstanceType: "ecs.g7.large" }, { InstanceType: "ecs.g7.xlarge" }],
      },
    });
    expect(await group.task()).toMatchObject({
      MinHealthyPercentage: 80,
      MaxHealthyPercentage: 120,
      SkipMatching: true,
      CheckpointPauseTime: 60,
      Checkpoints: [],
      DesiredConfiguration: {
        LaunchTemplateId: "lt-1",
        LaunchTemplateVersion: "8",
        LaunchTemplateOverrides: [{ InstanceType: "ecs.g7.large" }, { InstanceType: "ecs.g7.xlarge" }],
      },
    });
    emulator.clock.advance(hour);
    expect(await group.describe()).toMatchObject({ LaunchTemplateId: "lt-1", LaunchTemplateVersion: "8" });
  });

  test("may come as JSON, and its booleans in any case", async () => {
    const group = await essGroup(emulator);
    await group.start({ DesiredConfiguration: '{"ImageId":"m-2"}', SkipMatching: "False" });
    expect(await group.task()).toMatchObject({ SkipMatching: false, DesiredConfiguration: { ImageId: "m-2" } });
  });

  test("may be the active configuration again: refused as nothing to refresh, unless matching is not skipped", async () => {
    const group = await essGroup(emulator);
    const nothing = "InvalidInstance.NoInstanceNeedBeRefreshed";
    expect(await codeOf(group.start({}))).toBe(nothing);
    expect(await codeOf(group.start({ DesiredConfiguration: { ScalingConfigurationId: group.configurationId } }))).toBe(
      nothing,
    );
    expect(await group.tasks()).toEqual([]);
    await group.start({ SkipMatching: false });
    expect(await group.nextStatus()).toBe("InProgress");
  });

  test("may be another scaling configuration, which becomes the active one", async () => {
    const group = await essGroup(emulator);
    const { ScalingConfigurationId } = await group.call("CreateScalingConfiguration", {
      ScalingGroupId: group.id,
      ImageId: "m-1",
      InstanceType: "ecs.g7.large",
    });
    await group.start({ DesiredConfiguration: { ScalingConfigurationId } });
    emulator.clock.advance(hour);
    expect(await group.describe()).toMatchObject({ ActiveScalingConfigurationId: ScalingConfigurationId });
  });

  test("an image that was refreshed to is matched by the next task", async () => {
    const group = await essGroup(emulator);
    await group.start();
    emulator.clock.advance(hour);
    expect(await codeOf(group.start())).toBe("InvalidInstance.NoInstanceNeedBeRefreshed");
    expect(await codeOf(group.start({ DesiredConfiguration: { ScalingConfigurationId: group.configurationId } }))).toBe(
      "InvalidInstance.NoInstanceNeedBeRefreshed",
    );
  });
});

describe("a client token", () => {
  test("makes a repeated Start the same task, and belongs to one request", async () => {
    const group = await essGroup(emulator);
    const request = { DesiredConfiguration: { ImageId: "m-2" }, ClientToken: "token" };
    const id = await group.start(request);
    expect(await group.start(request)).toBe(id);
    emulator.clock.advance(hour);
    expect(await group.start(request)).toBe(id);
    expect(await group.tasks()).toHaveLength(1);
    expect(await codeOf(group.start({ ...request, MinHealthyPercentage: 50 }))).toBe("InvalidParameter");
  });

  test("of a refused Start is free again", async () => {
    const group = await essGroup(emulator);
    expect(await codeOf(group.start({ ClientToken: "token" }))).toBe("InvalidInstance.NoInstanceNeedBeRefreshed");
    expect(await group.start({ ClientToken: "token", DesiredConfiguration: { ImageId: "m-2" } })).toMatch(/^ir-/);
  });

  test.each(["x".repeat(65), "tökén"])("that is %s is refused", async (ClientToken) => {
    const group = await essGroup(emulator);
    expect(await codeOf(group.start({ ClientToken }))).toBe("InvalidParameter");
  });
});

describe("Start refuses", () => {
  const image = { ImageId: "m-2" };
  test.each<[string, Answer, string]>([
    ["a minimum above 100", { MinHealthyPercentage: 101 }, "InvalidParameter"],
    ["a minimum that is no number", { MinHealthyPercentage: "all" }, "InvalidParameter"],
    ["a maximum below 100", { MaxHealthyPercentage: 99 }, "InvalidParameter"],
    ["a pause of 0 minutes", { CheckpointPauseTime: 0 }, "InvalidParameter"],
    [
      "checkpoints that do not ascend",
      { Checkpoints: [{ Percentage: 50 }, { Percentage: 50 }, { Percentage: 100 }] },
      "InvalidParameter",
    ],
    ["checkpoints that do not end at 100", { Checkpoints: [{ Percentage: 50 }] }, "InvalidParameter"],
    ["a checkpoint without its percentage", { "Checkpoints.1.Other": 1 }, "MissingParameter"],
    ["lists counted from 0", { "Checkpoints.0.Percentage": 100 }, "InvalidParameter"],
    ["SkipMatching maybe", { SkipMatching: "maybe" }, "InvalidParameter"],
    [
      "an image and a configuration together",
      { DesiredConfiguration: { ...image, ScalingConfigurationId: "asc-1" } },
      "InvalidParameter",
    ],
    [
      "both, as in the vendor's own example",
      { DesiredConfiguration: '{"ImageId":"m-2","ScalingConfigurationId":"asc-1"}' },
      "InvalidParameter",
    ],
    [
      "overrides without a launch template",
      { DesiredConfiguration: { ...image, LaunchTemplateOverrides: [{ InstanceType: "a" }] } },
      "InvalidParameter",
    ],
    [
      "a version that is none",
      { DesiredConfiguration: { LaunchTemplateId: "lt-1", LaunchTemplateVersion: "$Latest" } },
      "InvalidParameter",
    ],
    [
      "a configuration that is not there",
      { DesiredConfiguration: { ScalingConfigurationId: "asc-1" } },
      "InvalidScalingConfigurationId.NotFound",
    ],
    [
      "containers of an ECS group",
      { DesiredConfiguration: { Containers: [{ Name: "a", Image: "b" }] } },
      "UnsupportedScalingGroup",
    ],
    ["a desired configuration that is no structure", { DesiredConfiguration: "m-2" }, "InvalidParameter"],
    ["a group that is not there", { ScalingGroupId: "asg-1" }, "InvalidScalingGroupId.NotFound"],
    ["a request without a group", { ScalingGroupId: "" }, "MissingParameter"],
    ["a request without a region", { RegionId: "" }, "MissingParameter"],
  ])("%s", async (_what, request, code) => {
    const group = await essGroup(emulator);
    expect(await codeOf(group.start(request))).toBe(code);
    expect(await group.tasks()).toEqual([]);
  });

  test("a second task while one runs", async () => {
    const group = await essGroup(emulator);
    await group.start();
    expect(await codeOf(group.start({ DesiredConfiguration: { ImageId: "m-3" } }))).toBe(
      "InstanceRefreshTask.AlreadyRunning",
    );
  });

  test("an image where the active configuration comes from a launch template", async () => {
    const group = await essGroup(emulator);
    await group.call("ModifyScalingGroup", {
      ScalingGroupId: group.id,
      LaunchTemplateId: "lt-1",
      LaunchTemplateVersion: "1",
    });
    expect(await codeOf(group.start())).toBe("InvalidParameter");
  });

  test.each([{ MultiAZPolicy: "BALANCE" }, { ScalingPolicy: "recycle" }, { ScalingPolicy: "forcerecycle" }])(
    "a group with %p",
    async (settings) => {
      const group = await essGroup(emulator, essClient(emulator), settings);
      expect(await codeOf(group.start())).toBe("UnsupportedScalingGroup");
    },
  );

  test("a group that is not enabled", async () => {
    const call = essClient(emulator);
    const { ScalingGroupId } = await call("CreateScalingGroup", { MinSize: 0, MaxSize: 1 });
    expect(await codeOf(call("StartInstanceRefresh", { ScalingGroupId }))).toBe("IncorrectScalingGroupStatus");
  });
});

describe("an operation on a task", () => {
  test("needs the task to be the group's, and to run", async () => {
    const group = await essGroup(emulator);
    const other = await essGroup(emulator);
    const id = await group.start();
    expect(await codeOf(other.on("Cancel", id))).toBe("InvalidInstanceRefreshTaskId.NotFound");
    expect(await codeOf(group.on("Cancel", "ir-1"))).toBe("InvalidInstanceRefreshTaskId.NotFound");
    expect(await codeOf(group.on("Resume", id))).toBe("IncorrectInstanceRefreshTaskStatus");
    emulator.clock.advance(hour);
    for (const operation of ["Cancel", "Rollback", "Suspend", "Resume"] as const) {
      expect(await codeOf(group.on(operation, id))).toBe("IncorrectInstanceRefreshTaskStatus");
    }
  });

  test.each(["Default", "Latest"])("a template's version %s cannot be rolled back", async (LaunchTemplateVersion) => {
    const group = await essGroup(emulator);
    const id = await group.start({ DesiredConfiguration: { LaunchTemplateId: "lt-1", LaunchTemplateVersion } });
    expect(await codeOf(group.on("Rollback", id))).toBe("InstanceRefreshTask.NotRollbackable");
    await group.on("Cancel", id);
  });
});

describe("DescribeInstanceRefreshes", () => {
  test("lists the newest first, in pages", async () => {
    const group = await essGroup(emulator);
    const ids: string[] = [];
    for (const image of ["m-2", "m-3", "m-4"]) {
      ids.unshift(await group.start({ DesiredConfiguration: { ImageId: image } }));
      emulator.clock.advance(hour);
    }
    const describe = (request: Answer) =>
      group.call("DescribeInstanceRefreshes", { ScalingGroupId: group.id, ...request });
    const first = await describe({ MaxResults: 2 });
    expect(first).toMatchObject({
      TotalCount: 3,
      MaxResults: 2,
      InstanceRefreshTasks: ids.slice(0, 2).map((InstanceRefreshTaskId) => ({ InstanceRefreshTaskId })),
    });
    const second = await describe({ MaxResults: 2, NextToken: first.NextToken });
    expect(second).toMatchObject({ NextToken: "", InstanceRefreshTasks: [{ InstanceRefreshTaskId: ids[2] }] });
    expect(await codeOf(describe({ NextToken: "bogus" }))).toBe("InvalidParameter");
  });

  test("finds tasks of many groups by their ids, twenty at most", async () => {
    const one = await essGroup(emulator);
    const two = await essGroup(emulator);
    const InstanceRefreshTaskIds = [await one.start(), await two.start()];
    const { InstanceRefreshTasks } = await one.call("DescribeInstanceRefreshes", { InstanceRefreshTaskIds });
    expect((InstanceRefreshTasks as Answer[]).map(({ ScalingGroupId }) => ScalingGroupId).sort()).toEqual(
      [one.id, two.id].sort(),
    );
    const many = Array.from({ length: 21 }, (_, index) => `ir-${index}`);
    expect(await codeOf(one.call("DescribeInstanceRefreshes", { InstanceRefreshTaskIds: many }))).toBe(
      "InvalidParameter",
    );
    expect(await codeOf(one.call("DescribeInstanceRefreshes"))).toBe("MissingParameter");
  });

  test("answers an empty list for a group that is not in the region", async () => {
    const group = await essGroup(emulator);
    await group.start();
    const elsewhere = essClient(emulator, { region: "cn-beijing" });
    expect(await elsewhere("DescribeInstanceRefreshes", { ScalingGroupId: group.id })).toMatchObject({
      TotalCount: 0,
      InstanceRefreshTasks: [],
    });
  });
});

test("in the older version lists are wrapped by the name of their element, and requested by it", async () => {
  const call = essClient(emulator, { version: "2014-08-28" });
  const group = await essGroup(emulator, call);
  const id = await group.start({
    "DesiredConfiguration.LaunchTemplateId": "lt-1",
    "DesiredConfiguration.LaunchTemplateVersion": "Default",
    "DesiredConfiguration.LaunchTemplateOverrides.1.InstanceType": "ecs.g7.large",
    "Checkpoints.1.Percentage": 60,
    "Checkpoints.2.Percentage": 100,
  });
  expect(await call("DescribeInstanceRefreshes", { "InstanceRefreshTaskId.1": id })).toMatchObject({
    InstanceRefreshTasks: {
      InstanceRefreshTask: [
        {
          Checkpoints: { Checkpoint: [{ Percentage: 60 }, { Percentage: 100 }] },
          DesiredConfiguration: {
            LaunchTemplateOverrides: { LaunchTemplateOverride: [{ InstanceType: "ecs.g7.large" }] },
          },
        },
      ],
    },
  });
});

test("containers of an ECI group are refreshed by name, and saved", async () => {
  const call = essClient(emulator);
  const { ScalingGroupId } = await call("CreateScalingGroup", { GroupType: "ECI", MinSize: 2, MaxSize: 4 });
  const container = (Name: string, Image: string) => ({
    Name,
    Image,
    Commands: ["sleep"],
    Args: ["100"],
    EnvironmentVars: [{ Key: "A", Value: "" }],
  });
  const { ScalingConfigurationId } = await call("CreateEciScalingConfiguration", {
    ScalingGroupId,
    Containers: [container("nginx", "nginx:1"), container("log", "log:1")],
  });
  await call("EnableScalingGroup", { ScalingGroupId, ActiveScalingConfigurationId: ScalingConfigurationId });
  emulator.clock.advance(minute);
  const Containers = [container("nginx", "nginx:2"), container("other", "other:1")];
  await call("StartInstanceRefresh", { ScalingGroupId, DesiredConfiguration: { Containers } });
  const { InstanceRefreshTasks } = await call("DescribeInstanceRefreshes", { ScalingGroupId });
  expect(InstanceRefreshTasks).toMatchObject([{ DesiredConfiguration: { Containers } }]);
  emulator.clock.advance(hour);
  const { ScalingConfigurations } = await call("DescribeEciScalingConfigurations", { ScalingGroupId });
  expect(ScalingConfigurations).toMatchObject([
    { Containers: [container("nginx", "nginx:2"), container("log", "log:1")] },
  ]);
  const bad = { ...container("nginx", "nginx:3"), EnvironmentVars: [{ Key: "1A", Value: "" }] };
  expect(
    await codeOf(call("StartInstanceRefresh", { ScalingGroupId, DesiredConfiguration: { Containers: [bad] } })),
  ).toBe("InvalidParameter");
});
