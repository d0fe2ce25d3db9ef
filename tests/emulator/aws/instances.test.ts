import {
  DescribeAutoScalingInstancesCommand,
  DescribeScalingActivitiesCommand,
  type DescribeScalingActivitiesCommandInput,
  EnterStandbyCommand,
  ExitStandbyCommand,
  SetInstanceProtectionCommand,
} from "@aws-sdk/client-auto-scaling";
import { type AwsEmulator, region, startAwsEmulator, version } from "./awsEmulator";

let aws: AwsEmulator;
beforeAll(async () => {
  aws = await startAwsEmulator();
  await aws.createTemplate("web", "ami-one", "ami-two");
});
afterAll(() => aws.close());

let count = 0;
async function web(settings = {}): Promise<{ name: string; ids: string[] }> {
  const name = `web-${count++}`;
  await aws.createGroup(name, { LaunchTemplate: { LaunchTemplateName: "web", Version: "1" }, ...settings });
  return { name, ids: (await aws.group(name)).Instances?.map(({ InstanceId }) => InstanceId ?? "") ?? [] };
}
const enter = (name: string, InstanceIds: string[], ShouldDecrementDesiredCapacity: boolean) =>
  aws.client.send(new EnterStandbyCommand({ AutoScalingGroupName: name, InstanceIds, ShouldDecrementDesiredCapacity }));
const exit = (name: string, InstanceIds: string[]) =>
  aws.client.send(new ExitStandbyCommand({ AutoScalingGroupName: name, InstanceIds }));

test("an instance goes to standby and comes back, and the capacity follows", async () => {
  const { name, ids } = await web();
  const [first = ""] = ids;
  const { Activities } = await enter(name, [first], true);
  expect(Activities).toMatchObject([
    { AutoScalingGroupName: name, Description: `Moving EC2 instance to Standby: ${first}` },
  ]);
  const group = await aws.group(name);
  expect(group.DesiredCapacity).toBe(3);
  expect(group.Instances?.find(({ InstanceId }) => InstanceId === first)?.LifecycleState).toBe("Standby");
  await expect(enter(name, [first], true)).rejects.toMatchObject({ name: "ValidationError" });
  expect((await exit(name, [first])).Activities?.[0]?.Description).toContain("out of Standby");
  expect((await aws.group(name)).DesiredCapacity).toBe(4);
  await expect(exit(name, [first])).rejects.toMatchObject({ name: "ValidationError" });
});

test("an instance in standby is replaced by another when the capacity stays", async () => {
  const { name, ids } = await web({ MaxSize: 4 });
  await enter(name, ids.slice(0, 1), false);
  aws.advance(3600);
  expect((await aws.group(name)).Instances).toHaveLength(5);
  await expect(exit(name, ids.slice(0, 1))).rejects.toThrow("To remove from standby");
});

test("standby is refused below the minimum, for strangers and for more than twenty", async () => {
  const { name, ids } = await web({ MinSize: 4 });
  await expect(enter(name, ids.slice(0, 1), true)).rejects.toThrow("min-size=4");
  await expect(enter(name, ["i-00000000000000000"], false)).rejects.toMatchObject({ name: "ValidationError" });
  const many = Array.from({ length: 21 }, (_, index) => `i-${index}`);
  await expect(enter(name, many, false)).rejects.toThrow("up to 20 instances");
  await expect(exit(name, many)).rejects.toThrow("up to 20 instances");
});

test.each([
  ["Ignore", "Successful", ["ami-one", "ami-two", "ami-two", "ami-two"]],
  ["Terminate", "Successful", ["ami-two", "ami-two", "ami-two"]],
  ["Wait", "Failed", ["ami-one", "ami-two", "ami-two", "ami-two"]],
] as const)(
  "a refresh that finds an instance in standby and is to %s ends %s",
  async (StandbyInstances, status, images) => {
    const { name, ids } = await web();
    await enter(name, ids.slice(0, 1), true);
    await aws.start(name, { ...version("web", "2"), Preferences: { StandbyInstances } });
    const ended = await aws.until(name, status);
    if (status === "Failed") expect(ended.StatusReason).toContain("standby");
    aws.advance(600);
    expect((await aws.group(name)).Instances?.map(({ ImageId }) => ImageId).sort()).toEqual(images);
  },
);

test("protection is set for up to fifty instances of the group", async () => {
  const { name, ids } = await web();
  const protect = (InstanceIds: string[]) =>
    aws.client.send(
      new SetInstanceProtectionCommand({ AutoScalingGroupName: name, InstanceIds, ProtectedFromScaleIn: true }),
    );
  await protect(ids);
  expect((await aws.group(name)).Instances?.every(({ ProtectedFromScaleIn }) => ProtectedFromScaleIn)).toBe(true);
  await expect(protect(["i-00000000000000000"])).rejects.toMatchObject({ name: "ValidationError" });
  await expect(protect(Array(51).fill(ids[0]))).rejects.toThrow("up to 50");
});

test("instances are found by id, whatever their group, and unknown ones are left out", async () => {
  const one = await web();
  const other = await web();
  const InstanceIds = [one.ids[0] ?? "", other.ids[0] ?? "", "i-00000000000000000"];
  const found = await aws.client.send(new DescribeAutoScalingInstancesCommand({ InstanceIds }));
  expect(found.AutoScalingInstances).toMatchObject([
    { AutoScalingGroupName: one.name, InstanceId: one.ids[0], HealthStatus: "HEALTHY", InstanceType: "t3.micro" },
    { AutoScalingGroupName: other.name, LifecycleState: "InService", LaunchTemplate: { Version: "1" } },
  ]);
  expect(found.AutoScalingInstances?.[0]?.AvailabilityZone).toMatch(new RegExp(`^${region}[ab]$`));
});

test("instances are listed page by page", async () => {
  const { ids } = await web();
  const list = (NextToken?: string) =>
    aws.client.send(new DescribeAutoScalingInstancesCommand({ InstanceIds: ids, MaxRecords: 3, NextToken }));
  const first = await list();
  const second = await list(first.NextToken);
  const seen = [first, second].flatMap(({ AutoScalingInstances = [] }) => AutoScalingInstances);
  expect(seen.map(({ InstanceId }) => InstanceId)).toEqual(ids);
  await expect(aws.client.send(new DescribeAutoScalingInstancesCommand({ MaxRecords: 51 }))).rejects.toMatchObject({
    name: "ValidationError",
  });
});

test("what a refresh launches and terminates is among the activities, newest first", async () => {
  const { name } = await web();
  const list = async (request: DescribeScalingActivitiesCommandInput = {}) =>
    (await aws.client.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName: name, ...request })))
      .Activities ?? [];
  expect(await list()).toHaveLength(4);
  const startTime = aws.emulator.clock.now();
  await aws.start(name);
  await aws.until(name, "InProgress");
  expect(await list({ Filters: [{ Name: "Status", Values: ["InProgress"] }] })).not.toHaveLength(0);
  await aws.until(name, "Successful");
  aws.advance(60);
  const all = await list();
  expect(all).toHaveLength(12);
  const times = all.map(({ StartTime }) => StartTime?.getTime() ?? 0);
  expect(times).toEqual([...times].sort((a, b) => b - a));
  expect(all[0]).toMatchObject({
    StatusCode: "Successful",
    Progress: 100,
    Cause: expect.stringContaining("an instance refresh."),
  });
  expect(all.filter(({ Description }) => Description?.startsWith("Terminating EC2 instance: i-"))).toHaveLength(4);

  const since = new Date(startTime).toISOString();
  expect(await list({ Filters: [{ Name: "StartTimeLowerBound", Values: [since] }] })).toHaveLength(8);
  expect(await list({ Filters: [{ Name: "StartTimeUpperBound", Values: [since] }] })).toHaveLength(4);
  await expect(list({ Filters: [{ Name: "Colour", Values: [] }] })).rejects.toThrow("Filter type Colour");
  expect(await list({ ActivityIds: [all[3]?.ActivityId ?? "", "unknown"] })).toEqual([all[3]]);
  aws.advance(43 * 86_400);
  expect(await list()).toEqual([]);
});

test("activities are listed page by page, also of all groups", async () => {
  await web();
  await web();
  const seen: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const answer: { Activities?: { ActivityId?: string | undefined }[]; NextToken?: string } = await aws.client.send(
      new DescribeScalingActivitiesCommand({ MaxRecords: 3, NextToken }),
    );
    seen.push(...(answer.Activities ?? []).map(({ ActivityId }) => ActivityId));
    NextToken = answer.NextToken;
  } while (NextToken);
  expect(seen).toHaveLength(8);
  expect(new Set(seen).size).toBe(8);
});
