/** A program of the kind a user would write: one refresh of one scaling group, steered by the stack's configuration. */
import * as pulumi from "@pulumi/pulumi";
import { ess } from "pulumi-instance-refresh";

const config = new pulumi.Config();

/** Where a service with metrics answers, when the rollout is to be measured. */
const service = config.get("service");
const errors = {
  name: "errors",
  interval: "15s",
  failureLimit: 1,
  prometheus: { address: service ?? "", query: "share_of_failed_requests", max: 5 },
};
const health = { name: "health", interval: "1m", failureLimit: 5, http: { url: `${service}/health` } };

const rollout = new ess.InstanceRefresh(
  "web",
  {
    scalingGroupId: config.require("scalingGroupId"),
    desiredConfigurationImageId: config.require("imageId"),
    minHealthyPercentage: 90,
    maxHealthyPercentage: 120,
    checkpoints: [{ percentage: 20 }, { percentage: 60 }, { percentage: 100 }],
    checkpointPauseTime: 10,
    ...(service ? { analysis: { checks: [errors, health] } } : {}),
    status: config.get<"Cancelled" | "RollbackSuccessful">("status"),
    waitForCompletion: config.getBoolean("waitForCompletion") ?? true,
  },
  { import: config.get("takeOver") },
);

export const id = rollout.id;
export const status = rollout.status;
export const replaced = pulumi.interpolate`${rollout.finishedUpdateCapacity} of ${rollout.totalNeedUpdateCapacity}`;
