import { type AwsEmulator, startAwsEmulator, version } from "./awsEmulator";

let aws: AwsEmulator;
beforeAll(async () => {
  aws = await startAwsEmulator();
  await aws.createTemplate("web", "ami-one", "ami-two");
  await aws.createGroup("web");
});
afterAll(() => aws.close());

const put = (AlarmName: string) =>
  aws.cloudWatch("PutMetricAlarm", { AlarmName, MetricName: "Errors", Threshold: "1" });
const set = (AlarmName: string, StateValue: string) =>
  aws.cloudWatch("SetAlarmState", { AlarmName, StateValue, StateReason: "test" });
async function describeAlarms(...names: string[]) {
  const parameters = Object.fromEntries(names.map((name, index) => [`AlarmNames.member.${index + 1}`, name]));
  const { MetricAlarms } = (await aws.cloudWatch("DescribeAlarms", parameters)) as { MetricAlarms: object };
  return MetricAlarms;
}
const watched = { ...version("web", "2"), Preferences: { AlarmSpecification: { Alarms: ["errors"] } } };

test("an alarm begins without data, and refuses the start of a refresh until it is OK", async () => {
  await put("errors");
  expect(await describeAlarms("errors")).toMatchObject({
    member: { AlarmName: "errors", StateValue: "INSUFFICIENT_DATA", MetricName: "Errors" },
  });
  await expect(aws.start("web", watched)).rejects.toThrow("INSUFFICIENT_DATA");
  await expect(set("none", "OK")).rejects.toThrow("ResourceNotFound");
  await set("errors", "OK");
  expect(await describeAlarms("errors")).toMatchObject({ member: { StateValue: "OK", StateReason: "test" } });
});

test("an alarm that loses its data holds the refresh up, and one in ALARM fails it", async () => {
  await aws.start("web", watched);
  await aws.until("web", "InProgress");
  await set("errors", "INSUFFICIENT_DATA");
  aws.advance(36_000);
  const { InstancesToUpdate } = await aws.refresh("web");
  expect(InstancesToUpdate).toBeGreaterThanOrEqual(3);
  await set("errors", "OK");
  aws.advance(60);
  expect((await aws.refresh("web")).InstancesToUpdate).toBeLessThan(InstancesToUpdate ?? 0);
  await set("errors", "ALARM");
  expect(await aws.refresh("web")).toMatchObject({
    Status: "Failed",
    StatusReason: "Alarm errors is in the state ALARM.",
  });
});

test("an alarm that was put before the group holds for it, and a deleted one no more", async () => {
  await aws.createGroup("later", { LaunchTemplate: { LaunchTemplateName: "web", Version: "1" } });
  await expect(aws.start("later", watched)).rejects.toThrow("ALARM");
  await aws.cloudWatch("DeleteAlarms", { "AlarmNames.member.1": "errors" });
  expect(await describeAlarms("errors")).toBe("");
  await aws.start("later", watched);
});
