import {
  CreateLaunchConfigurationCommand,
  DeleteLaunchConfigurationCommand,
  DescribeLaunchConfigurationsCommand,
  SetInstanceProtectionCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import { type AwsEmulator, startAwsEmulator, version } from "./awsEmulator";

let aws: AwsEmulator;
beforeAll(async () => {
  aws = await startAwsEmulator();
});
afterAll(() => aws.close());

const policy = (name: string, version: string, overrides: object[], distribution = {}) => ({
  MixedInstancesPolicy: {
    LaunchTemplate: {
      LaunchTemplateSpecification: { LaunchTemplateName: name, Version: version },
      Overrides: overrides,
    },
    InstancesDistribution: distribution,
  },
});
const instances = async (name: string) => (await aws.group(name)).Instances ?? [];

test("a group that launches $Latest launches a new version as soon as there is one", async () => {
  await aws.createTemplate("latest", "ami-one");
  await aws.createGroup("latest", { LaunchTemplate: { LaunchTemplateName: "latest", Version: "$Latest" } });
  await aws.ec2("CreateLaunchTemplateVersion", {
    LaunchTemplateName: "latest",
    "LaunchTemplateData.ImageId": "ami-two",
  });
  expect((await instances("latest")).map(({ ImageId }) => ImageId)).toEqual(Array(4).fill("ami-one"));
  await aws.start("latest", { Preferences: { SkipMatching: true } });
  await aws.until("latest", "Successful");
  expect((await instances("latest"))[0]).toMatchObject({ ImageId: "ami-two", LaunchTemplate: { Version: "2" } });
  expect((await aws.group("latest")).LaunchTemplate?.Version).toBe("$Latest");
});

test("a template without a version is the default one, which can be moved", async () => {
  await aws.createTemplate("default", "ami-one", "ami-two");
  await aws.createGroup("default", { LaunchTemplate: { LaunchTemplateName: "default" } });
  expect((await aws.group("default")).LaunchTemplate?.Version).toBe("$Default");
  await aws.ec2("ModifyLaunchTemplate", { LaunchTemplateName: "default", SetDefaultVersion: "2" });
  await aws.start("default", { Preferences: { SkipMatching: true } });
  expect((await aws.refresh("default")).InstancesToUpdate).toBe(4);
  await aws.until("default", "Successful");
  expect((await instances("default"))[0]?.ImageId).toBe("ami-two");
});

test("a refresh keeps the $Latest that it has begun with, and the group follows afterwards", async () => {
  await aws.createTemplate("moving", "ami-one", "ami-two");
  await aws.createGroup("moving");
  await aws.start("moving", version("moving", "$Latest"));
  await aws.ec2("CreateLaunchTemplateVersion", {
    LaunchTemplateName: "moving",
    "LaunchTemplateData.ImageId": "ami-three",
  });
  await aws.until("moving", "Successful");
  expect((await instances("moving"))[0]?.ImageId).toBe("ami-two");
  await aws.start("moving", { Preferences: { SkipMatching: true } });
  expect((await aws.refresh("moving")).InstancesToUpdate).toBe(4);
});

test("a group goes on with what it has when its template is deleted", async () => {
  await aws.createTemplate("deleted", "ami-one");
  await aws.createGroup("deleted", { LaunchTemplate: { LaunchTemplateName: "deleted", Version: "$Latest" } });
  await aws.ec2("DeleteLaunchTemplate", { LaunchTemplateName: "deleted" });
  await aws.start("deleted");
  expect((await aws.until("deleted", "Successful")).PercentageComplete).toBe(100);
});

test("weights count towards the capacity, and each instance bears its own", async () => {
  await aws.createTemplate("weighted", "ami-one");
  await aws.createGroup("weighted", {
    DesiredCapacity: 8,
    ...policy("weighted", "1", [{ InstanceType: "c5.large", WeightedCapacity: "2" }], { OnDemandBaseCapacity: 1 }),
  });
  expect(await instances("weighted")).toHaveLength(4);
  expect((await instances("weighted"))[0]).toMatchObject({ InstanceType: "c5.large", WeightedCapacity: "2" });
  expect((await aws.group("weighted")).MixedInstancesPolicy).toMatchObject({
    LaunchTemplate: {
      LaunchTemplateSpecification: { LaunchTemplateId: expect.stringMatching(/^lt-/), Version: "1" },
      Overrides: [{ InstanceType: "c5.large", WeightedCapacity: "2" }],
    },
    InstancesDistribution: { OnDemandBaseCapacity: 1 },
  });
});

test("an override launches from its own template, and every requirement comes back as it was sent", async () => {
  await aws.createTemplate("base", "ami-one");
  await aws.createTemplate("arm", "ami-arm");
  const InstanceRequirements = {
    VCpuCount: { Min: 2, Max: 4 },
    MemoryMiB: { Min: 2048 },
    CpuManufacturers: ["amazon-web-services"],
    MemoryGiBPerVCpu: { Min: 0.5, Max: 8.5 },
    AllowedInstanceTypes: ["m6g.large"],
    RequireHibernateSupport: false,
    BaselinePerformanceFactors: { Cpu: { References: [{ InstanceFamily: "m6g" }, { InstanceFamily: "c6g" }] } },
  };
  const LaunchTemplateSpecification = { LaunchTemplateName: "arm", Version: "1" };
  await aws.createGroup("mixed", policy("base", "1", [{ InstanceRequirements, LaunchTemplateSpecification }]));
  expect((await instances("mixed"))[0]).toMatchObject({
    InstanceType: "m6g.large",
    ImageId: "ami-arm",
    LaunchTemplate: { LaunchTemplateName: "arm" },
  });
  const [override] = (await aws.group("mixed")).MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? [];
  expect(override?.InstanceRequirements).toEqual(InstanceRequirements);
});

test("two sets of requirements that the same type meets launch each from its own template", async () => {
  await aws.createTemplate("x86", "ami-one");
  await aws.createTemplate("other", "ami-other");
  const InstanceRequirements = { VCpuCount: { Min: 2 }, MemoryMiB: { Min: 2048 } };
  const LaunchTemplateSpecification = { LaunchTemplateName: "other", Version: "1" };
  const overrides = [{ InstanceRequirements }, { InstanceRequirements, LaunchTemplateSpecification }];
  await aws.createGroup("two", { DesiredCapacity: 10, ...policy("x86", "1", overrides) });
  const launched = (await instances("two")).map(({ ImageId, LaunchTemplate }) => [
    LaunchTemplate?.LaunchTemplateName,
    ImageId,
  ]);
  expect(launched).toContainEqual(["x86", "ami-one"]);
  expect(launched).toContainEqual(["other", "ami-other"]);
});

test("a policy is refreshed to, matched by template and types, and saved", async () => {
  await aws.createTemplate("types", "ami-one", "ami-two");
  await aws.createGroup("types");
  const desired = { DesiredConfiguration: policy("types", "2", [{ InstanceType: "t3.micro" }]) };
  await aws.start("types", desired);
  await aws.until("types", "Successful");
  const group = await aws.group("types");
  expect(group.LaunchTemplate).toBeUndefined();
  expect(group.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification?.Version).toBe("2");
  await aws.start("types", { ...version("types", "2"), Preferences: { SkipMatching: true } });
  expect((await aws.refresh("types")).Status).toBe("Successful");
});

test("an update of a policy without a template keeps the template", async () => {
  await aws.createTemplate("kept", "ami-one");
  await aws.createGroup("kept", policy("kept", "1", [{ InstanceType: "t3.micro" }]));
  const change = { InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 50 } };
  await aws.client.send(
    new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: "kept", MixedInstancesPolicy: change }),
  );
  expect((await aws.group("kept")).MixedInstancesPolicy).toMatchObject({
    ...change,
    LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateName: "kept" } },
  });
});

test("replacing root volumes keeps the instances and changes their images", async () => {
  await aws.createTemplate("volumes", "ami-one");
  await aws.createGroup("volumes", policy("volumes", "1", [{ InstanceType: "t3.micro" }]));
  const before = (await instances("volumes")).map(({ InstanceId }) => InstanceId);
  const start = (overrides: object[]) =>
    aws.start("volumes", { Strategy: "ReplaceRootVolume", DesiredConfiguration: policy("volumes", "1", overrides) });
  await expect(start([{ InstanceType: "t3.micro" }])).rejects.toThrow("requires an ImageId in every override");
  await start([{ InstanceType: "t3.micro", ImageId: "ami-two" }]);
  aws.advance(10);
  expect((await instances("volumes")).map(({ LifecycleState }) => LifecycleState)).toContain("ReplacingRootVolume");
  expect(await aws.until("volumes", "Successful")).toMatchObject({ Strategy: "ReplaceRootVolume" });
  expect((await instances("volumes")).map(({ InstanceId }) => InstanceId)).toEqual(before);
  expect((await instances("volumes")).map(({ ImageId }) => ImageId)).toEqual(Array(4).fill("ami-two"));
});

test("a launch configuration is made, listed, launched from, refreshed from, and deleted when nobody uses it", async () => {
  const LaunchConfigurationName = "old style/1";
  const create = new CreateLaunchConfigurationCommand({
    LaunchConfigurationName,
    ImageId: "ami-one",
    InstanceType: "t2.micro",
    SecurityGroups: ["sg-1"],
    BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 8, Encrypted: true } }],
  });
  await aws.client.send(create);
  await expect(aws.client.send(create)).rejects.toMatchObject({ name: "AlreadyExistsFault" });
  await aws.createTemplate("next", "ami-two");
  await aws.createGroup("old", { LaunchConfigurationName });

  const listed = new DescribeLaunchConfigurationsCommand({ LaunchConfigurationNames: [LaunchConfigurationName] });
  expect((await aws.client.send(listed)).LaunchConfigurations).toMatchObject([
    {
      LaunchConfigurationName,
      LaunchConfigurationARN: expect.stringContaining("launchConfigurationName/old style/1"),
      ImageId: "ami-one",
      SecurityGroups: ["sg-1"],
      BlockDeviceMappings: [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 8, Encrypted: true } }],
      InstanceMonitoring: { Enabled: true },
    },
  ]);
  expect((await instances("old"))[0]).toMatchObject({ LaunchConfigurationName, ImageId: "ami-one" });
  const remove = new DeleteLaunchConfigurationCommand({ LaunchConfigurationName });
  await expect(aws.client.send(remove)).rejects.toMatchObject({ name: "ResourceInUseFault" });

  await aws.start("old", { ...version("next", "1"), Preferences: { AutoRollback: true } });
  await aws.until("old", "Successful");
  expect(await aws.group("old")).toMatchObject({ LaunchTemplate: { LaunchTemplateName: "next" } });
  expect((await aws.group("old")).LaunchConfigurationName).toBeUndefined();
  await aws.client.send(remove);
  await expect(aws.client.send(remove)).rejects.toMatchObject({ name: "ValidationError" });
  expect((await aws.client.send(listed)).LaunchConfigurations).toEqual([]);
});

test("a launch configuration needs an image and a type", async () => {
  const create = new CreateLaunchConfigurationCommand({ LaunchConfigurationName: "bare" });
  await expect(aws.client.send(create)).rejects.toThrow("both the ImageId and InstanceType parameters");
});

test("launch configurations are listed page by page", async () => {
  for (const index of [1, 2, 3])
    await aws.client.send(
      new CreateLaunchConfigurationCommand({
        LaunchConfigurationName: `page-${index}`,
        ImageId: "ami-one",
        InstanceType: "t2.micro",
      }),
    );
  const names = ["page-3", "page-1", "page-2"];
  const list = (NextToken?: string) =>
    aws.client.send(
      new DescribeLaunchConfigurationsCommand({ LaunchConfigurationNames: names, MaxRecords: 2, NextToken }),
    );
  const first = await list();
  expect(first.LaunchConfigurations?.map(({ LaunchConfigurationName: name }) => name)).toEqual(["page-1", "page-2"]);
  expect((await list(first.NextToken)).LaunchConfigurations).toHaveLength(1);
});

test("protected instances are waited for, replaced or left alone, as the refresh says", async () => {
  await aws.createTemplate("protected", "ami-one", "ami-two");
  await aws.createGroup("protected");
  const [first] = await instances("protected");
  const protect = (ProtectedFromScaleIn: boolean) =>
    aws.client.send(
      new SetInstanceProtectionCommand({
        AutoScalingGroupName: "protected",
        InstanceIds: [first?.InstanceId ?? ""],
        ProtectedFromScaleIn,
      }),
    );
  await protect(true);
  expect((await instances("protected"))[0]?.ProtectedFromScaleIn).toBe(true);

  await aws.start("protected", { ...version("protected", "2"), Preferences: { ScaleInProtectedInstances: "Ignore" } });
  await aws.until("protected", "Successful");
  expect((await instances("protected")).map(({ ImageId }) => ImageId).sort()).toEqual([
    "ami-one",
    "ami-two",
    "ami-two",
    "ami-two",
  ]);

  await aws.start("protected", { Preferences: { SkipMatching: true } });
  aws.advance(2 * 3600);
  const failed = await aws.refresh("protected");
  expect(failed.Status).toBe("Failed");
  expect(failed.StatusReason).toContain("is protected. Remove instance scale-in protection to continue.");

  await aws.start("protected", { Preferences: { SkipMatching: true } });
  aws.advance(600);
  expect((await aws.refresh("protected")).Status).toBe("InProgress");
  await protect(false);
  await aws.until("protected", "Successful");
});

test("the health of an instance is known when its image's name says, or after 50 to 140 seconds", async () => {
  await aws.createTemplate("checked", "ami-one", "ami-slow-10-health-300", "ami-slow-10");
  await aws.createGroup("checked", { DesiredCapacity: 1, DefaultInstanceWarmup: 0 });
  const secondsTo = async (number: string) => {
    await aws.start("checked", version("checked", number));
    const { StartTime, EndTime } = await aws.until("checked", "Successful");
    return ((EndTime?.getTime() ?? 0) - (StartTime?.getTime() ?? 0)) / 1000;
  };
  expect(await secondsTo("2")).toBe(310);
  const usual = await secondsTo("3");
  expect(usual).toBeGreaterThanOrEqual(60);
  expect(usual).toBeLessThanOrEqual(150);
});

test("a launch takes as long as its image's name says", async () => {
  await aws.createTemplate("late", "ami-one", "ami-slow-600-health-0");
  await aws.createGroup("late", { DefaultInstanceWarmup: 0 });
  await aws.start("late", { ...version("late", "2"), Preferences: { MinHealthyPercentage: 0 } });
  aws.advance(9 * 60);
  expect(await aws.refresh("late")).toMatchObject({ Status: "InProgress", PercentageComplete: 0 });
  aws.advance(3 * 60);
  expect((await aws.refresh("late")).Status).toBe("Successful");
});
