/** What a described refresh answers beside its arguments. */
import { z } from "zod";
import { argument } from "../../core/definition/arguments";
import { outcomeOutputs } from "../../core/definition/outputs";

const DESCRIBE = "DescribeInstanceRefreshes";

export const outputs = z.strictObject({
  ...outcomeOutputs,
  detail: argument(z.string(), {
    text: "Why the refresh stands as it does, in the cloud's words.",
    source: DESCRIBE,
  }).optional(),
  finishedUpdateCapacity: argument(z.int(), {
    text: "Instances that have been replaced.",
    source: DESCRIBE,
  }).optional(),
  totalNeedUpdateCapacity: argument(z.int(), {
    text: "Instances that are to be replaced in all.",
    source: DESCRIBE,
  }).optional(),
  regionId: argument(z.string(), { text: "Region of the refresh.", source: DESCRIBE }).optional(),
});
