/** Web servers of Alibaba Cloud ESS: `pulumi config set imageId m-…` and `pulumi up` roll a new image out, or back. */
import * as alicloud from "@pulumi/alicloud";
import * as pulumi from "@pulumi/pulumi";
import { ess } from "pulumi-instance-refresh";

const config = new pulumi.Config();
const imageId = config.require("imageId");

// Each change makes a new version; nothing runs it yet.
const template = new alicloud.ecs.EcsLaunchTemplate("web", {
  launchTemplateName: "web",
  imageId,
  instanceType: config.get("instanceType") ?? "ecs.g7.large",
  securityGroupId: config.require("securityGroupId"),
});
const version = template.latestVersionNumber.apply(String);

// The refresh brings the group to a version, and ESS saves it on the group when all went well. Were the group updated
// before, a rollback would find nothing else to return to.
const group = new alicloud.ess.ScalingGroup(
  "web",
  {
    minSize: 2,
    maxSize: 8,
    desiredCapacity: 4,
    multiAzPolicy: "PRIORITY",
    vswitchIds: config.requireObject<string[]>("vswitchIds"),
    launchTemplateId: template.id,
    launchTemplateVersion: version,
  },
  { ignoreChanges: ["launchTemplateId", "launchTemplateVersion"] },
);

const rollout = new ess.InstanceRefresh(
  "web",
  {
    scalingGroupId: group.id,
    desiredConfigurationLaunchTemplateId: template.id,
    desiredConfigurationLaunchTemplateVersion: version,
    minHealthyPercentage: 90,
    maxHealthyPercentage: 150,
    // A quarter first, then ten minutes to look at it.
    checkpoints: [{ percentage: 25 }, { percentage: 100 }],
    checkpointPauseTime: 10,
    // The version is known only once it is made: this is what a preview shows the rollout by.
    triggers: [imageId],
    onTimeout: "rollback",
  },
  { customTimeouts: { create: "2h", update: "2h" } },
);

export const groupId = group.id;
export const refresh = rollout.id;
export const status = rollout.status;
