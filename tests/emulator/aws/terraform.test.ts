/**
 * The calls that the AWS provider of Terraform (5.100) makes for a launch template, a group and its instance refresh, in
 * its order and with its parameters; what was sent is read back, so that the next plan is empty.
 */
import {
  CancelInstanceRefreshCommand,
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  DescribeInstanceRefreshesCommand,
  DescribeScalingActivitiesCommand,
  RollbackInstanceRefreshCommand,
  StartInstanceRefreshCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import { type AwsEmulator, region, startAwsEmulator } from "./awsEmulator";

const name = "web";
const AutoScalingGroupName = name;
const zones = [`${region}a`, `${region}b`];
const tag = { Key: "app", Value: "web", PropagateAtLaunch: true, ResourceId: name, ResourceType: "auto-scaling-group" };

let aws: AwsEmulator;
let template: string;
beforeEach(async () => {
  aws = await startAwsEmulator();
  template = await createTemplate("ami-1");
  await createGroup();
});
afterEach(() => aws.close());

/** What is not set goes as an empty text. */
const data = (image: string) => ({
  "LaunchTemplateData.ImageId": image,
  "LaunchTemplateData.InstanceType": "t3.micro",
  "LaunchTemplateData.UserData": "",
});

async function createTemplate(image: string): Promise<string> {
  const created = await aws.ec2("CreateLaunchTemplate", { ClientToken: "1", LaunchTemplateName: name, ...data(image) });
  await aws.ec2("DescribeLaunchTemplates", { "LaunchTemplateName.1": name });
  const { launchTemplateId } = created.launchTemplate as { launchTemplateId: string };
  return launchTemplateId;
}

async function createGroup(): Promise<void> {
  const request = {
    ...{ AutoScalingGroupName, MinSize: 0, MaxSize: 6, DesiredCapacity: 3, AvailabilityZones: zones },
    LaunchTemplate: { LaunchTemplateId: template, Version: "1" },
    ...{ HealthCheckGracePeriod: 300, NewInstancesProtectedFromScaleIn: false, Tags: [tag] },
  };
  await aws.client.send(new CreateAutoScalingGroupCommand(request));
  while (
    (await aws.group(name)).Instances?.filter(({ LifecycleState }) => LifecycleState === "InService").length !== 3
  ) {
    const { Activities = [] } = await aws.client.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName }));
    expect(Activities.filter(({ StatusCode }) => StatusCode === "Failed")).toEqual([]);
    aws.advance(10);
  }
}

/** As a template and a group that exist are read, at the next plan or at an import. */
async function readBack(latest: string) {
  const templates = await aws.ec2("DescribeLaunchTemplates", { "LaunchTemplateId.1": template });
  const asked = { LaunchTemplateId: template, "LaunchTemplateVersion.1": latest };
  const versions = await aws.ec2("DescribeLaunchTemplateVersions", asked);
  return {
    templates: templates.launchTemplates,
    versions: versions.launchTemplateVersionSet,
    group: await aws.group(name),
  };
}

/** An apply with another image: a new version, the default; the group; then the refresh of it. */
async function applyImage(image: string, latest: string, autoRollback = false): Promise<string> {
  await aws.ec2("CreateLaunchTemplateVersion", { ClientToken: latest, LaunchTemplateId: template, ...data(image) });
  await aws.ec2("ModifyLaunchTemplate", {
    ...{ ClientToken: `default-${latest}`, LaunchTemplateId: template, SetDefaultVersion: latest },
  });
  const LaunchTemplate = { LaunchTemplateId: template, Version: latest };
  const AvailabilityZoneDistribution = { CapacityDistributionStrategy: "balanced-best-effort" as const };
  const update = {
    AutoScalingGroupName,
    LaunchTemplate,
    AvailabilityZoneDistribution,
    NewInstancesProtectedFromScaleIn: false,
  };
  await aws.client.send(new UpdateAutoScalingGroupCommand(update));
  const start = new StartInstanceRefreshCommand({
    ...{ AutoScalingGroupName, Strategy: "Rolling" },
    ...(autoRollback && { DesiredConfiguration: { LaunchTemplate } }),
    Preferences: {
      ...{ AutoRollback: autoRollback, InstanceWarmup: 10, MinHealthyPercentage: 50, MaxHealthyPercentage: 100 },
      ...{ ScaleInProtectedInstances: "Ignore", StandbyInstances: "Ignore", SkipMatching: true },
    },
  });
  try {
    return (await aws.client.send(start)).InstanceRefreshId ?? "";
  } catch (error) {
    if ((error as Error).name !== "InstanceRefreshInProgressFault") throw error;
    await cancelRefresh();
    return (await aws.client.send(start)).InstanceRefreshId ?? "";
  }
}

async function cancelRefresh(): Promise<void> {
  const { InstanceRefreshId = "" } = await aws.client.send(new CancelInstanceRefreshCommand({ AutoScalingGroupName }));
  const describe = new DescribeInstanceRefreshesCommand({
    AutoScalingGroupName,
    InstanceRefreshIds: [InstanceRefreshId],
  });
  while ((await aws.client.send(describe)).InstanceRefreshes?.[0]?.Status !== "Cancelled") aws.advance(15);
}

async function statuses() {
  const answer = await aws.client.send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName }));
  return answer.InstanceRefreshes?.map(({ Status }) => Status);
}
const versionsOfInstances = async () =>
  (await aws.group(name)).Instances?.map(({ LaunchTemplate }) => LaunchTemplate?.Version);

test("Terraform makes a template and a group, and reads back what it has sent", async () => {
  expect(await readBack("1")).toEqual({
    templates: {
      item: [
        expect.objectContaining({ launchTemplateId: template, latestVersionNumber: "1", defaultVersionNumber: "1" }),
      ],
    },
    versions: {
      item: [
        expect.objectContaining({
          versionNumber: "1",
          launchTemplateData: expect.objectContaining({ imageId: "ami-1", instanceType: "t3.micro" }),
        }),
      ],
    },
    group: expect.objectContaining({
      ...{ MinSize: 0, MaxSize: 6, DesiredCapacity: 3, HealthCheckGracePeriod: 300, Tags: [tag] },
      AvailabilityZones: zones,
      LaunchTemplate: { LaunchTemplateId: template, LaunchTemplateName: name, Version: "1" },
      NewInstancesProtectedFromScaleIn: false,
    }),
  });
});

test("an apply refreshes to a new image, once with a desired configuration, once to what the group has", async () => {
  await applyImage("ami-2", "2", true);
  await aws.until(name, "Successful");
  expect(await versionsOfInstances()).toEqual(["2", "2", "2"]);
  expect((await readBack("2")).group).toMatchObject({
    LaunchTemplate: { Version: "2" },
    AvailabilityZoneDistribution: { CapacityDistributionStrategy: "balanced-best-effort" },
  });
  await applyImage("ami-2", "3");
  await aws.until(name, "Successful");
  expect(await versionsOfInstances()).toEqual(["3", "3", "3"]);
});

test("an apply while a refresh runs cancels it and starts another", async () => {
  await applyImage("ami-2", "2");
  aws.advance(60);
  await applyImage("ami-3", "3");
  expect(await statuses()).toEqual(["Pending", "Cancelled"]);
  await aws.until(name, "Successful");
  expect(await versionsOfInstances()).toEqual(["3", "3", "3"]);
});

test("an apply while a refresh to a desired configuration runs has to wait for its end", async () => {
  await applyImage("ami-2", "2", true);
  aws.advance(60);
  await expect(applyImage("ami-3", "3", true)).rejects.toThrow(
    "An active instance refresh with a desired configuration exists.",
  );
  await aws.until(name, "Successful");
  await applyImage("ami-3", "4", true);
  expect(await statuses()).toEqual(["Pending", "Successful"]);
});

test("a refresh that was rolled back beside Terraform leaves no drift", async () => {
  await applyImage("ami-2", "2", true);
  aws.advance(60);
  await aws.client.send(new RollbackInstanceRefreshCommand({ AutoScalingGroupName }));
  await aws.until(name, "RollbackSuccessful");
  expect((await readBack("2")).group.LaunchTemplate?.Version).toBe("2");
});

test("a destroy empties the group first, and leaves nothing", async () => {
  await applyImage("ami-2", "2");
  await aws.until(name, "Successful");
  const empty = { AutoScalingGroupName, MinSize: 0, MaxSize: 0, DesiredCapacity: 0 };
  await aws.client.send(new UpdateAutoScalingGroupCommand(empty));
  while ((await aws.group(name)).Instances?.length !== 0) aws.advance(10);
  await aws.client.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName, ForceDelete: false }));
  await expect(aws.group(name)).rejects.toThrow("There is no group web");
  await aws.ec2("DeleteLaunchTemplate", { LaunchTemplateId: template });
  const left = aws.ec2("DescribeLaunchTemplates", { "LaunchTemplateId.1": template });
  await expect(left).rejects.toThrow("InvalidLaunchTemplateId.NotFound");
});
