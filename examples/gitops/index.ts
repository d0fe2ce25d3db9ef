/** The image in `Pulumi.<stack>.yaml` is what the group runs: a commit that changes it is the rollout. */
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
    waitForCompletion: config.getBoolean("waitForCompletion") ?? true,
    // A later commit that corrects a bad image is not to wait for the bad one's end.
    onConflict: "rollback",
    onTimeout: "rollback",
  },
  // Below the time that the pipeline's job may take, so that it is this that ends a rollout that hangs.
  { customTimeouts: { create: "5h", update: "5h" } },
);

export const refresh = rollout.id;
export const status = rollout.status;
