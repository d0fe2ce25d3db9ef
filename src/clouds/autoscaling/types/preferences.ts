/** How instances are replaced: spelled as `instanceRefresh.preferences` of `aws.autoscaling.Group`, and what it lacks. */
import { z } from "zod";
import { argument } from "../../../core/definition/arguments";
import { wholeNumber } from "./numbers";

const SOURCE = "RefreshPreferences";
const TWO_DAYS_S = 172_800;

export const preferences = z.strictObject({
  minHealthyPercentage: argument(z.int().min(0).max(100), {
    text: "Share of the desired capacity that stays in service and healthy, rounded up to whole instances. 0 may replace all at once; with both percentages at 100, one at a time, launched before another is terminated.",
    unit: "%",
    serviceDefault: "(90, or that of the group's instance maintenance policy)",
    echoed: "always",
    source: SOURCE,
  }).optional(),
  maxHealthyPercentage: argument(z.int().min(100).max(200), {
    text: "How far the group may grow while instances are replaced; at most 100 above `minHealthyPercentage`, which it needs beside it. 100 is not the same as leaving it out: only with it the group launches before it terminates when both bounds cannot be kept.",
    unit: "%",
    serviceDefault: "(100, or that of the group's instance maintenance policy)",
    echoed: "always",
    source: SOURCE,
  }).optional(),
  instanceWarmup: wholeNumber(
    {
      text: "How long after it is in service a new instance counts as ready.",
      unit: "s",
      serviceDefault: "(the group's default instance warmup, else its health check grace period)",
      echoed: "always",
      source: SOURCE,
    },
    0,
  ).optional(),
  checkpointPercentages: argument(z.array(argument(z.int().min(1).max(100), { text: "A share.", unit: "%" })), {
    text: "Shares of new instances at which the refresh pauses, in ascending order. It replaces no more than the last: end with 100 to replace all.",
    unit: "%",
    source: SOURCE,
  }).optional(),
  checkpointDelay: wholeNumber(
    {
      text: "How long the refresh pauses at a checkpoint. Needs `checkpointPercentages`.",
      unit: "s",
      serviceDefault: 3600,
      source: SOURCE,
    },
    0,
    TWO_DAYS_S,
  ).optional(),
  skipMatching: argument(z.boolean(), {
    text: "Leave instances alone that already run the desired configuration, or the group's own when none is desired. It does not see what user data downloads: `triggers` is for that.",
    serviceDefault: false,
    source: SOURCE,
  }).optional(),
  autoRollback: argument(z.boolean(), {
    text: "Roll back when the refresh fails or an alarm goes off; it then ends `RollbackSuccessful`, which is a failure of the resource. Needs a desired configuration, and a numbered template version saved on the group.",
    serviceDefault: false,
    source: SOURCE,
  }).optional(),
  scaleInProtectedInstances: argument(z.enum(["Refresh", "Ignore", "Wait"]), {
    text: "What to do with instances that are protected from scale-in: replace them, leave them, or wait an hour for the protection to be removed and then fail.",
    serviceDefault: "Wait",
    source: SOURCE,
  }).optional(),
  standbyInstances: argument(z.enum(["Terminate", "Ignore", "Wait"]), {
    text: "What to do with instances in standby: terminate them, leave them, or wait an hour for them to be put in service and then fail.",
    serviceDefault: "Wait",
    source: SOURCE,
  }).optional(),
  alarmSpecification: argument(
    z.strictObject({
      alarms: argument(z.array(argument(z.string().min(1).max(255), { text: "Name of a CloudWatch alarm." })).max(10), {
        text: "Names of CloudWatch alarms. Each must be in the state OK at the start.",
        unordered: true,
        source: "AlarmSpecification",
      }).optional(),
    }),
    { text: "Alarms that fail the refresh when they go off.", source: SOURCE },
  ).optional(),
  bakeTime: wholeNumber(
    {
      text: "How long the refresh goes on after the last instance was replaced, so that alarms can still fail it.",
      unit: "s",
      serviceDefault: 0,
      source: SOURCE,
    },
    0,
    TWO_DAYS_S,
  ).optional(),
});
