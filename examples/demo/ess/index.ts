/** A program of the kind a user would write: one refresh of one scaling group, steered by the stack's configuration. */
import * as pulumi from "@pulumi/pulumi";
import { ess } from "pulumi-instance-refresh";

const config = new pulumi.Config();

const rollout = new ess.InstanceRefresh(
  "web",
  {
    scalingGroupId: config.require("scalingGroupId"),
    desiredConfigurationImageId: config.require("imageId"),
    minHealthyPercentage: 90,
    maxHealthyPercentage: 120,
    checkpoints: [{ percentage: 20 }, { percentage: 60 }, { percentage: 100 }],
    checkpointPauseTime: 10,
    status: config.get<"Cancelled" | "RollbackSuccessful">("status"),
    waitForCompletion: config.getBoolean("waitForCompletion") ?? true,
  },
  { import: config.get("takeOver") },
);

export const id = rollout.id;
export const status = rollout.status;
export const replaced = pulumi.interpolate`${rollout.finishedUpdateCapacity} of ${rollout.totalNeedUpdateCapacity}`;
