/** Web servers of EC2 Auto Scaling: `pulumi config set imageId ami-…` and `pulumi up` roll a new image out, or back. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { autoscaling } from "pulumi-instance-refresh";

const config = new pulumi.Config();

// Each change makes a new version; nothing runs it yet.
const template = new aws.ec2.LaunchTemplate("web", {
  imageId: config.require("imageId"),
  instanceType: config.get("instanceType") ?? "t3.small",
});

// The refresh brings the group to a version, and AWS saves it on the group when all went well. Were the group updated
// before, an automatic rollback would find nothing else to return to.
const group = new aws.autoscaling.Group(
  "web",
  {
    minSize: 2,
    maxSize: 8,
    desiredCapacity: 4,
    vpcZoneIdentifiers: config.requireObject<string[]>("subnetIds"),
    launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
    defaultInstanceWarmup: 120,
  },
  { ignoreChanges: ["launchTemplate"] },
);

const rollout = new autoscaling.InstanceRefresh(
  "web",
  {
    autoscalingGroupName: group.name,
    desiredConfiguration: { launchTemplate: { id: template.id, version: template.latestVersion.apply(String) } },
    preferences: {
      minHealthyPercentage: 90,
      maxHealthyPercentage: 120,
      // A quarter first, then ten minutes to look at it.
      checkpointPercentages: [25, 100],
      checkpointDelay: 600,
      bakeTime: 300,
      alarmSpecification: { alarms: config.getObject<string[]>("alarms") ?? [] },
      skipMatching: true,
      autoRollback: true,
    },
    onTimeout: "rollback",
  },
  { customTimeouts: { create: "2h", update: "2h" } },
);

export const groupName = group.name;
export const refresh = rollout.id;
export const status = rollout.status;
