import { DescribeAutoScalingGroupsCommand, StartInstanceRefreshCommand } from "@aws-sdk/client-auto-scaling";
import { type AwsEmulator, startAwsEmulator } from "./awsEmulator";

let aws: AwsEmulator;
beforeAll(async () => {
  aws = await startAwsEmulator();
  await aws.createTemplate("web", "ami-one");
  await aws.createGroup("web");
});
afterAll(() => aws.close());

test.each([
  ["Throttling", { name: "Throttling", $metadata: { httpStatusCode: 400 } }],
  ["InternalError", { name: "InternalFailure", $metadata: { httpStatusCode: 500 } }],
  ["ServiceUnavailable", { name: "ServiceUnavailable", $metadata: { httpStatusCode: 503 } }],
  ["ExpiredToken", { name: "ExpiredToken", $metadata: { httpStatusCode: 403 } }],
] as const)("%s on demand reaches the vendor's client by its name", async (kind, error) => {
  aws.emulator.faultInjection.add({ operations: ["autoscaling:DescribeAutoScalingGroups"], kind, count: 1 });
  await expect(aws.client.send(new DescribeAutoScalingGroupsCommand({}))).rejects.toMatchObject(error);
  await aws.client.send(new DescribeAutoScalingGroupsCommand({}));
});

test.each([
  ["Throttling", "RequestLimitExceeded"],
  ["InternalError", "InternalError"],
  ["ServiceUnavailable", "Unavailable"],
] as const)("%s of EC2 has EC2's name", async (kind, code) => {
  aws.emulator.faultInjection.add({ operations: ["ec2:*"], kind, count: 1 });
  await expect(aws.ec2("DescribeLaunchTemplates")).rejects.toThrow(code);
});

test("a connection that is cut after a start leaves the refresh running, cut before it none", async () => {
  const start = new StartInstanceRefreshCommand({ AutoScalingGroupName: "web" });
  aws.emulator.faultInjection.add({ operations: ["autoscaling:StartInstanceRefresh"], kind: "CutBefore", count: 1 });
  await expect(aws.client.send(start)).rejects.toThrow();
  await expect(aws.refresh("web")).rejects.toThrow("has no refresh");
  aws.emulator.faultInjection.add({ operations: ["autoscaling:StartInstanceRefresh"], kind: "CutAfter", count: 1 });
  await expect(aws.client.send(start)).rejects.toThrow();
  expect((await aws.refresh("web")).Status).toBe("Pending");
  await expect(aws.client.send(start)).rejects.toMatchObject({ name: "InstanceRefreshInProgressFault" });
});

test("what was asked is recorded without signatures and tokens", async () => {
  await aws.client.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ["web"] }));
  expect(aws.emulator.requests.at(-1)).toMatchObject({
    service: "autoscaling",
    operation: "DescribeAutoScalingGroups",
    region: "eu-west-1",
    accessKeyId: aws.emulator.accessKeyId,
    parameters: { "AutoScalingGroupNames.member.1": "web" },
    status: 200,
    acted: true,
  });
  expect(Object.keys(aws.emulator.requests.at(-1)?.parameters ?? {})).toEqual(["AutoScalingGroupNames.member.1"]);
});
