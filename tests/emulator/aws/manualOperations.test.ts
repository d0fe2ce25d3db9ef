import {
  AttachInstancesCommand,
  CreateAutoScalingGroupCommand,
  type CreateAutoScalingGroupCommandInput,
  DescribeScalingActivitiesCommand,
  DetachInstancesCommand,
  PutWarmPoolCommand,
  SetDesiredCapacityCommand,
  SetInstanceHealthCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import { type AwsEmulator, startAwsEmulator, version } from "./awsEmulator";

let aws: AwsEmulator;
beforeAll(async () => {
  aws = await startAwsEmulator();
  await aws.createTemplate("web", "ami-one", "ami-two");
});
afterAll(() => aws.close());

let count = 0;
async function web(
  settings: Partial<CreateAutoScalingGroupCommandInput> = {},
): Promise<{ name: string; ids: string[] }> {
  const name = `web-${count++}`;
  const LaunchTemplate = settings.MixedInstancesPolicy ? undefined : { LaunchTemplateName: "web", Version: "1" };
  await aws.createGroup(name, { LaunchTemplate, ...settings });
  return { name, ids: (await aws.group(name)).Instances?.map(({ InstanceId }) => InstanceId ?? "") ?? [] };
}
const terminate = (InstanceId: string, ShouldDecrementDesiredCapacity: boolean) =>
  aws.client.send(new TerminateInstanceInAutoScalingGroupCommand({ InstanceId, ShouldDecrementDesiredCapacity }));
const detach = (AutoScalingGroupName: string, InstanceIds: string[], ShouldDecrementDesiredCapacity: boolean) =>
  aws.client.send(new DetachInstancesCommand({ AutoScalingGroupName, InstanceIds, ShouldDecrementDesiredCapacity }));
const attach = (AutoScalingGroupName: string, ...InstanceIds: string[]) =>
  aws.client.send(new AttachInstancesCommand({ AutoScalingGroupName, InstanceIds }));
const activities = async (AutoScalingGroupName: string) =>
  (await aws.client.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName }))).Activities ?? [];

test("an instance is terminated on request, and replaced unless the capacity falls with it", async () => {
  const { name, ids } = await web({ MinSize: 3 });
  const [one = "", two = "", three = ""] = ids;
  const { Activity } = await terminate(one, true);
  expect(Activity).toMatchObject({
    Description: `Terminating EC2 instance: ${one}`,
    Cause: expect.stringMatching(
      new RegExp(
        `^At \\S+Z instance ${one} was taken out of service in response to a user request, shrinking the capacity from 4 to 3\\.$`,
      ),
    ),
    StatusCode: "InProgress",
    Progress: 50,
  });
  await expect(terminate(two, true)).rejects.toThrow("will violate group's min size constraint");
  await terminate(two, false);
  aws.advance(600);
  const group = await aws.group(name);
  expect([group.DesiredCapacity, group.Instances?.length]).toEqual([3, 3]);
  expect(group.Instances?.map(({ InstanceId }) => InstanceId)).toContain(three);
  await expect(terminate(one, false)).rejects.toThrow("No managed instance found");
});

test("an instance is detached, attached again, and still has its image", async () => {
  const { name, ids } = await web();
  const [one = "", two = ""] = ids;
  const { Activities } = await detach(name, [one], true);
  expect(Activities).toMatchObject([
    {
      Description: `Detaching EC2 instance: ${one}`,
      Cause: expect.stringMatching(
        new RegExp(
          `instance ${one} was detached in response to a user request, shrinking the capacity from 4 to 3\\.$`,
        ),
      ),
      StatusCode: "InProgress",
      Progress: 50,
    },
  ]);
  expect((await aws.group(name)).Instances).toHaveLength(3);
  await attach(name, one);
  const group = await aws.group(name);
  expect(group.DesiredCapacity).toBe(4);
  expect(group.Instances?.find(({ InstanceId }) => InstanceId === one)?.ImageId).toBe("ami-one");
  await expect(attach(name, two)).rejects.toThrow("already part of an AutoScalingGroup");
  await expect(attach(name, "web-server")).rejects.toThrow("Invalid Instance ID");
});

test("an instance that somebody else has launched is attached, and replaced by a refresh", async () => {
  const { name } = await web({ MaxSize: 5 });
  await attach(name, "i-0123456789abcdef0");
  expect((await aws.group(name)).DesiredCapacity).toBe(5);
  await expect(attach(name, "i-0123456789abcdef1")).rejects.toThrow("To attach 1 instances");
  await aws.start(name, version("web", "2"));
  await aws.until(name, "Successful");
  const images = (await aws.group(name)).Instances?.map(({ ImageId }) => ImageId);
  expect(images).toEqual(Array(5).fill("ami-two"));
});

test("attaching an instance is among the activities", async () => {
  const { name } = await web();
  await attach(name, "i-0123456789abcdef9");
  expect((await activities(name))[0]).toMatchObject({
    Description: "Attaching an existing EC2 instance: i-0123456789abcdef9",
    StatusCode: "Successful",
  });
});

test("an instance is launched, and taken out of service, for a difference between desired and actual capacity", async () => {
  const { name } = await web({ DesiredCapacity: 1 });
  expect((await activities(name))[0]?.Cause).toMatch(
    /^At \S+Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 0 to 1\.$/,
  );
  await aws.client.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: name, DesiredCapacity: 0 }));
  expect((await activities(name))[0]?.Cause).toMatch(
    /^At \S+Z an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from 1 to 0\. {2}At \S+Z instance i-\w+ was selected for termination\.$/,
  );
});

test("an instance that a call marks as unhealthy is replaced", async () => {
  const { name, ids } = await web();
  await aws.client.send(new SetInstanceHealthCommand({ InstanceId: ids[0], HealthStatus: "Unhealthy" }));
  aws.advance(600);
  const group = await aws.group(name);
  expect(group.Instances).toHaveLength(4);
  expect(group.Instances?.map(({ InstanceId }) => InstanceId)).not.toContain(ids[0]);
  const [terminated, launched] = (await activities(name)).slice(0, 2).reverse();
  expect([terminated?.Cause, launched?.Cause].sort()).toEqual([
    expect.stringMatching(/an instance was launched in response to an unhealthy instance needing to be replaced\.$/),
    expect.stringMatching(
      /an instance was taken out of service in response to an EC2 instance status checks failure\.$/,
    ),
  ]);
});

test("activities of a refresh have the recorded causes, details and progress", async () => {
  const { name, ids } = await web({ DesiredCapacity: 1, VPCZoneIdentifier: "subnet-1bed1d42", AvailabilityZones: [] });
  await aws.start(name, version("web", "2"));
  aws.advance(6);
  const [first, second] = await activities(name);
  const launched = [first, second].find((each) => each?.Description?.startsWith("Launching"));
  const terminated = [first, second].find((each) => each?.Description?.startsWith("Terminating"));
  const time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
  expect(launched).toMatchObject({
    Cause: expect.stringMatching(
      new RegExp(`^At ${time} an instance was launched in response to an instance refresh\\.$`),
    ),
    StatusCode: "PreInService",
    Progress: 30,
    Details: '{"Subnet ID":"subnet-1bed1d42","Availability Zone":"eu-west-1a"}',
  });
  expect(terminated).toMatchObject({
    Description: `Terminating EC2 instance: ${ids[0]}`,
    Cause: expect.stringMatching(
      new RegExp(
        `^At ${time} an instance was taken out of service in response to an instance refresh\\. {2}At ${time} instance ${ids[0]} was selected for termination\\.$`,
      ),
    ),
    StatusCode: "InProgress",
    Progress: 50,
  });
});

test("behind a load balancer a terminated instance drains for five minutes first", async () => {
  const { name } = await web({
    DesiredCapacity: 1,
    TargetGroupARNs: ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1"],
  });
  await aws.start(name, version("web", "2"));
  aws.advance(200);
  expect(await activities(name)).toEqual(
    expect.arrayContaining([expect.objectContaining({ StatusCode: "WaitingForELBConnectionDraining" })]),
  );
  expect((await aws.group(name)).Instances?.map(({ LifecycleState }) => LifecycleState)).toContain("Terminating");
  aws.advance(200);
  expect((await aws.group(name)).Instances).toHaveLength(1);
});

test("what a group launches is protected from scale in where it says so", async () => {
  const { name } = await web({ NewInstancesProtectedFromScaleIn: true });
  expect((await aws.group(name)).Instances?.every(({ ProtectedFromScaleIn }) => ProtectedFromScaleIn)).toBe(true);
  await aws.start(name, version("web", "2"));
  aws.advance(600);
  expect((await aws.refresh(name)).StatusReason).toMatch(
    /is protected\. Remove instance scale-in protection to continue\.$/,
  );
});

describe("root volumes", () => {
  const template = (Version: string) => ({ LaunchTemplateName: "web", Version });
  const policy = (Version: string, InstanceType = "t3.micro") => ({
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: template(Version),
        Overrides: [{ InstanceType, ImageId: "ami-two" }],
      },
    },
  });
  const rootVolumes = (name: string, desired: object = policy("1")) =>
    aws.start(name, { Strategy: "ReplaceRootVolume", DesiredConfiguration: desired });

  test("are not replaced where a template follows its versions", async () => {
    const latest = await web(policy("$Latest"));
    const numbered = await web(policy("1"));
    await expect(rootVolumes(latest.name)).rejects.toThrow("does not support the $Latest or $Default version");
    await expect(rootVolumes(numbered.name, policy("$Default"))).rejects.toThrow("$Latest or $Default version");
  });

  test("are not replaced where an instance has a type that the policy lacks", async () => {
    const { name } = await web(policy("1"));
    await attach(name, "i-0123456789abcdef2");
    await rootVolumes(name);
    await aws.until(name, "Successful");
    const other = await web({ ...policy("1", "t3.nano") });
    const { name: owner, ids } = await web({ LaunchTemplate: template("1") });
    const [stranger = ""] = ids;
    await detach(owner, [stranger], true);
    await attach(other.name, stranger);
    await expect(rootVolumes(other.name, policy("1", "t3.nano"))).rejects.toThrow("t3.micro is not one");
  });

  test("are not replaced in a group with a warm pool, and such a group gets none meanwhile", async () => {
    const { name } = await web(policy("1"));
    const put = new PutWarmPoolCommand({ AutoScalingGroupName: name });
    await rootVolumes(name);
    await expect(aws.client.send(put)).rejects.toThrow("active instance refresh with the ReplaceRootVolume strategy");
    await aws.until(name, "Successful");
    await aws.client.send(put);
    await expect(rootVolumes(name)).rejects.toThrow("does not support an Auto Scaling group with a warm pool");
  });

  test("are replaced behind a load balancer too", async () => {
    const { name } = await web({ ...policy("1"), LoadBalancerNames: ["web"] });
    await rootVolumes(name);
    await aws.until(name, "Successful");
  });

  test("keep the instance, in a state of its own", async () => {
    const { name, ids } = await web({ ...policy("1"), DesiredCapacity: 1 });
    await rootVolumes(name);
    aws.advance(6);
    expect((await aws.group(name)).Instances).toMatchObject([
      { InstanceId: ids[0], LifecycleState: "ReplacingRootVolume" },
    ]);
    const [activity] = await activities(name);
    expect(activity).toMatchObject({
      Description: `Replacing the root volume of EC2 instance: ${ids[0]}`,
      Cause: expect.stringContaining("in response to an instance refresh"),
    });
    await aws.until(name, "Successful");
  });
});

test("a group of a launch configuration does not skip matching instances", async () => {
  const { CreateLaunchConfigurationCommand } = await import("@aws-sdk/client-auto-scaling");
  await aws.client.send(
    new CreateLaunchConfigurationCommand({
      LaunchConfigurationName: "old",
      ImageId: "ami-one",
      InstanceType: "t3.micro",
    }),
  );
  await aws.client.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: "old",
      MinSize: 0,
      MaxSize: 1,
      AvailabilityZones: ["eu-west-1a"],
      LaunchConfigurationName: "old",
    }),
  );
  await expect(aws.start("old", { Preferences: { SkipMatching: true } })).rejects.toThrow("launch configuration");
});
