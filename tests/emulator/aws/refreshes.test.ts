import {
  CancelInstanceRefreshCommand,
  DescribeInstanceRefreshesCommand,
  type InstanceRefresh,
  RollbackInstanceRefreshCommand,
  SetDesiredCapacityCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import { type AwsEmulator, startAwsEmulator, version } from "./awsEmulator";

let aws: AwsEmulator;
beforeAll(async () => {
  aws = await startAwsEmulator();
});
afterAll(() => aws.close());

let count = 0;
/** A group of four on version 1 of a template that has two good images and one that is never healthy. */
async function web(settings = {}): Promise<string> {
  const name = `web-${count++}`;
  await aws.createTemplate(name, "ami-one", "ami-two", "ami-unhealthy");
  await aws.createGroup(name, settings);
  return name;
}

const cancel = (name: string, wait?: boolean) =>
  aws.client.send(
    new CancelInstanceRefreshCommand({ AutoScalingGroupName: name, WaitForTransitioningInstances: wait }),
  );
const rollBack = (name: string) => aws.client.send(new RollbackInstanceRefreshCommand({ AutoScalingGroupName: name }));
const images = async (name: string) => (await aws.group(name)).Instances?.map(({ ImageId }) => ImageId);

async function setAlarm(name: string, alarm: string, state: string): Promise<void> {
  const answer = await fetch(`${aws.emulator.url}/_emulator/alarms`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ group: `autoscaling/${name}`, alarm, state }),
  });
  expect(answer.status).toBe(200);
}

test("a refresh is Pending, InProgress and Successful, and leaves the new version on the group", async () => {
  const name = await web();
  const id = await aws.start(name, version(name, "2"));
  const pending = await aws.refresh(name);
  expect(pending).toMatchObject({
    InstanceRefreshId: id,
    Status: "Pending",
    PercentageComplete: 0,
    InstancesToUpdate: 4,
  });
  // Nothing has begun yet.
  expect([pending.StartTime, pending.StatusReason, pending.Strategy]).toEqual([undefined, undefined, undefined]);
  const running = await aws.until(name, "InProgress");
  expect(running.StartTime?.getMilliseconds()).toBe(0);
  const done = await aws.until(name, "Successful");
  expect(done).toMatchObject({ PercentageComplete: 100, InstancesToUpdate: 0 });
  expect(done.EndTime?.getTime()).toBeGreaterThan(done.StartTime?.getTime() ?? 0);
  expect(done.RollbackDetails).toBeUndefined();
  expect(await images(name)).toEqual(["ami-two", "ami-two", "ami-two", "ami-two"]);
  expect((await aws.group(name)).LaunchTemplate).toMatchObject({ LaunchTemplateName: name, Version: "2" });
});

test("what was asked comes back, with the service's defaults for some of what was not", async () => {
  const name = await web();
  await aws.start(name, {
    ...version(name, "2"),
    Preferences: { MinHealthyPercentage: 50, MaxHealthyPercentage: 110, CheckpointPercentages: [20, 100], BakeTime: 5 },
  });
  const { Preferences, DesiredConfiguration } = await aws.refresh(name);
  expect(Preferences).toEqual({
    MinHealthyPercentage: 50,
    MaxHealthyPercentage: 110,
    CheckpointPercentages: [20, 100],
    CheckpointDelay: 3600,
    InstanceWarmup: 0,
    BakeTime: 5,
    SkipMatching: false,
    AutoRollback: false,
    AlarmSpecification: {},
  });
  expect(DesiredConfiguration?.LaunchTemplate).toEqual({
    LaunchTemplateId: expect.stringMatching(/^lt-[0-9a-f]{17}$/),
    LaunchTemplateName: name,
    Version: "2",
  });
});

test("a second refresh is refused while one runs, and listed before the first once both have run", async () => {
  const name = await web();
  const first = await aws.start(name);
  await expect(aws.start(name)).rejects.toMatchObject({
    name: "InstanceRefreshInProgressFault",
    $metadata: { httpStatusCode: 400 },
  });
  await aws.until(name, "Successful");
  const second = await aws.start(name);
  const list = new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: name });
  const ids = async () => (await aws.client.send(list)).InstanceRefreshes?.map(({ InstanceRefreshId: id }) => id);
  expect(await ids()).toEqual([second, first]);
});

test("a refresh bakes before it is Successful", async () => {
  const name = await web();
  await aws.start(name, { ...version(name, "2"), Preferences: { BakeTime: 600 } });
  expect(await aws.until(name, "Baking")).toMatchObject({ PercentageComplete: 100, InstancesToUpdate: 0 });
  aws.advance(500);
  expect((await aws.refresh(name)).Status).toBe("Baking");
  aws.advance(101);
  expect((await aws.refresh(name)).Status).toBe("Successful");
});

test("a refresh pauses at a checkpoint, in progress, and goes on after the delay", async () => {
  const name = await web();
  await aws.start(name, {
    ...version(name, "2"),
    Preferences: { CheckpointPercentages: [50, 100], CheckpointDelay: 1800 },
  });
  await aws.until(name, "InProgress");
  aws.advance(1500);
  expect(await aws.refresh(name)).toMatchObject({ Status: "InProgress", PercentageComplete: 50, InstancesToUpdate: 2 });
  expect((await aws.refresh(name)).StatusReason).toContain("50 percent");
  await aws.until(name, "Successful");
});

test("a last checkpoint below 100 percent ends the refresh at that percentage", async () => {
  const name = await web({ DesiredCapacity: 10, HealthCheckGracePeriod: 600 });
  await aws.start(name, {
    ...version(name, "2"),
    Preferences: { MinHealthyPercentage: 80, CheckpointPercentages: [20, 50], CheckpointDelay: 900 },
  });
  expect(await aws.until(name, "Successful")).toMatchObject({ PercentageComplete: 50, InstancesToUpdate: 5 });
  expect((await images(name))?.filter((image) => image === "ami-two")).toHaveLength(5);
});

test("a checkpoint counts what is to be replaced, not what matches already", async () => {
  const name = await web();
  await aws.start(name, { ...version(name, "2"), Preferences: { CheckpointPercentages: [50] } });
  await aws.until(name, "Successful");
  await aws.start(name, {
    ...version(name, "2"),
    Preferences: { SkipMatching: true, CheckpointPercentages: [50, 100], CheckpointDelay: 3600 },
  });
  aws.advance(1200);
  // Of the two that are left, one; of the group, three of four are new then.
  expect(await aws.refresh(name)).toMatchObject({ PercentageComplete: 50, InstancesToUpdate: 1 });
});

test("the health check grace period is the warm-up where no warm-up is set", async () => {
  const name = await web({ DesiredCapacity: 1, HealthCheckGracePeriod: 600 });
  await aws.start(name, version(name, "2"));
  expect((await aws.refresh(name)).Preferences?.InstanceWarmup).toBe(600);
  aws.advance(600);
  expect((await aws.refresh(name)).StatusReason).toMatch(
    /^Waiting for instances to warm up before continuing\. For example: i-[0-9a-f]+ is warming up\.$/,
  );
  aws.advance(100);
  expect((await aws.refresh(name)).Status).toBe("Successful");
});

test("instances that are launching when a refresh starts are replaced too", async () => {
  const name = await web();
  await aws.client.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: name, DesiredCapacity: 6 }));
  await aws.start(name, version(name, "2"));
  expect((await aws.refresh(name)).InstancesToUpdate).toBe(6);
  await aws.until(name, "Successful");
  expect(await images(name)).toEqual(Array(6).fill("ami-two"));
});

test("a cancelled refresh is Cancelling, then Cancelled, and what it has replaced stays", async () => {
  const name = await web();
  const id = await aws.start(name, version(name, "2"));
  while (!(await images(name))?.includes("ami-two")) aws.advance(10);
  expect((await cancel(name)).InstanceRefreshId).toBe(id);
  expect((await aws.refresh(name)).Status).toBe("Cancelling");
  await expect(cancel(name)).rejects.toMatchObject({ name: "ActiveInstanceRefreshNotFoundFault" });
  await aws.until(name, "Cancelled");
  aws.advance(3600);
  expect(new Set(await images(name))).toEqual(new Set(["ami-one", "ami-two"]));
  expect((await aws.group(name)).LaunchTemplate?.Version).toBe("1");
});

test("a cancellation that waits for nothing ends while instances still launch", async () => {
  const name = await web();
  await aws.start(name, version(name, "2"));
  const launching = async () =>
    (await aws.group(name)).Instances?.some(({ LifecycleState }) => LifecycleState === "Pending");
  while (!(await launching())) aws.advance(1);
  await cancel(name, false);
  aws.advance(6);
  expect((await aws.refresh(name)).Status).toBe("Cancelled");
  expect(await launching()).toBe(true);
});

test("a rolled back refresh returns every instance, while its percentage goes back to nothing", async () => {
  const name = await web();
  const id = await aws.start(name, version(name, "2"));
  let before: InstanceRefresh = {};
  while ((before.PercentageComplete ?? 0) < 50) {
    aws.advance(10);
    before = await aws.refresh(name);
  }
  expect((await rollBack(name)).InstanceRefreshId).toBe(id);
  const rolling = await aws.refresh(name);
  expect(rolling).toMatchObject({
    Status: "RollbackInProgress",
    RollbackDetails: { PercentageCompleteOnRollback: 50, InstancesToUpdateOnRollback: 1 },
  });
  expect(rolling.RollbackDetails?.RollbackReason).toBeTruthy();
  await expect(rollBack(name)).rejects.toMatchObject({ name: "ActiveInstanceRefreshNotFoundFault" });
  expect(await aws.until(name, "RollbackSuccessful")).toMatchObject({ PercentageComplete: 0 });
  expect(await images(name)).toEqual(["ami-one", "ami-one", "ami-one", "ami-one"]);
  expect((await aws.group(name)).LaunchTemplate?.Version).toBe("1");
});

test("cancelling a rollback leaves a mixed group behind", async () => {
  const name = await web();
  await aws.start(name, version(name, "2"));
  while (((await aws.refresh(name)).PercentageComplete ?? 0) < 75) aws.advance(10);
  await rollBack(name);
  aws.advance(6);
  await cancel(name);
  await aws.until(name, "Cancelled");
  expect(new Set(await images(name))).toEqual(new Set(["ami-one", "ami-two"]));
});

test("a refresh whose instances are never healthy fails after an hour, and says why", async () => {
  const name = await web({ HealthCheckGracePeriod: 60 });
  await aws.start(name, version(name, "3"));
  const failed = await aws.until(name, "Failed");
  expect(failed.StatusReason).toContain("health checks");
  expect((failed.EndTime?.getTime() ?? 0) - (failed.StartTime?.getTime() ?? 0)).toBeGreaterThanOrEqual(3_600_000);
  expect(failed.PercentageComplete).toBe(0);
});

test("with AutoRollback the same refresh is rolled back", async () => {
  const name = await web();
  await aws.start(name, { ...version(name, "3"), Preferences: { AutoRollback: true } });
  await aws.until(name, "RollbackInProgress");
  const ended = await aws.until(name, "RollbackSuccessful");
  expect(ended.RollbackDetails?.RollbackReason).toContain("health checks");
  expect(await images(name)).toEqual(["ami-one", "ami-one", "ami-one", "ami-one"]);
});

test("a rollback to an image that is never healthy fails too", async () => {
  const name = await web();
  await aws.client.send(
    new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName: name,
      LaunchTemplate: { LaunchTemplateName: name, Version: "3" },
    }),
  );
  await aws.start(name, version(name, "2"));
  while (((await aws.refresh(name)).PercentageComplete ?? 0) < 25) aws.advance(10);
  await rollBack(name);
  expect((await aws.until(name, "RollbackFailed")).StatusReason).toContain("health checks");
});

test("a rollback is refused without a desired configuration, and to $Latest, $Default and an SSM parameter", async () => {
  const name = await web();
  await aws.createTemplate(`${name}-ssm`, "resolve:ssm:/images/web");
  const saved = [
    [{ LaunchTemplateName: name, Version: "$Latest" }, "$Latest or $Default"],
    [{ LaunchTemplateName: name, Version: "$Default" }, "$Latest or $Default"],
    [{ LaunchTemplateName: name }, "$Latest or $Default"],
    [{ LaunchTemplateName: `${name}-ssm`, Version: "1" }, "Systems Manager"],
  ] as const;
  for (const [index, [LaunchTemplate, why]] of saved.entries()) {
    const group = `${name}/${index}`;
    await aws.createGroup(group, { LaunchTemplate });
    await expect(
      aws.start(group, { ...version(name, "2"), Preferences: { AutoRollback: true } }),
    ).rejects.toMatchObject({ name: "ValidationError", message: expect.stringContaining(why) });
    await aws.start(group, version(name, "2"));
    await expect(rollBack(group)).rejects.toMatchObject({
      name: "IrreversibleInstanceRefreshFault",
      message: expect.stringContaining(why),
    });
  }
  await aws.start(name);
  await expect(rollBack(name)).rejects.toMatchObject({ name: "IrreversibleInstanceRefreshFault" });
});

test("a desired $Latest can be rolled back when the group has a numbered version", async () => {
  const name = await web();
  await aws.createTemplate(`${name}-latest`, "ami-one", "ami-two");
  await aws.start(name, { ...version(`${name}-latest`, "$Latest"), Preferences: { AutoRollback: true } });
  await rollBack(name);
  await aws.until(name, "RollbackSuccessful");
});

test("nothing can be cancelled or rolled back where nothing runs", async () => {
  const name = await web();
  await expect(cancel(name)).rejects.toMatchObject({ name: "ActiveInstanceRefreshNotFoundFault" });
  await expect(rollBack(name)).rejects.toMatchObject({ name: "ActiveInstanceRefreshNotFoundFault" });
});

test("skip matching replaces only what is not the version yet, and ends at once when all is", async () => {
  const name = await web();
  await aws.start(name, version(name, "2"));
  while (((await aws.refresh(name)).PercentageComplete ?? 0) < 50) aws.advance(10);
  await cancel(name);
  await aws.until(name, "Cancelled");
  await aws.start(name, { ...version(name, "2"), Preferences: { SkipMatching: true } });
  const old = (await images(name))?.filter((image) => image === "ami-one");
  expect(old?.length).toBeGreaterThan(0);
  expect((await aws.refresh(name)).InstancesToUpdate).toBe(old?.length);
  await aws.until(name, "Successful");
  await aws.start(name, { Preferences: { SkipMatching: true } });
  expect(await aws.refresh(name)).toMatchObject({ Status: "Successful", PercentageComplete: 100 });
});

test("an alarm that is not OK refuses the start, and fails or rolls back what runs", async () => {
  const name = await web();
  const watched = { ...version(name, "2"), Preferences: { AlarmSpecification: { Alarms: ["errors"] } } };
  for (const state of ["ALARM", "INSUFFICIENT_DATA"]) {
    await setAlarm(name, "errors", state);
    await expect(aws.start(name, watched)).rejects.toMatchObject({
      name: "ValidationError",
      message: expect.stringContaining(state),
    });
  }
  await setAlarm(name, "errors", "OK");
  await aws.start(name, watched);
  await aws.until(name, "InProgress");
  await setAlarm(name, "errors", "ALARM");
  expect(await aws.refresh(name)).toMatchObject({ Status: "Failed", StatusReason: expect.stringContaining("errors") });

  await setAlarm(name, "errors", "OK");
  await aws.start(name, { ...watched, Preferences: { ...watched.Preferences, AutoRollback: true, BakeTime: 600 } });
  await aws.until(name, "Baking");
  await setAlarm(name, "errors", "ALARM");
  await aws.until(name, "RollbackSuccessful");
});

test("the group's template can't be changed while a refresh has a desired one, other settings can", async () => {
  const name = await web();
  const update = (change: object) =>
    aws.client.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: name, ...change }));
  const template = { LaunchTemplate: { LaunchTemplateName: name, Version: "3" } };
  await aws.start(name);
  await update({ LaunchTemplate: { LaunchTemplateName: name, Version: "1" } });
  await aws.until(name, "Successful");
  await aws.start(name, version(name, "2"));
  const policy = { MixedInstancesPolicy: { InstancesDistribution: { OnDemandBaseCapacity: 1 } } };
  for (const change of [template, policy, { LaunchConfigurationName: "any" }])
    await expect(update(change)).rejects.toMatchObject({
      name: "ValidationError",
      message: expect.stringContaining("An active instance refresh with a desired configuration exists."),
    });
  await update({ MaxSize: 12 });
  expect((await aws.group(name)).MaxSize).toBe(12);
  await aws.until(name, "Successful");
  await update(template);
  expect((await aws.group(name)).LaunchTemplate?.Version).toBe("3");
});

test("a group that scales out during a refresh launches the desired configuration", async () => {
  const name = await web();
  await aws.start(name, { ...version(name, "2"), Preferences: { CheckpointPercentages: [25, 100] } });
  while (((await aws.refresh(name)).PercentageComplete ?? 0) < 25) aws.advance(10);
  await aws.client.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: name, DesiredCapacity: 6 }));
  expect((await images(name))?.filter((image) => image === "ami-two")).toHaveLength(3);
});

test("a finished refresh is listed for six weeks, and none of an unknown id", async () => {
  const aws = await startAwsEmulator();
  try {
    const name = await aws.createTemplate("web", "ami-one");
    await aws.createGroup(name);
    const id = await aws.start(name);
    await aws.until(name, "Successful");
    const list = async (ids: string[]) => {
      const asked = { AutoScalingGroupName: name, InstanceRefreshIds: ids };
      return (await aws.client.send(new DescribeInstanceRefreshesCommand(asked))).InstanceRefreshes;
    };
    expect(await list([id, "unknown"])).toHaveLength(1);
    expect(await list(["unknown"])).toEqual([]);
    aws.advance(41 * 86_400);
    expect(await list([id])).toHaveLength(1);
    aws.advance(2 * 86_400);
    expect(await list([])).toEqual([]);
  } finally {
    await aws.close();
  }
});

test("refreshes are listed page by page, and a list that grows in between repeats nothing", async () => {
  const name = await web();
  const ids: string[] = [];
  for (let index = 0; index < 5; index++) {
    ids.unshift(await aws.start(name, { Preferences: { SkipMatching: true } }));
    await aws.until(name, "Successful");
  }
  const list = (NextToken?: string) =>
    aws.client.send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: name, MaxRecords: 2, NextToken }));
  const first = await list();
  await aws.start(name);
  const second = await list(first.NextToken);
  const third = await list(second.NextToken);
  const seen = [first, second, third].flatMap(({ InstanceRefreshes = [] }) =>
    InstanceRefreshes.map(({ InstanceRefreshId: id }) => id),
  );
  expect(seen).toEqual(ids);
  expect(third.NextToken).toBeUndefined();
  await expect(list("bm8gc3VjaCByZWZyZXNo")).rejects.toMatchObject({ name: "InvalidNextToken" });
});
