import { createEmulator } from "../../../src/emulator";
import { type AwsEmulator, region, startAwsEmulator, version } from "./awsEmulator";

const web = {
  service: "autoscaling",
  AutoScalingGroupName: "web",
  MinSize: 1,
  MaxSize: 6,
  DesiredCapacity: 3,
  DefaultInstanceWarmup: 30,
  LaunchTemplate: { LaunchTemplateName: "web", Version: "1" },
  LaunchTemplateVersions: [
    { ImageId: "ami-one", InstanceType: "t3.small", SecurityGroupId: ["sg-1"] },
    { ImageId: "ami-two", InstanceType: "t3.small" },
  ],
  Tags: [{ Key: "team", Value: "red", PropagateAtLaunch: true }],
};
const api = { ...web, AutoScalingGroupName: "api", VPCZoneIdentifier: "subnet-1", LaunchTemplateVersions: undefined };

let aws: AwsEmulator;
beforeAll(async () => {
  aws = await startAwsEmulator({ groups: [web, JSON.parse(JSON.stringify(api))] });
});
afterAll(() => aws.close());

test("a group of the file is in service at once, of a template that is made with it", async () => {
  expect(await aws.group("web")).toMatchObject({
    DesiredCapacity: 3,
    DefaultInstanceWarmup: 30,
    AvailabilityZones: [`${region}a`, `${region}b`, `${region}c`],
    LaunchTemplate: { LaunchTemplateName: "web", Version: "1" },
    Instances: Array(3).fill(
      expect.objectContaining({ LifecycleState: "InService", ImageId: "ami-one", InstanceType: "t3.small" }),
    ),
    Tags: [expect.objectContaining({ Key: "team", Value: "red" })],
  });
  await aws.start("web", version("web", "2"));
  await aws.until("web", "Successful");
});

test("a second group of the file uses the same template", async () => {
  const [first, second] = [await aws.group("web"), await aws.group("api")];
  expect(second.LaunchTemplate?.LaunchTemplateId).toBe(first.LaunchTemplate?.LaunchTemplateId);
  expect(second.VPCZoneIdentifier).toBe("subnet-1");
});

test.each([
  ["a maximum below the minimum", { ...web, MaxSize: 0 }, "Max bound, 0"],
  ["no name", { ...web, AutoScalingGroupName: undefined }, "autoScalingGroupName"],
  ["a template that is not there", { ...web, LaunchTemplate: { LaunchTemplateId: "lt-1" } }, "does not exist"],
])("a file with %s says so", async (_, group, message) => {
  await expect(createEmulator({ groups: [JSON.parse(JSON.stringify(group))] })).rejects.toThrow(message);
});
