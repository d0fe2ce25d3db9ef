import { sign } from "aws4";
import { type AwsEmulator, region, startAwsEmulator, version } from "./awsEmulator";

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
/** As boto3 and the AWS CLI ask today. */
async function json(operation: string, request: object | string) {
  const { url, accessKeyId, secretAccessKey } = aws.emulator;
  const body = typeof request === "string" ? request : JSON.stringify(request);
  const asked = {
    ...{ service: "monitoring", region, method: "POST", path: "/", host: new URL(url).host, body },
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `GraniteServiceVersion20100801.${operation}`,
    },
  };
  const { headers } = sign(asked, { accessKeyId, secretAccessKey });
  const answer = await fetch(url, { method: "POST", body, headers: headers as Record<string, string> });
  return { status: answer.status, code: answer.headers.get("x-amzn-query-error"), answer: await answer.json() };
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

test("an alarm is described in JSON too, as the SDKs of today ask for it", async () => {
  const { member: alarm } = (await describeAlarms("errors")) as { member: { StateUpdatedTimestamp: string } };
  const { status, answer } = await json("DescribeAlarms", { AlarmNames: ["errors"], MaxRecords: 1 });
  expect(status).toBe(200);
  expect(answer).toEqual({
    MetricAlarms: [
      expect.objectContaining({
        AlarmName: "errors",
        StateValue: "OK",
        Threshold: 1,
        StateUpdatedTimestamp: Date.parse(alarm.StateUpdatedTimestamp) / 1000,
      }),
    ],
    CompositeAlarms: [],
  });
  expect(aws.emulator.requests.at(-1)).toMatchObject({
    service: "monitoring",
    operation: "DescribeAlarms",
    acted: true,
  });
});

test.each([
  [{ AlarmName: "none", StateValue: "OK", StateReason: "" }, 404, "ResourceNotFound"],
  [{ StateValue: "OK", StateReason: "" }, 400, "ValidationError"],
  ["[]", 400, "MalformedInput"],
])("an error in JSON (%j, %i, %s) has its code in the body and in a header", async (body, status, code) => {
  const refused = await json("SetAlarmState", body);
  expect(refused).toMatchObject({ status, code: `${code};Sender`, answer: { __type: code } });
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
