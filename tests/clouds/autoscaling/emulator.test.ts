import { DeleteAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import { autoscaling } from "../../../src/clouds/autoscaling/module";
import { RefreshError } from "../../../src/core/lifecycle/errors";
import { Lifecycle, type Recorded } from "../../../src/core/lifecycle/lifecycle";
import { type Call, lineText } from "../../../src/core/lifecycle/run";
import { Scheduler } from "../../../src/core/polling/scheduler";
import { type AwsEmulator, region, startAwsEmulator, version } from "../../emulator/aws/awsEmulator";
import { LeapingClock } from "../leapingClock";

/** Lifecycles of a refresh in an account that the emulator serves, over HTTP, by the vendor's SDK. */
let aws: AwsEmulator;
let clock: LeapingClock;
let said: string[];

beforeEach(async () => {
  aws = await startAwsEmulator();
  said = [];
  clock = new LeapingClock(aws.emulator);
});
afterEach(() => aws.close());

const random = () => 0.5;
const newLifecycle = () =>
  new Lifecycle(clock.watched(autoscaling), { scheduler: new Scheduler({ clock, random }), clock, random });
const call = (settings = {}): Call => ({
  urn: "urn:pulumi:prod::shop::instance-refresh:autoscaling:InstanceRefresh::web",
  settings: {
    region,
    endpoint: aws.emulator.url,
    credentials: { accessKeyId: aws.emulator.accessKeyId, secretAccessKey: aws.emulator.secretAccessKey },
    ...settings,
  },
  timeoutSeconds: 12 * 3600,
  signal: new AbortController().signal,
  progress: (line) => void said.push(lineText(line)),
  notice: (line) => void said.push(line),
});
const to = (name: string, versionNumber: unknown, more = {}) => ({
  autoscalingGroupName: name,
  desiredConfiguration: { launchTemplate: { name: name.replaceAll("/", "-"), version: versionNumber } },
  ...more,
});
/** A group of four on version 1; version 2 is good, the instances of version 3 are never healthy. */
async function group(name = "web", settings = {}): Promise<void> {
  const template = name.replaceAll("/", "-");
  await aws.createTemplate(template, "ami-one", "ami-two", "ami-unhealthy");
  await aws.createGroup(name, { LaunchTemplate: { LaunchTemplateName: template, Version: "1" }, ...settings });
}
const images = async (name = "web") => [...new Set((await aws.group(name)).Instances?.map(({ ImageId }) => ImageId))];
const sent = (operation: string) => aws.emulator.requests.filter((request) => request.operation === operation).length;
const failureOf = async (promise: Promise<unknown>): Promise<RefreshError> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RefreshError)) throw error ?? new Error("nothing was thrown");
  return error;
};

test("an alarm that is not OK, or not there, is refused before a start, and one that is OK is not", async () => {
  await group();
  const watched = (...alarms: string[]) => to("web", "2", { preferences: { alarmSpecification: { alarms } } });
  await aws.cloudWatch("PutMetricAlarm", { AlarmName: "errors", MetricName: "Errors", Threshold: "1" });
  await aws.cloudWatch("SetAlarmState", { AlarmName: "errors", StateValue: "ALARM", StateReason: "test" });
  const refused = await failureOf(newLifecycle().create(watched("errors", "absent"), call()));
  expect(refused.message).toContain("the alarm is in the state ALARM");
  expect(refused.message).toContain("there is no such alarm in the region");
  expect(sent("StartInstanceRefresh")).toBe(0);
  await aws.cloudWatch("SetAlarmState", { AlarmName: "errors", StateValue: "OK", StateReason: "test" });
  expect((await newLifecycle().create(watched("errors"), call())).properties.status).toBe("Successful");
});

test("a refresh with checkpoints is followed to its end, and has no diff afterwards", async () => {
  await group();
  const args = to("web", 2, {
    preferences: { checkpointPercentages: [25, 100], checkpointDelay: "600", bakeTime: 300 },
  });
  const one = newLifecycle();
  const created = await one.create(args, call());
  expect(created.id).toMatch(/^web\/[0-9a-f-]{36}$/);
  expect(created.properties).toMatchObject({
    status: "Successful",
    percentageComplete: 100,
    instancesToUpdate: 0,
    region,
    account: "123456789012",
    endTime: expect.any(String),
  });
  expect(await images()).toEqual(["ami-two"]);
  expect(said.some((line) => line.startsWith("Baking"))).toBe(true);
  expect(one.diff(created, args, "urn")).toEqual({ replaces: [], updates: [] });
  expect(await one.read(created.id, created.properties, args, call())).toEqual(created);
  expect(sent("StartInstanceRefresh")).toBe(1);
});

test("a bad template is rolled back automatically, which is a failure with the cloud's reason", async () => {
  await group();
  const error = await failureOf(newLifecycle().create(to("web", 3, { preferences: { autoRollback: true } }), call()));
  expect(error.code).toBe("rolledBack");
  expect(error.message).toMatch(/was rolled back.*RollbackSuccessful.*Reason given by the cloud: .+Next: /s);
  expect(error.partialState).toMatchObject({ id: error.refreshId, properties: { status: "RollbackSuccessful" } });
  expect(error.partialState?.properties.rollbackDetails).toMatchObject({ rollbackReason: expect.any(String) });
  expect(await images()).toEqual(["ami-one"]);
});

test("a bad template without rollback fails, and what was not replaced runs on", async () => {
  await group();
  const error = await failureOf(newLifecycle().create(to("web", 3), call()));
  expect(error.code).toBe("failed");
  expect(await images()).toContain("ami-one");
});

describe("a refresh that runs", () => {
  const waiting = { waitForCompletion: false };
  let one: Lifecycle;
  let running: Recorded;
  beforeEach(async () => {
    await group();
    one = newLifecycle();
    running = await one.create(to("web", 2, waiting), call());
  });

  test("is not waited for when nobody asks", () => {
    expect(["Pending", "InProgress"]).toContain(running.properties.status);
  });

  test.each([
    ["Cancelled", "CancelInstanceRefresh"],
    ["RollbackSuccessful", "RollbackInstanceRefresh"],
  ])("is %s by `status`: the update waits for that, and it is no failure", async (status, operation) => {
    aws.advance(60);
    const properties = await one.update(running, to("web", 2, { status }), call());
    expect(properties).toMatchObject({ status, requestedStatus: status });
    expect(sent(operation)).toBe(1);
    expect(one.diff({ ...running, properties }, to("web", 2, { status }), "urn")).toEqual({
      replaces: [],
      updates: [],
    });
  });

  test("is attached to when waiting is turned on", async () => {
    expect(await one.update(running, to("web", 2), call())).toMatchObject({ status: "Successful" });
    expect(sent("StartInstanceRefresh")).toBe(1);
  });

  test("is found by a create whose first run was killed", async () => {
    const again = await newLifecycle().create(to("web", "2"), call());
    expect(again.id).toBe(running.id);
    expect(sent("StartInstanceRefresh")).toBe(1);
  });

  test("makes another one wait, unless that one cancels it", async () => {
    const other = await newLifecycle().create(to("web", 1, { onConflict: "cancel" }), call());
    expect(other.id).not.toBe(running.id);
    expect(other.properties.status).toBe("Successful");
    expect(sent("CancelInstanceRefresh")).toBe(1);
    expect(await images()).toEqual(["ami-one"]);
  });

  test("is rolled back when the resource is destroyed, if it says so", async () => {
    await one.update(running, to("web", 2, { ...waiting, onDelete: "rollback" }), call());
    const properties = { ...running.properties, onDelete: "rollback" };
    await newLifecycle().delete({ id: running.id, properties }, call());
    expect((await aws.refresh("web")).Status).toBe("RollbackSuccessful");
  });
});

test("one that somebody else started is taken over by its id, also in a group with slashes", async () => {
  await group("shop/web");
  const refreshId = await aws.start("shop/web", { ...version("shop-web", "2"), Preferences: { SkipMatching: true } });
  const id = `shop/web/${refreshId}`;
  const one = newLifecycle();
  const read = await one.read(id, undefined, {}, call());
  expect(read?.inputs).toMatchObject({
    autoscalingGroupName: "shop/web",
    desiredConfiguration: { launchTemplate: { id: expect.stringMatching(/^lt-/), version: "2" } },
    preferences: { skipMatching: true },
  });
  expect(one.check(read?.inputs ?? {}).failures).toEqual([]);
  expect(one.diff({ id, properties: read?.properties ?? {} }, to("shop/web", 2), "urn")).toEqual({
    replaces: [],
    updates: ["status"],
  });
  const refused = await failureOf(one.adopt(id, to("shop/web", 1), call()));
  expect(refused.message).toContain(
    '`desiredConfiguration.launchTemplate.version` is 1 in the program, and "2" in the refresh',
  );
  const adopted = await one.adopt(id, to("shop/web", 2, { preferences: { skipMatching: true } }), call());
  expect(adopted).toMatchObject({ id, properties: { status: "Successful" } });
  expect(sent("StartInstanceRefresh")).toBe(1);
});

test.each(["Throttling", "InternalError", "ServiceUnavailable", "CutBefore", "CutAfter", "Truncated"] as const)(
  "%s around the start ends in one refresh",
  async (kind) => {
    await group();
    aws.emulator.faultInjection.add({ operations: ["autoscaling:StartInstanceRefresh"], kind, count: 2 });
    const created = await newLifecycle().create(to("web", 2), call());
    expect(created.properties.status).toBe("Successful");
    const { InstanceRefreshId } = await aws.refresh("web");
    expect(created.id).toBe(`web/${InstanceRefreshId}`);
    expect(aws.emulator.world(region).groups.get("autoscaling/web")?.refreshes).toHaveLength(1);
  },
);

test("what a rollback could not return to is refused before anything is started", async () => {
  await group("web", { LaunchTemplate: { LaunchTemplateName: "web", Version: "$Latest" } });
  const error = await failureOf(newLifecycle().create(to("web", 2, { preferences: { autoRollback: true } }), call()));
  expect(error.message).toMatch(
    /`preferences.autoRollback` is true; the group itself launches from version `\$Latest`/,
  );
  expect(sent("StartInstanceRefresh")).toBe(0);
});

test("an image that is a parameter is refused for the same reason", async () => {
  await aws.createTemplate("web", "resolve:ssm:/images/web", "ami-two");
  await aws.createGroup("web");
  const error = await failureOf(newLifecycle().create(to("web", 2, { preferences: { autoRollback: true } }), call()));
  expect(error.message).toMatch(/whose image is a parameter of Systems Manager/);
  expect(sent("StartInstanceRefresh")).toBe(0);
});

test("a group that is gone takes its refreshes with it, seen from the same region and account only", async () => {
  await group();
  const one = newLifecycle();
  const created = await one.create(to("web", 2), call());
  expect(await one.read(created.id, created.properties, {}, call({ region: "eu-west-2" }))).toBeDefined();
  await aws.client.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: "web", ForceDelete: true }));
  aws.advance(3600);
  expect(await one.read(created.id, created.properties, {}, call())).toBeUndefined();
});

test("a record that the cloud has forgotten after six weeks stays", async () => {
  await group();
  const one = newLifecycle();
  const created = await one.create(to("web", 2), call());
  aws.advance(43 * 24 * 3600);
  expect(await aws.refresh("web").catch((error: Error) => error.message)).toMatch(/no refresh/);
  expect(await one.read(created.id, created.properties, {}, call())).toEqual(created);
});
