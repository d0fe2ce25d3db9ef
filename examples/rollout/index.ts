/**
 * A release rolled out over six groups of two clouds: two canaries, a region of each cloud, and, once approved, the rest.
 * With `windowHours` only so many hours from 22:00 on in Berlin, with `freeze` not meanwhile, with `maxConcurrent` so many at once.
 */
import * as pulumi from "@pulumi/pulumi";
import { autoscaling, ess } from "pulumi-instance-refresh";
import { Rollout } from "pulumi-instance-refresh/constructs";

const config = new pulumi.Config();
const imageId = config.require("imageId");

function onAws(group: string, region: string, opts: pulumi.CustomResourceOptions) {
  return new autoscaling.InstanceRefresh(
    group,
    {
      autoscalingGroupName: group,
      desiredConfiguration: { launchTemplate: { name: group, version: config.require("version") } },
      preferences: { minHealthyPercentage: 90, maxHealthyPercentage: 110, skipMatching: true, autoRollback: true },
      connection: { region },
    },
    opts,
  );
}

function onAlibabaCloud(scalingGroupId: string, region: string, opts: pulumi.CustomResourceOptions) {
  return new ess.InstanceRefresh(
    scalingGroupId,
    { scalingGroupId, desiredConfigurationImageId: imageId, minHealthyPercentage: 90, connection: { region } },
    opts,
  );
}

const hours = config.get("windowHours");
const freeze = config.getObject<{ from: string; to: string; reason: string }>("freeze");
const most = config.getNumber("maxConcurrent");

new Rollout("web", {
  onFailure: "rollback",
  ...(most ? { maxConcurrent: most } : {}),
  ...(hours ? { windows: [{ schedule: "0 22 * * *", duration: `${hours}h`, timeZone: "Europe/Berlin" }] } : {}),
  ...(freeze ? { freezes: [freeze] } : {}),
  waves: [
    {
      name: "canary",
      refreshes(opts) {
        onAws("canary-eu", "eu-west-1", opts);
        onAlibabaCloud("asg-canary-cn", "cn-hangzhou", opts);
      },
      soak: config.get("soak") ?? "30m",
    },
    {
      name: "region",
      refreshes(opts) {
        onAws("web-eu", "eu-west-1", opts);
        onAlibabaCloud("asg-web-cn", "cn-hangzhou", opts);
      },
    },
    {
      name: "rest",
      approved: config.get("approved") === imageId,
      refreshes(opts) {
        onAws("web-us", "us-east-1", opts);
        onAlibabaCloud("asg-web-sg", "ap-southeast-1", opts);
      },
    },
  ],
});
