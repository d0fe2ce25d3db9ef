/** A program of the kind a user would write: one refresh of one Auto Scaling group, steered by the stack's configuration. */
import * as pulumi from "@pulumi/pulumi";
import { autoscaling } from "pulumi-instance-refresh";

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

const rollout = new autoscaling.InstanceRefresh(
  "web",
  {
    autoscalingGroupName: config.require("autoscalingGroupName"),
    desiredConfiguration: {
      launchTemplate: { name: config.require("launchTemplate"), version: config.require("version") },
    },
    preferences: {
      minHealthyPercentage: 100,
      maxHealthyPercentage: 125,
      instanceWarmup: 60,
      checkpointPercentages: [25, 100],
      checkpointDelay: 600,
      autoRollback: true,
    },
    ...(service ? { analysis: { checks: [errors, health] } } : {}),
    status: config.get<"Cancelled" | "RollbackSuccessful">("status"),
    waitForCompletion: config.getBoolean("waitForCompletion") ?? true,
  },
  { import: config.get("takeOver") },
);

export const id = rollout.id;
export const status = rollout.status;
