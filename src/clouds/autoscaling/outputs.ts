/** What a described refresh answers beside its arguments. */
import { z } from "zod";
import { argument } from "../../core/definition/arguments";
import { outcomeOutputs } from "../../core/definition/outputs";

const SOURCE = "InstanceRefresh";

const progress = (text: string) =>
  argument(
    z.strictObject({
      percentageComplete: argument(z.int(), {
        text: "Share that has been replaced.",
        unit: "%",
        source: SOURCE,
      }).optional(),
      instancesToUpdate: argument(z.int(), {
        text: "Instances that are still to be replaced.",
        source: SOURCE,
      }).optional(),
    }),
    { text, source: SOURCE },
  ).optional();

const progressDetails = (text: string) =>
  argument(
    z.strictObject({
      livePoolProgress: progress("Progress on instances of the group itself."),
      warmPoolProgress: progress("Progress on instances of its warm pool."),
    }),
    { text, source: SOURCE },
  ).optional();

export const outputs = z.strictObject({
  ...outcomeOutputs,
  instanceRefreshId: argument(z.string(), { text: "Id of the refresh within its group.", source: SOURCE }).optional(),
  statusReason: argument(z.string(), {
    text: "Why the refresh stands as it does, in the cloud's words.",
    source: SOURCE,
  }).optional(),
  instancesToUpdate: argument(z.int(), {
    text: "Instances that are still to be replaced. After a rollback: those that the refresh had not replaced.",
    source: SOURCE,
  }).optional(),
  progressDetails: progressDetails("Progress of the group and of its warm pool, for a group that has one."),
  rollbackDetails: argument(
    z.strictObject({
      rollbackReason: argument(z.string(), {
        text: "Why it was rolled back, in the cloud's words.",
        source: SOURCE,
      }).optional(),
      rollbackStartTime: argument(z.string(), {
        text: "When the rollback began, ISO 8601, UTC.",
        source: SOURCE,
      }).optional(),
      percentageCompleteOnRollback: argument(z.int(), {
        text: "How far the refresh was then.",
        unit: "%",
        source: SOURCE,
      }).optional(),
      instancesToUpdateOnRollback: argument(z.int(), {
        text: "Instances that were still to be replaced then.",
        source: SOURCE,
      }).optional(),
      progressDetailsOnRollback: progressDetails("Progress of the group and of its warm pool then."),
    }),
    { text: "How a rollback came about.", source: SOURCE },
  ).optional(),
  region: argument(z.string(), { text: "Region of the refresh." }).optional(),
  account: argument(z.string(), { text: "Account of the group, where it is known." }).optional(),
});
