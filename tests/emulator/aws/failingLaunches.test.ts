import { DescribeScalingActivitiesCommand } from "@aws-sdk/client-auto-scaling";
import { type AwsEmulator, startAwsEmulator, version } from "./awsEmulator";

let aws: AwsEmulator;
beforeAll(async () => {
  aws = await startAwsEmulator();
});
afterAll(() => aws.close());

test.each([
  ["ami-not-found", "The image id '[ami-not-found]' does not exist. Launching EC2 instance failed."],
  ["ami-no-capacity", "We currently do not have sufficient t3.micro capacity in the Availability Zone you requested."],
  ["ami-over-quota", "You have requested more instances than your current instance limit allows"],
  ["ami-not-authorized", "Authentication Failure. Launching EC2 instance failed."],
])("launches of %s fail, are tried again, and fail the refresh after an hour", async (image, message) => {
  await aws.createTemplate(image, "ami-one", image);
  await aws.createGroup(image);
  await aws.start(image, version(image, "2"));
  aws.advance(90);
  expect(await aws.refresh(image)).toMatchObject({
    Status: "InProgress",
    StatusReason: expect.stringContaining(message),
    PercentageComplete: 0,
  });
  const { Activities = [] } = await aws.client.send(
    new DescribeScalingActivitiesCommand({ AutoScalingGroupName: image }),
  );
  const failed = Activities.filter(({ StatusCode }) => StatusCode === "Failed");
  expect(failed).toHaveLength(2);
  expect(failed[0]).toMatchObject({
    Description: expect.stringMatching(/^Launching a new EC2 instance\. {2}Status Reason: /),
    StatusMessage: expect.stringContaining(message),
    Progress: 100,
  });
  expect((await aws.until(image, "Failed")).StatusReason).toContain(message);
});

test("launches fail for a while when the emulator is told so", async () => {
  await aws.createTemplate("short", "ami-one", "ami-two");
  await aws.createGroup("short");
  const answer = await fetch(`${aws.emulator.url}/_emulator/failing-launches`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ group: "autoscaling/short", message: "No capacity.", count: 3 }),
  });
  expect(answer.status).toBe(200);
  await aws.start("short", version("short", "2"));
  aws.advance(100);
  expect((await aws.refresh("short")).StatusReason).toContain("No capacity.");
  await aws.until("short", "Successful");
});
