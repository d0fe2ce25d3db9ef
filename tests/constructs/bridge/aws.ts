/** What `@pulumi/aws` calls for the resources of a RollingGroup, as read in terraform-provider-aws. */
import {
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  StartInstanceRefreshCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import type { Properties } from "../../../src/pulumi/values";
import type { AwsEmulator } from "../../emulator/aws/awsEmulator";
import type { Bridged } from "./provider";

const LOOK_MS = 100;

export function awsResources(aws: AwsEmulator): Record<string, Bridged> {
  const describe = async (name: string) =>
    (await aws.client.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] })))
      .AutoScalingGroups?.[0];

  const launchTemplate: Bridged = {
    named: "name",
    newAtChange: ["latestVersion"],
    async create(inputs) {
      const made = await aws.ec2("CreateLaunchTemplate", {
        LaunchTemplateName: String(inputs.name),
        ...dataOf(inputs),
      });
      return (made.launchTemplate as { launchTemplateId: string }).launchTemplateId;
    },
    async update(id, news, changed) {
      if (changed.length > 0) await aws.ec2("CreateLaunchTemplateVersion", { LaunchTemplateId: id, ...dataOf(news) });
    },
    async read(id) {
      const answer = await aws.ec2("DescribeLaunchTemplates", { "LaunchTemplateId.1": id });
      const [found] = (answer.launchTemplates as { item: { latestVersionNumber: string }[] }).item;
      return found && { latestVersion: Number(found.latestVersionNumber) };
    },
    delete: async (id) => void (await aws.ec2("DeleteLaunchTemplate", { LaunchTemplateId: id })),
  };

  const group: Bridged = {
    named: "name",
    newAtChange: [],
    async create(inputs) {
      const name = String(inputs.name);
      await aws.client.send(
        new CreateAutoScalingGroupCommand({
          AutoScalingGroupName: name,
          MinSize: Number(inputs.minSize),
          MaxSize: Number(inputs.maxSize),
          DesiredCapacity: Number(inputs.desiredCapacity),
          VPCZoneIdentifier: (inputs.vpcZoneIdentifiers as string[]).join(","),
          LaunchTemplate: templateOf(inputs),
        }),
      );
      // It waits for the capacity by default.
      for (;;) {
        const instances = (await describe(name))?.Instances ?? [];
        if (instances.filter(({ LifecycleState }) => LifecycleState === "InService").length >= Number(inputs.minSize))
          return name;
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    },
    async update(id, news, changed) {
      await aws.client.send(
        new UpdateAutoScalingGroupCommand({
          AutoScalingGroupName: id,
          ...(changed.includes("minSize") ? { MinSize: Number(news.minSize) } : {}),
          ...(changed.includes("maxSize") ? { MaxSize: Number(news.maxSize) } : {}),
          ...(changed.includes("launchTemplate") ? { LaunchTemplate: templateOf(news) } : {}),
        }),
      );
      // The block's own refresh: of what the group has been updated to, and never looked at again.
      if (changed.includes("launchTemplate") && news.instanceRefresh) {
        await aws.client.send(new StartInstanceRefreshCommand({ AutoScalingGroupName: id }));
      }
    },
    async read(id) {
      const found = await describe(id);
      return (
        found && {
          minSize: found.MinSize,
          maxSize: found.MaxSize,
          region: aws.emulator.region,
          launchTemplate: { id: found.LaunchTemplate?.LaunchTemplateId, version: found.LaunchTemplate?.Version },
        }
      );
    },
    async delete(id) {
      await aws.client.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: id, ForceDelete: true }));
    },
  };

  return { "aws:ec2/launchTemplate:LaunchTemplate": launchTemplate, "aws:autoscaling/group:Group": group };
}

function dataOf({ imageId, instanceType }: Properties): Record<string, string> {
  return {
    "LaunchTemplateData.ImageId": String(imageId),
    "LaunchTemplateData.InstanceType": String(instanceType),
  };
}

function templateOf({ launchTemplate }: Properties) {
  const { id, version } = launchTemplate as { id: string; version: string };
  return { LaunchTemplateId: id, Version: version };
}
